"""Small records, and what an engine finds among them."""

from datetime import date

from documents.search.trees import MatchAll
from documents.search.types import IndexRecord, ParagraphText, SearchRequest

EVERYTHING = MatchAll()


def record(number, *texts, title="Untitled", dated=None, **values):
    """A record of the paragraphs given; `dated` is a pair of years, either None where open."""
    if dated:
        first, last = dated
        values |= {"earliest": first and date(first, 1, 1), "latest": last and date(last, 12, 31), "is_dated": True}
    paragraphs = tuple(ParagraphText(place, text) for place, text in enumerate(texts, 1))
    defaults = {"stamp": f"stamp {number}", "slug": f"text-{number:03}", "language": "en", "added": date(2026, 1, 1)}
    return IndexRecord(number, title=title, paragraphs=paragraphs, **(defaults | values))


def numbers_at(paragraphs, document, positions):
    """The numbers of the document's paragraphs in which these positions lie, as the index has them."""
    first, past = paragraphs.offsets[document : document + 2]
    places = paragraphs.starts[first:past].searchsorted(positions, side="right") - 1
    return paragraphs.numbers[first:past][places].tolist()


def ids(engine, root=EVERYTHING, **options):
    return [hit.document_id for hit in engine.search(SearchRequest(root=root, **options)).hits]


def found(engine, root, **options):
    return set(ids(engine, root, **options))
