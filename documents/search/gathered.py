"""The documents of a whole search, for files that are taken away: read in turn, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Max

from documents.models import Document
from documents.search.records import read_some_paragraphs
from documents.search.results import FoundDocument
from documents.search.snippets import highlighter
from documents.search.types import SearchResult

READ_AT_ONCE = 200  # documents; their rows and passages take a megabyte or two


def read_gathered(found: SearchResult) -> Iterator[FoundDocument[Document]]:
    """The hits with passages and rows; these have collection, tags, `revision`, `revised`, and no large columns.

    Three queries for every READ_AT_ONCE. What left the archive since the index was written drops out.
    """
    marker = highlighter(found.expanded)
    for start in range(0, len(found.hits), READ_AT_ONCE):
        hits = found.hits[start : start + READ_AT_ONCE]
        rows = _rows(hit.document_id for hit in hits)
        texts = read_some_paragraphs([(hit.document_id, number) for hit in hits for number in hit.passages])
        passages = marker.passages([texts.get(hit.document_id, ()) for hit in hits])
        for hit, shown in zip(hits, passages, strict=True):
            if document := rows.get(hit.document_id):
                yield FoundDocument(document, hit.score, shown, hit.paragraphs)


def _rows(ids: Iterable[int]) -> Mapping[int, Document]:
    documents = (
        Document.objects.published()
        .select_related("collection", "issuing_body")
        .prefetch_related("tags")  # type: ignore[misc]  # taggit's is not seen as one
        .annotate(revision=Max("revisions__number"), revised=Max("revisions__made_at"))
        .defer("text", "body_html", "contents")
    )
    return documents.in_bulk(list(ids))
