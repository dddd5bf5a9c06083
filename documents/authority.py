"""What a change of the authority file does to texts: those concerned wait to be rendered again, as a job.

Concerned are the documents in which a changed name was found, and those whose words contain a form that came or went.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler

from documents import jobs
from documents.models import Document, Generation, Mention, Paragraph

MAX_FORMS_SOUGHT = 25  # reading 190 MB of paragraphs takes a fifth of a second a form; past these, all are rendered


class _Changes(threading.local):
    """What this thread changed and has marked no documents for yet."""

    def __init__(self) -> None:
        self.gathering = 0  # how many gathered() are open
        self.forget()

    def forget(self) -> None:
        self.names: set[int] = set()
        self.forms: set[str] = set()


_changes = _Changes()


@contextmanager
def gathered() -> Iterator[None]:
    """Mark documents once, at the end, in the same transaction, for all changes made within."""
    with transaction.atomic():
        _changes.gathering += 1
        try:
            yield
        except BaseException:
            _changes.forget()
            raise
        finally:
            _changes.gathering -= 1
        if not _changes.gathering:
            _mark_concerned()


def changed(*, names: Iterable[int] = (), forms: Iterable[str] = ()) -> None:
    """Note that texts mention these names, by primary key, or write these forms, otherwise from now on."""
    _changes.names.update(names)
    _changes.forms.update(forms)
    if not _changes.gathering:
        _mark_concerned()


def waiting() -> int:
    """How many documents wait to be rendered again."""
    return Document.objects.filter(awaits_rendering=True).count()


def _mark_concerned() -> None:
    names, forms = _changes.names, _changes.forms
    _changes.forget()
    if not (names or forms):
        return
    Generation.advance(Generation.NAMES)
    # Not through Document.objects: the index is told when they are rendered, and would be told twice.
    concerned = Document._base_manager.filter(_concerned(names, forms), awaits_rendering=False)
    if concerned.update(awaits_rendering=True):
        jobs.enqueue_once(jobs.render_again)


def _concerned(names: set[int], forms: set[str]) -> Q:
    if len(forms) > MAX_FORMS_SOUGHT:
        return Q()
    mentioning = Q(pk__in=Mention.objects.filter(name__in=names).values("document"))
    if not forms:
        return mentioning
    written = Q()
    for form in forms:
        written |= Q(text__like=_like(form))
    return mentioning | Q(pk__in=Paragraph.objects.filter(written).values("document"))


def _like(form: str) -> str:
    """The form as LIKE knows it: any sign for what is spelt in several ways or no ASCII letter, in any case."""
    return f"%{re.sub(r'[^0-9A-Za-z ]', '_', ' '.join(form.split()))}%"


@models.TextField.register_lookup
class Like(models.Lookup):
    """SQL's LIKE with the pattern as it is; `contains` would escape its signs."""

    lookup_name = "like"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        column, of_column = self.process_lhs(compiler, connection)
        pattern, of_pattern = self.process_rhs(compiler, connection)
        return f"{column} LIKE {pattern}", (*of_column, *of_pattern)
