"""`manage.py prepare`: everything that must be there before the archive is served."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import startup
from documents.importing.report import ImportReport
from documents.management.progress import progress_bar


class Command(BaseCommand):
    help = (
        "Migrates the database, imports the first names and texts, builds the index, collects static files; as needed."
    )
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        if startup.migrate():
            self.stdout.write("The database is ready.")
        if report := startup.import_first_names():
            self._tell("names", report)
        if report := startup.import_first_texts():
            self._tell("texts", report)
        with progress_bar("Indexing") as progress:
            count = startup.build_index(progress)
        if count is not None:
            self.stdout.write(f"The index holds {count} documents.")
        if startup.collect_static_files():
            self.stdout.write("The static files are collected.")

    def _tell(self, what: str, report: ImportReport) -> None:
        if report.failures:
            problems = "\n".join(str(problem) for failure in report.failures for problem in failure.problems)
            raise CommandError(f"The {what} in fixtures/ could not be imported.\n{problems}")
        self.stdout.write(f"The first {what} are imported: {report}")
