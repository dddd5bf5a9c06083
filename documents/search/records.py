"""What the index is told of a document: database rows in, IndexRecords out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from documents.fixed_queries import fetch
from documents.models import Document, Paragraph
from documents.search.analysis import slug_of
from documents.search.engines.base import Engine
from documents.search.types import Citation, IndexRecord, ParagraphText

READ_AT_ONCE = 200  # documents; their paragraphs take a few megabytes

# A CROSS JOIN has SQLite go from what is wanted to the index of the paragraphs, and not the other way round.
_SOME_PARAGRAPHS_SQL = """
    SELECT paragraph.document_id, paragraph.number, paragraph.text
    FROM json_each(%s) AS wanted CROSS JOIN documents_paragraph AS paragraph
    ON paragraph.document_id = json_extract(wanted.value, '$[0]')
    AND paragraph.number = json_extract(wanted.value, '$[1]')
    WHERE paragraph.position IS NOT NULL ORDER BY paragraph.position
"""


def read_records(document_ids: Sequence[int]) -> Iterator[IndexRecord]:
    """The records of these documents in turn, whatever their state; ids that are gone are left out."""
    for start in range(0, len(document_ids), READ_AT_ONCE):
        yield from _read(document_ids[start : start + READ_AT_ONCE])


def are_missing(engine: Engine) -> bool:
    """Whether the engine holds no document though some are public: its files were lost. Raises EngineError."""
    return not engine.status().documents and Document.objects.published().exists()


def published_ids() -> list[int]:
    return list(Document.objects.published().order_by("pk").values_list("pk", flat=True))


def read_paragraphs(ids: Sequence[int]) -> dict[int, list[ParagraphText]]:
    """The texts of these documents in reading order, in one query; a document without any is left out."""
    found: dict[int, list[ParagraphText]] = defaultdict(list)
    rows = Paragraph.objects.filter(document_id__in=ids, position__isnull=False).order_by("document_id", "position")
    for document_id, number, text, kind in rows.values_list("document_id", "number", "text", "kind"):
        found[document_id].append(ParagraphText(number, text, kind == "heading"))
    return found


def read_some_paragraphs(wanted: Iterable[tuple[int, int]]) -> dict[int, list[ParagraphText]]:
    """By document, those of the paragraphs (document, number) that it has, in reading order; in one query or none."""
    pairs = list(wanted)
    if not pairs:
        return {}
    found: dict[int, list[ParagraphText]] = defaultdict(list)
    for document_id, number, text in fetch(_SOME_PARAGRAPHS_SQL, [json.dumps(pairs)]):
        found[document_id].append(ParagraphText(number, text))
    return found


def record_of(document: Document, paragraphs: tuple[ParagraphText, ...]) -> IndexRecord:
    """The record of one document with its paragraphs in reading order."""
    body = document.issuing_body
    names = {mention.name for mention in document.mentions.all()}
    unstamped = IndexRecord(
        document_id=document.pk,
        stamp="",
        slug=document.slug,
        title=document.title,
        paragraphs=paragraphs,
        language=document.language.lower(),
        added=document.added_at.date(),
        earliest=document.date_earliest,
        latest=document.date_latest,
        is_dated=not document.is_undated,
        collection=document.collection.slug,
        body=body.slug if body else "",
        type=slug_of(document.type),
        place=slug_of(document.place),
        tags=tuple(sorted(tag.slug for tag in document.tags.all())),
        names=tuple(sorted(name.slug for name in names)),
        name_labels=tuple(sorted(name.label for name in names)),
        symbols=tuple(sorted({cited.slug for cited in document.cited_symbols.all()})),
        citations=_citations(document),
    )
    return replace(unstamped, stamp=_stamp(unstamped))


def _citations(document: Document) -> tuple[Citation, ...]:
    """By symbol and paragraph, those told only by the context counted with the others."""
    counts: Counter[tuple[str, int]] = Counter()
    for cited in document.cited_symbols.all():
        counts[cited.slug, cited.paragraph] += cited.count
    return tuple(Citation(*place, count) for place, count in sorted(counts.items()))


def _read(ids: Sequence[int]) -> Iterator[IndexRecord]:
    documents = (
        Document.objects.filter(pk__in=ids)
        .select_related("collection", "issuing_body")
        .prefetch_related("tags", "mentions__name", "cited_symbols")  # type: ignore[misc]  # taggit's is not seen as one
        .defer("text", "body_html", "contents")
        .order_by("pk")
    )
    paragraphs = read_paragraphs(ids)
    for document in documents:
        yield record_of(document, tuple(paragraphs.get(document.pk, ())))


def _stamp(record: IndexRecord) -> str:
    return hashlib.sha256(repr(record).encode()).hexdigest()
