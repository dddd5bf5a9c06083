"""Queries that change in their parameters alone. Django takes ten times as long to write one as SQLite to answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Record = TypeVar("Record", bound=Model)


def fetch(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows as SQLite has them, a parameter for each %s or %(name)s. It counts as one query to the database."""
    with connection.cursor() as cursor:
        return cursor.execute(sql, parameters).fetchall()


class Given(Expression):
    """Stands in a queryset for a value, as the database has it, that is given each time the query is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def value(self, values: dict[str, Any]) -> Any:
        return values[self.name]


class GivenMany(Given):
    """Stands for the values of an `__in`: however many they are, the query is the same."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        return "SELECT value FROM json_each(%s)", (self,)

    def value(self, values: dict[str, Any]) -> str:
        return json.dumps(list(values[self.name]))


class FixedQuery(Generic[Record]):
    """A queryset of records that Django writes once; asked again with other values for what is Given in it.

    select_related(), only(), defer() and annotate() do as in any queryset; prefetch_related() does not.
    """

    def __init__(self, records: QuerySet[Record]) -> None:
        self._records = records

    def __call__(self, **values: Any) -> list[Record]:
        """The records, read. values: by name what is Given."""
        form = self._written
        given = {
            name: each.value(values) if isinstance(each, Given) else each for name, each in form.parameters.items()
        }
        rows = fetch(form.sql, given)
        return [form.record(row) for row in form.converted(rows)]

    @cached_property
    def _written(self) -> _Written:
        """Not before it is asked: a database is needed to write for."""
        return _Written(self._records)


class _Written:
    """A query in SQL, and what makes records of its rows, as Django's ModelIterable works it out each time."""

    def __init__(self, records: QuerySet[Any]) -> None:
        compiler = records.query.get_compiler(using=records.db)
        sql, parameters = compiler.as_sql()
        # By name: Django searches a query for each %s whenever it is asked, longer than SQLite takes to answer.
        self.parameters = {f"p{place}": parameter for place, parameter in enumerate(parameters)}
        self.sql = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in self.parameters)
        columns = [column for column, *_ in compiler.select]
        own = compiler.klass_info["select_fields"]
        self.converted = partial(compiler.apply_converters, converters=compiler.get_converters(columns))
        self._own = slice(own[0], own[-1] + 1)
        self._from_row = partial(
            records.model.from_db, records.db, [each.target.attname for each in columns[self._own]]
        )
        # The stubs are those of a later Django.
        self._related = get_related_populators(compiler.klass_info, compiler.select, records.db)  # type: ignore[call-arg]
        self._annotations = tuple((compiler.annotation_col_map or {}).items())

    def record(self, row: Sequence[Any]) -> Any:
        record = self._from_row(row[self._own])
        for populator in self._related:
            populator.populate(row, record)
        for name, place in self._annotations:
            setattr(record, name, row[place])
        return record
