"""What must be there before the archive is served: database, first texts, index, static files. Each step is a no-op
where nothing is to do, so that every start may take them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from documents.importing.manifest import NAMES, read_manifest
from documents.importing.names import import_names
from documents.importing.package import open_package
from documents.importing.report import ImportReport
from documents.importing.store import import_package
from documents.models import Document, NameForm
from documents.search import sync

FIXTURES = settings.BASE_DIR / "fixtures"
SOURCES_DIGEST = ".sources"  # in STATIC_ROOT: what was collected


def migrate() -> bool:
    """Bring the database to this code's schema; tells whether there was anything to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def import_first_names() -> ImportReport | None:
    """Import the names of the first texts, unless any name has a form already: what admins made of them is kept."""
    return None if NameForm.objects.exists() else import_names(FIXTURES / NAMES)


def import_first_texts() -> ImportReport | None:
    """Import the texts that the archive opens with, unless one of them ever was: what admins made of them is kept."""
    with open_package(FIXTURES) as package:
        files = [record.file for record in read_manifest(package).records]
    if Document.objects.filter(source_file__in=files).exists():
        return None
    return import_package(FIXTURES)


def build_index(progress: sync.Progress | None = None) -> int | None:
    """Build the index where it is missing. One of another version answers, and is left to the worker."""
    return sync.rebuild(progress) if sync.is_missing() else None


def collect_static_files() -> bool:
    """Collect the static files where any changed since; tells whether it did."""
    marker = Path(settings.STATIC_ROOT) / SOURCES_DIGEST
    digest = _digest_of_static_files()
    if marker.exists() and marker.read_text() == digest:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    marker.write_text(digest)
    return True


def _digest_of_static_files() -> str:
    listing = "\n".join(sorted(_static_files()))
    return hashlib.sha256(f"{staticfiles_storage.__class__.__name__}\n{listing}".encode()).hexdigest()


def _static_files() -> Iterator[str]:
    """Name, size and time of each; times alone miss a file that is replaced by an older one."""
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            stat = Path(storage.path(name)).stat()
            yield f"{name} {stat.st_size} {stat.st_mtime_ns}"
