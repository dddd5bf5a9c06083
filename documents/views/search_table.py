"""A search as a table: a row for each document found, with its best passage. Columns are those of the import package
(docs/import-package.md) where they are the same thing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from django.http import HttpRequest

from documents.models import Document
from documents.search.gathered import read_gathered
from documents.search.results import FoundDocument
from documents.search.types import SearchResult
from documents.views.context import absolute
from documents.views.csv_data import csv_lines

COLUMNS = (
    *("title", "title_basis", "date", "date_kind", "date_basis", "creator", "publisher", "type", "language", "place"),
    *("tags", "collection", "identifier", "source", "rights"),
    *("url", "score", "paragraphs", "passage", "passage_url"),
)


def rows(request: HttpRequest, found: SearchResult) -> Iterator[str]:
    """The table in lines."""
    return csv_lines(COLUMNS, (_cells(request, document) for document in read_gathered(found)))


def _cells(request: HttpRequest, found: FoundDocument[Document]) -> list[str]:
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
