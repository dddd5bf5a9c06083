"""A search as a table: a row for each document found, with its best passage. Columns are those of the import package
(docs/import-package.md) where they are the same thing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from django.http import HttpRequest

from documents.models import Document
from documents.search import explain
from documents.search.gathered import read_documents, read_passages
from documents.search.results import Asked, FoundDocument
from documents.search.types import Hit, Node
from documents.views.context import absolute
from documents.views.csv_data import csv_lines
from documents.views.formats import MOST_PASSAGES

COLUMNS = (
    *("title", "title_basis", "date", "date_kind", "date_basis", "creator", "publisher", "type", "language", "place"),
    *("tags", "collection", "identifier", "source", "rights"),
    *("url", "score", "paragraphs", "passage", "passage_url"),
)


def rows(request: HttpRequest, hits: Sequence[Hit], expanded: Node) -> Iterator[str]:
    """The table in lines. The first MOST_PASSAGES documents have passages."""
    return csv_lines(COLUMNS, (_cells(request, found) for found in _documents(hits, expanded)))


def note(asked: Asked, total: int) -> str:
    """What to say where not all rows have a passage."""
    return f"The first {MOST_PASSAGES:,} rows have passages." if asked.q and total > MOST_PASSAGES else ""


def _documents(hits: Sequence[Hit], expanded: Node) -> Iterator[FoundDocument]:
    passages = MOST_PASSAGES if explain.has_words(expanded) else 0
    yield from read_passages(hits[:passages], expanded)
    for hit, document in read_documents(hits[passages:]):
        yield FoundDocument(document, hit.score, (), 0)


def _cells(request: HttpRequest, found: FoundDocument) -> list[str]:
    document = found.document
    address = absolute(request, document.get_absolute_url())
    passage = found.passages[0] if found.passages else None
    return [
        *_record(document),
        address,
        f"{found.score:.4f}" if found.score else "",
        str(found.paragraphs_found or ""),
        html.unescape(re.sub("</?mark>", "", passage.html)) if passage else "",
        f"{address}#p{passage.paragraph}" if passage else "",
    ]


def _record(document: Document) -> list[str]:
    return [
        document.title,
        document.title_basis,
        document.date,
        document.date_kind if document.date else "",
        document.date_basis if document.date else "",
        document.creator,
        document.issuing_body.label if document.issuing_body else "",
        document.type,
        document.language,
        document.place,
        ";".join(sorted(tag.name for tag in document.tags.all())),
        document.collection.title,
        document.identifier,
        document.source,
        document.rights,
    ]
