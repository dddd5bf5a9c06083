"""Queries that change in their parameters alone. Django takes ten times as long to write one as SQLite to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def fetch(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows as SQLite has them, a parameter for each %s. It counts as one query to the database."""
    with connection.cursor() as cursor:
        return cursor.execute(sql, parameters).fetchall()
