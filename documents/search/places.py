"""Concordances of searches: their places counted, put in order, and read from the database a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from documents.models import Document
from documents.search import service
from documents.search.concordance import Line, LineOrder, in_order, lines_of
from documents.search.records import read_some_paragraphs
from documents.search.results import Asked, ResultsPage
from documents.search.snippets import highlighter
from documents.search.types import ParagraphsFound, Sort

LINES_ON_A_PAGE = 50
MOST_SORTED = 5_000  # places; so many are read, marked and put in order by their context within half a second


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the document in which it stands."""

    line: Line
    document: Document


@dataclass(frozen=True, slots=True)
class Concordance:
    """One page of the lines of a search. `places` and `documents` are those of all pages, exactly.

    is_cut: there are too many places to put all in order by their context; the first `reached` of them by date are.
    """

    results: ResultsPage
    lines: tuple[PlacedLine, ...]
    page: int
    pages: int
    places: int
    documents: int
    reached: int

    @property
    def is_cut(self) -> bool:
        return self.reached < self.places

    @property
    def is_of_near(self) -> bool:
        return _lines_a_place(self.results) > 1

    @property
    def without_places(self) -> int:
        """Documents found that hold none: by their titles, or by what is no word."""
        return self.results.total - self.documents


def concordance(asked: Asked, order: LineOrder, page: int) -> Concordance:
    """The page of the lines of what `asked` finds, whose own page and order do not count.

    By date and document a page ends with a paragraph, and so may have a few lines more than LINES_ON_A_PAGE.
    Raises PageOutOfRange and SearchUnavailable.
    """
    results, found = _found(asked, order)
    each = _lines_a_place(results)
    reached = found.occurrences
    if order in (LineOrder.LEFT, LineOrder.RIGHT):
        lines = _sorted(results, found, order)
        reached = min(reached, MOST_SORTED // each)
        starts = list(range(0, len(lines), LINES_ON_A_PAGE))
        shown = lines[_page_of(starts, page, len(lines))]
    else:
        starts = _page_starts(found.counts, LINES_ON_A_PAGE // each)
        shown = _read(results, found.places[_page_of(starts, page, len(found.places))])
    documents = len({document_id for document_id, _ in found.places})
    return Concordance(results, _placed(shown), page, max(1, len(starts)), found.occurrences, documents, reached)


def first_lines(asked: Asked, order: LineOrder) -> tuple[PlacedLine, ...]:
    """The lines of the first MOST_SORTED places, in this order. Raises SearchUnavailable."""
    results, found = _found(asked, order)
    return _placed(_sorted(results, found, order))


def _found(asked: Asked, order: LineOrder) -> tuple[ResultsPage, ParagraphsFound]:
    results = service.run(replace(asked, page=1), facets=(), limit=0)
    return results, service.paragraphs(results, Sort.TITLE if order is LineOrder.DOCUMENT else Sort.OLDEST)


def _sorted(results: ResultsPage, found: ParagraphsFound, order: LineOrder) -> list[Line]:
    """The first MOST_SORTED lines in this order."""
    few = _few(found, MOST_SORTED // _lines_a_place(results))
    return in_order(_read(results, found.places[:few])[:MOST_SORTED], order)


def _lines_a_place(results: ResultsPage) -> int:
    """Of words found near one another each has a line."""
    return min(highlighter(results.expanded).marks_a_place, LINES_ON_A_PAGE)


def _few(found: ParagraphsFound, most: int) -> int:
    """In how many paragraphs the first `most` places stand."""
    before = accumulate(found.counts, initial=0)
    return min(len(found.counts), sum(1 for _ in takewhile(lambda places: places < most, before)))


def _page_starts(counts: Iterable[int], places: int) -> list[int]:
    """The first paragraph of each page: that in which its first place stands; none has places on two pages."""
    starts: list[int] = []
    before, filled = 0, 0
    for index, count in enumerate(counts):
        if before >= filled:
            starts.append(index)
            filled = before + places
        before += count
    return starts


def _page_of(starts: Sequence[int], page: int, end: int) -> slice:
    if page > max(1, len(starts)):
        held = "There is only one page" if len(starts) <= 1 else f"There are only {len(starts):,} pages"
        raise service.PageOutOfRange(f"{held} of these lines; there is no page {page:,}.")
    return slice(*[*starts, end][page - 1 : page + 1]) if starts else slice(0)


def _read(results: ResultsPage, places: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines of these paragraphs, in their order; those that are gone by now have none."""
    marker = highlighter(results.expanded)
    held = read_some_paragraphs(places)
    texts = {(document_id, part.number): part.text for document_id, parts in held.items() for part in parts}
    still_there = [place for place in places if place in texts]
    marked = marker.marks_where_found([texts[place] for place in still_there])
    return [
        line for place, marks in zip(still_there, marked, strict=True) for line in lines_of(*place, texts[place], marks)
    ]


def _placed(lines: Sequence[Line]) -> tuple[PlacedLine, ...]:
    """The lines with their documents; what left the archive since the index was written drops out."""
    rows = Document.objects.published().only("slug", "title", "title_basis", "date", "language")
    documents = rows.in_bulk({line.document_id for line in lines})
    return tuple(PlacedLine(line, documents[line.document_id]) for line in lines if line.document_id in documents)
