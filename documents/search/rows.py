"""The rows of the documents that a page of results shows."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS

from documents.fixed_queries import fetch
from documents.models import Document, Name

_SHOWN = {  # reading another column of such a document asks the database for it
    *("id", "slug", "title", "title_basis", "state", "language", "date", "creator", "type", "opening"),
    "issuing_body_id",
}
_COLUMNS = [field.attname for field in Document._meta.concrete_fields if field.attname in _SHOWN]  # from_db()'s order
_BODY = _COLUMNS.index("issuing_body_id")
_ROWS_SQL = f"""
    SELECT {", ".join(f"document.{column}" for column in _COLUMNS)}, body.label
    FROM documents_document AS document LEFT JOIN documents_name AS body ON body.id = document.issuing_body_id
    WHERE document.id IN (SELECT value FROM json_each(%s))
"""


def read_rows(ids: Sequence[int]) -> dict[int, Document]:
    """By id those of the documents that are published, with their issuing bodies; in one query or none."""
    rows = fetch(_ROWS_SQL, [json.dumps(ids)]) if ids else []
    bodies = {
        body_id: Name.from_db(DEFAULT_DB_ALIAS, ("id", "label"), (body_id, label))
        for body_id, label in {(row[_BODY], row[-1]) for row in rows}
    }
    documents = {row[0]: Document.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row[:-1]) for row in rows}
    for document in documents.values():
        if document.issuing_body_id:
            document.issuing_body = bodies[document.issuing_body_id]
    # SQLite would look for the few ids among all that are published, were it asked for both.
    return {key: document for key, document in documents.items() if document.is_published}
