"""An archive of the same documents several times over, made by SQL: in each copy the paragraphs of a text are shuffled.

A copy has all that a results page and the index read: the record, paragraphs, tags, names, symbols. What is left out is
what only a document's own page reads: the text as a whole, HTML, contents, revisions, relations.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

STEP = 1_000_000  # between the ids of one copy and those of the next
MULTIPLIER = 2_654_435_761  # Knuth's: it scatters what are neighbours
MODULUS = 4_294_967_291

DOCUMENT = "documents_document"
PARAGRAPH = "documents_paragraph"
PER_DOCUMENT = {"documents_taggeddocument": "content_object_id", "documents_mention": "document_id"} | {
    "documents_citedsymbol": "document_id"
}


def multiply(database_path: Path, path: Path, times: int) -> None:
    """Write the database of the larger archive; its index is not made here."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(database_path)) as database:
        database.execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(path)) as database:
        for copy in range(1, times):
            _add_copy(database, copy)
            database.commit()


def _add_copy(database: sqlite3.Connection, copy: int) -> None:
    shift = copy * STEP
    of_document = {
        "id": f"id + {shift}",
        "uuid": "lower(hex(randomblob(16)))",
        "slug": f"substr(slug, 1, 90) || '-{copy}-' || id",
        "source_file": f"CASE source_file WHEN '' THEN '' ELSE source_file || '-{copy}' END",
        **dict.fromkeys(("text", "body_html"), "''"),
        "contents": "'[]'",
    }
    _insert(database, DOCUMENT, of_document, f"id < {STEP}")
    # `position` is null where a paragraph is no longer read.
    shuffled = (
        "CASE WHEN position IS NOT NULL THEN row_number() OVER (PARTITION BY document_id, position IS NULL "
        f"ORDER BY (id * {MULTIPLIER} + {copy} * 40503) % {MODULUS}) - 1 END"
    )
    of_paragraph = {"id": "NULL", "document_id": f"document_id + {shift}", "position": shuffled, "html": "''"}
    _insert(database, PARAGRAPH, of_paragraph, f"document_id < {STEP}")
    for name, column in PER_DOCUMENT.items():
        _insert(database, name, {"id": "NULL", column: f"{column} + {shift}"}, f"{column} < {STEP}")


def _insert(database: sqlite3.Connection, name: str, changed: dict[str, str], where: str) -> None:
    """Copy the rows of a table, with some columns changed."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
    values = ", ".join(changed.get(column, column) for column in columns)
    database.execute(f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM {name} WHERE {where}")
