"""The documents of a whole search, for files that are taken away: read in turn, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Max

from documents.models import Document
from documents.search import explain
from documents.search.records import read_paragraphs
from documents.search.results import FoundDocument
from documents.search.snippets import highlighter
from documents.search.types import Hit, Node

READ_AT_ONCE = 200  # documents; their paragraphs take a few megabytes


def read_documents(hits: Sequence[Hit]) -> Iterator[tuple[Hit, Document]]:
    """The hits and their rows with collection, issuing body, tags, `revision` and `revised`, without large columns.

    Four queries for every READ_AT_ONCE. What left the archive since the index was written drops out.
    """
    for part in _parts(hits):
        rows = _rows(hit.document_id for hit in part)
        yield from ((hit, rows[hit.document_id]) for hit in part if hit.document_id in rows)


def read_passages(hits: Sequence[Hit], expanded: Node) -> Iterator[FoundDocument]:
    """The same documents, each with its best passage; `paragraphs_found` is 0 where no words were searched for."""
    marker = highlighter(expanded) if explain.has_words(expanded) else None
    for part in _parts(hits):
        paragraphs = read_paragraphs([hit.document_id for hit in part]) if marker else {}
        for hit, document in read_documents(part):
            held = marker.find(paragraphs.get(document.pk, ()), 1) if marker else None
            yield FoundDocument(document, hit.score, held.passages if held else (), held.paragraphs if held else 0)


def _parts(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    return (hits[start : start + READ_AT_ONCE] for start in range(0, len(hits), READ_AT_ONCE))


def _rows(ids: Iterable[int]) -> Mapping[int, Document]:
    documents = (
        Document.objects.published()
        .select_related("collection", "issuing_body")
        .prefetch_related("tags")  # type: ignore[misc]  # taggit's is not seen as one
        .annotate(revision=Max("revisions__number"), revised=Max("revisions__made_at"))
        .defer("text", "body_html", "contents")
    )
    return documents.in_bulk(list(ids))
