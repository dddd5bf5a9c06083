"""What the search index still has to be told, and the number that grows with every change that the public sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models

from documents.fixed_queries import fetch

_held: ContextVar[dict[int, int] | None] = ContextVar("generations held", default=None)


class PendingIndexing(models.Model):
    """A document whose state the index may not know yet. Written in the transaction of the change, so none is lost."""

    document_id = models.BigIntegerField(unique=True)  # no foreign key: a deleted document must leave the index too
    since = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "pending indexing"

    def __str__(self) -> str:
        return f"document {self.document_id}"


class Generation(models.Model):
    """Numbers that grow: one with every change to what the public sees, one with every change to the authority file."""

    PUBLIC = 1
    NAMES = 2

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls, of: int = PUBLIC) -> int:
        held = _held.get()
        if held is None:
            return cls._read(of)
        if of not in held:
            held[of] = cls._read(of)
        return held[of]

    @classmethod
    @contextmanager
    def held(cls) -> Iterator[None]:
        """Within it current() is read once: a page is of one generation, whatever changes while it is made."""
        token = _held.set({})
        try:
            yield
        finally:
            _held.reset(token)

    @classmethod
    def _read(cls, of: int) -> int:
        rows = fetch("SELECT number FROM documents_generation WHERE id = %s", [of])
        return int(rows[0][0]) if rows else 0

    @classmethod
    def advance(cls, of: int = PUBLIC) -> None:
        if not cls.objects.filter(pk=of).update(number=models.F("number") + 1):
            cls.objects.get_or_create(pk=of, defaults={"number": 1})
