"""What the index is told of a document: database rows in, IndexRecords out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from documents.models import Document, Paragraph
from documents.search.analysis import slug_of
from documents.search.types import IndexRecord, ParagraphText

READ_AT_ONCE = 200  # documents; their paragraphs take a few megabytes


def read_records(document_ids: Sequence[int]) -> Iterator[IndexRecord]:
    """The records of these documents in turn, whatever their state; ids that are gone are left out."""
    for start in range(0, len(document_ids), READ_AT_ONCE):
        yield from _read(document_ids[start : start + READ_AT_ONCE])


def published_ids() -> list[int]:
    return list(Document.objects.published().order_by("pk").values_list("pk", flat=True))


def read_paragraphs(ids: Sequence[int]) -> dict[int, list[ParagraphText]]:
    """The texts of these documents in reading order, in one query; a document without any is left out."""
    found: dict[int, list[ParagraphText]] = defaultdict(list)
    rows = Paragraph.objects.filter(document_id__in=ids, position__isnull=False).order_by("document_id", "position")
    for document_id, number, text, kind in rows.values_list("document_id", "number", "text", "kind"):
        found[document_id].append(ParagraphText(number, text, kind == "heading"))
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
    )
    return replace(unstamped, stamp=_stamp(unstamped))


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
