"""The archives that are measured: the five texts, and those with the UN General Debate. Made once and kept."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.multiplied import multiply

PACKAGE = "ungdc"
MANIFEST = "metadata.csv"
DATABASE = "archive.sqlite3"


@dataclass(frozen=True, slots=True)
class Making:
    """What an import took. `megabytes` is the largest resident size of any process started so far."""

    seconds: float
    megabytes: float
    last_line: str


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive of the benchmark's own under `folder`, and what its import took if it was made just now."""

    folder: Path
    making: Making | None = None

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.folder)

    @property
    def documents(self) -> int:
        """How many documents it holds, as the database says."""
        with closing(sqlite3.connect(self.folder / DATABASE)) as database:
            return int(database.execute("SELECT count(*) FROM documents_document").fetchone()[0])

    @property
    def database_bytes(self) -> int:
        return sum(path.stat().st_size for path in self.folder.glob("archive.sqlite3*"))

    @property
    def index_bytes(self) -> int:
        return sum(path.stat().st_size for path in (self.folder / "index").rglob("*") if path.is_file())


def environment(folder: Path) -> dict[str, str]:
    """The caller's environment with an archive of its own, so that nothing touches the real one."""
    theirs = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "DATABASE_URL", "DEBUG")}
    return {**theirs, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "LOG_LEVEL": "WARNING"}


def small(folder: Path) -> Archive:
    """The archive as a stranger gets it."""
    _prepare(folder)
    return Archive(folder)


def large(folder: Path, package: Path) -> Archive:
    """The five texts and the UN General Debate, imported where the folder does not hold it whole."""
    _prepare(folder)
    imported = folder / "imported"
    if imported.exists():
        return Archive(folder)
    start = time.monotonic()
    printed = _manage(folder, "import_documents", str(package))
    seconds = time.monotonic() - start
    _manage(folder, "check_index")
    imported.touch()
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Archive(folder, Making(seconds, megabytes, printed.splitlines()[-1]))


def multiplied(folder: Path, archive: Archive, times: int) -> Archive:
    """The archive so many times over; made where the folder does not hold it whole, and kept."""
    made = folder / "multiplied"
    if not made.exists():
        multiply(archive.folder / DATABASE, folder / DATABASE, times)
    _manage(folder, "migrate", "--verbosity", "0")
    _manage(folder, "rebuild_index", "--if-needed")
    made.touch()
    return Archive(folder)


@contextmanager
def copied(archive: Archive, folder: Path) -> Iterator[Archive]:
    """A copy of database and index that may be changed, and is gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        with closing(sqlite3.connect(archive.folder / DATABASE)) as database:
            database.execute("VACUUM INTO ?", (str(folder / DATABASE),))
        shutil.copytree(archive.folder / "index", folder / "index")
        yield Archive(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def package_below(corpora: Path | None, scratch: Path) -> Path | None:
    """The unpacked package, from CORPORA/ungdc or CORPORA/ungdc.tar.xz; None where neither is there."""
    if corpora is None:
        return None
    if (corpora / PACKAGE / MANIFEST).exists():
        return corpora / PACKAGE
    if not (corpora / f"{PACKAGE}.tar.xz").exists():
        return None
    if not (scratch / PACKAGE / MANIFEST).exists():
        subprocess.run(["tar", "-xJf", str(corpora / f"{PACKAGE}.tar.xz"), "-C", str(scratch)], check=True)
    return scratch / PACKAGE


def _prepare(folder: Path) -> None:
    """Database and index as this code wants them; an index of an earlier version would still answer."""
    folder.mkdir(parents=True, exist_ok=True)
    _manage(folder, "prepare")
    _manage(folder, "rebuild_index", "--if-needed")


def _manage(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, env=environment(folder), stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()
