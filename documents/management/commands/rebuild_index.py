"""`manage.py rebuild_index`: build the search index anew, while the old one answers."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.management.progress import progress_bar
from documents.search import sync
from documents.search.engines.base import EngineError


class Command(BaseCommand):
    help = "Builds the search index anew from the database, while the old one answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Only where the index is damaged, empty or of another version."
        )

    def handle(self, *args: Any, if_needed: bool, **options: Any) -> None:
        if if_needed and not sync.needs_rebuild():
            self.stdout.write("The index is current.")
            return
        try:
            with progress_bar("Indexing") as progress:
                count = sync.rebuild(progress)
        except (EngineError, OSError) as error:
            raise CommandError(f"The index was not rebuilt; the old one stays in use. {error}") from error
        self.stdout.write(f"The index holds {count} documents.")
