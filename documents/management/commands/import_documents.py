"""`manage.py import_documents PATH`: a folder or a zip of texts into the archive."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from documents.importing.manifest import PackageRecord
from documents.importing.report import ImportReport, PackageError
from documents.importing.store import import_package


class Command(BaseCommand):
    help = (
        "Import a folder or a zip of .txt and .md files, described by metadata.csv or by front matter. "
        "Run again, it changes only what changed."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="The folder or the zip.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check everything, write nothing, say what would be."
        )
        parser.add_argument("--draft", action="store_true", help="Do not publish new documents.")

    def handle(self, *args: Any, path: Path, dry_run: bool, draft: bool, **options: Any) -> None:
        try:
            report = import_package(path, is_dry_run=dry_run, as_draft=draft, progress=_watched, indexing=_IndexBar())
        except PackageError as error:
            raise CommandError(str(error)) from error
        self._tell(report, is_dry_run=dry_run)
        if report.failures:
            sys.exit(1)

    def _tell(self, report: ImportReport, *, is_dry_run: bool) -> None:
        if is_dry_run:
            for outcome, files in (("create", report.created), ("update", report.updated)):
                self.stdout.writelines(f"would {outcome} {file}\n" for file in files)
        for conflict in report.conflicts:
            self.stderr.write(f"conflict: {conflict}")
        for failure in report.failures:
            for problem in failure.problems:
                self.stderr.write(f"failed: {problem}")
        if is_dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")
        self.stdout.write(str(report))


def _watched(records: Sequence[PackageRecord]) -> Iterable[PackageRecord]:
    return tqdm(records, desc="texts", unit=" texts", disable=None)


class _IndexBar:
    """The second bar, which is there once the first has ended: a bar knows its line from when it is made."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = tqdm(desc="index", total=total, unit=" texts", disable=None)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()
