"""`manage.py check_index`: compare the search index with the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.models import Document, PendingIndexing
from documents.search import sync
from documents.search.engines.base import EngineError

SHOWN = 20  # documents named of each kind


class Command(BaseCommand):
    help = "Compares the search index with the database; exits 1 where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drift = sync.drift()
        except EngineError as error:
            raise CommandError(f"The index cannot be read. {error}") from error
        if not drift:
            self.stdout.write("The index agrees with the database.")
            return
        self._name("Missing from the index", drift.missing)
        self._name("Held in an earlier state", drift.stale)
        self._name("Held though not public", drift.superfluous)
        if waiting := PendingIndexing.objects.count():
            self.stdout.write(f"{waiting} changes wait for the worker (`manage.py worker`).")
        raise CommandError("The index differs from the database. `manage.py rebuild_index` mends it.")

    def _name(self, what: str, document_ids: Iterable[int]) -> None:
        ids = list(document_ids)
        if not ids:
            return
        slugs = Document.objects.in_bulk(ids[:SHOWN])
        self.stdout.write(f"{what}: {len(ids)}")
        for pk in ids[:SHOWN]:
            self.stdout.write(f"  {slugs[pk].slug}" if pk in slugs else f"  document {pk}, which is gone")
        if len(ids) > SHOWN:
            self.stdout.write(f"  and {len(ids) - SHOWN} more")
