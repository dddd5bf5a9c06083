"""`manage.py import_names PATH`: an authority file into the archive."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import authority
from documents.importing.names import import_names
from documents.importing.report import ImportReport, PackageError


class Command(BaseCommand):
    help = "Import the names of a YAML file such as fixtures/names.yaml. Run again, it changes only what changed."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="The YAML file.")
        parser.add_argument("--dry-run", action="store_true", help="Check everything, write nothing.")

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        try:
            report = import_names(path, is_dry_run=dry_run)
        except PackageError as error:
            raise CommandError(str(error)) from error
        self._tell(report, is_dry_run=dry_run)
        if report.failures:
            sys.exit(1)

    def _tell(self, report: ImportReport, *, is_dry_run: bool) -> None:
        for conflict in report.conflicts:
            self.stderr.write(f"conflict: {conflict}")
        for failure in report.failures:
            for problem in failure.problems:
                self.stderr.write(f"failed: {problem}")
        if is_dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")
        elif waiting := authority.waiting():
            self.stdout.write(f"Documents that wait for the worker to render them again: {waiting}.")
        self.stdout.write(str(report))
