"""The index on disk: its folders, the pointer to the current one, locks, writers and rebuilds.

    <directory>/current        the name of the folder in use, replaced in one step
    <directory>/index-<random>/   a Whoosh index, and beside it `versions`, what it was made with
    <directory>/write.lock     held while anything is written to the index in use
    <directory>/rebuild.lock   held for a whole rebuild
    <directory>/journal        what was written to the old index during a rebuild, to be written to the new one too

Both locks are the kernel's, so they end with the process that holds them.
"""

from __future__ import annotations

import os
import pickle
import secrets
import shutil
import struct
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

import whoosh
from whoosh import index
from whoosh.codec.base import Segment
from whoosh.index import TOC, EmptyIndexError, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import MERGE_SMALL

from documents import locks
from documents.search import analysis, schema
from documents.search.engines.base import EngineBusy, EngineError
from documents.search.engines.whoosh.snapshot import Snapshot
from documents.search.engines.whoosh.storage import MappedStorage
from documents.search.engines.whoosh.writer import SCHEMA, RecordWriter
from documents.search.types import IndexRecord

LOCK_TIMEOUT_SECONDS = 10  # a batch of an import commits in under 5
SWAP_TIMEOUT_SECONDS = 300  # a rebuild of minutes is not thrown away for writers in its way
OPEN_RETRY_SECONDS = 0.05
OPEN_ATTEMPTS = 20  # a writer may remove files between finding and opening them
LARGE_BATCH = 100  # documents; an import writes more at once, a save or a bulk action fewer
MERGED_DOCUMENTS = 50  # the most that a small write merges, well under a second's work
MERGED_SEGMENTS = 8  # so many small segments are merged into one
MANY_SEGMENTS = 40  # a search looks into each; past this a rebuild pays
# What reading files of another version, or damaged ones, may end in.
UNREADABLE = (
    *(index.IndexError, pickle.UnpicklingError, struct.error),
    *(AssertionError, AttributeError, EOFError, ImportError, KeyError, TypeError, ValueError),
)
INDEX_NAME = "MAIN"
VERSIONS = "versions"


def current_versions() -> str:
    """What an index made by this code is marked with."""
    return f"schema {schema.SCHEMA_VERSION}, analysis {analysis.ANALYSIS_VERSION}, whoosh {whoosh.versionstring()}"


class IndexFiles:
    """The files of one index below `directory`, which is made when first needed."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._pointer = directory / "current"
        self._journal = directory / "journal"

    # --- Reading ---

    def folder(self) -> Path:
        """The folder in use. Raises FileNotFoundError where there is none yet."""
        return self.directory / self._pointer.read_text()

    def generation(self) -> str:
        """A text that changes with every write. Costs the reading of one small file and of one folder."""
        folder = self.folder()
        return f"{folder.name}.{TOC._latest_generation(MappedStorage(str(folder)), INDEX_NAME)}"

    def open(self, earlier: Snapshot | None) -> Snapshot:
        """The latest generation. Raises EngineError where what is on disk cannot be read."""
        for attempt in range(OPEN_ATTEMPTS):
            try:
                with _told_when_unreadable():
                    return self._open(earlier)
            except (FileNotFoundError, EmptyIndexError):
                time.sleep(OPEN_RETRY_SECONDS * (attempt > 0))
        raise EngineError(f"The search index in {self.directory} is incomplete. Run `manage.py rebuild_index`.")

    def _open(self, earlier: Snapshot | None) -> Snapshot:
        folder = self.folder()
        storage = MappedStorage(str(folder))
        contents = TOC.read(storage, INDEX_NAME, schema=SCHEMA)
        return Snapshot(storage, contents, f"{folder.name}.{contents.generation}", earlier)

    def versions(self) -> str:
        return (self.folder() / VERSIONS).read_text()

    def size_bytes(self) -> int:
        return sum(path.stat().st_size for path in self.folder().rglob("*") if path.is_file())

    # --- Writing ---

    def create(self) -> None:
        """An empty index, where there is none."""
        if self._pointer.exists():
            return
        with self._locked("write"):
            if not self._pointer.exists():
                self._point_to(self._new_folder())

    def write(self, deleted: Sequence[int], added: Sequence[IndexRecord]) -> None:
        """Take documents out and add records, all or none; what is removed is removed before what is added."""
        with self._locked("write"):
            _write(self.folder(), deleted, added)
            if self._is_rebuilding():
                with self._journal.open("ab") as journal:
                    pickle.dump((tuple(deleted), tuple(added)), journal)

    def rebuild(self, records: Iterable[IndexRecord], expected: int | None) -> int:
        """Build a new index from the records and put it in the place of the old one.

        What is written meanwhile goes to the old index and, from the journal, to the new one before the swap.
        Returns how many records it holds. Raises EngineBusy where another rebuild is running.
        """
        self.create()
        with self._locked("rebuild"):
            with self._locked("write"):
                self._journal.unlink(missing_ok=True)
                self._remove_folders()
            folder = self._new_folder()
            try:
                count = self._fill(folder, records, expected)
                self._swap(folder)
            finally:
                self._remove_folders()
            return count

    def _fill(self, folder: Path, records: Iterable[IndexRecord], expected: int | None) -> int:
        seen: set[int] = set()
        with _writer(folder) as writer:
            for record in records:
                if record.document_id in seen:
                    raise EngineError(f"Document {record.document_id} was given twice. The old index stays in use.")
                seen.add(record.document_id)
                writer.add_record(record)
        held = sum(segment.doc_count() for segment in _index(folder)._segments())
        wanted = len(seen) if expected is None else expected
        if held != wanted:
            raise EngineError(f"The new index holds {held} documents, not {wanted}. The old index stays in use.")
        return held

    def _swap(self, folder: Path) -> None:
        with self._locked("write", SWAP_TIMEOUT_SECONDS):
            self._replay(folder)
            self._point_to(folder)

    def _replay(self, folder: Path) -> None:
        if not self._journal.exists():
            return
        with self._journal.open("rb") as journal:
            for deleted, added in _pickles(journal):
                _write(folder, deleted, added)
        self._journal.unlink()

    def _new_folder(self) -> Path:
        folder = self.directory / f"index-{secrets.token_hex(4)}"
        folder.mkdir()
        FileIndex.create(MappedStorage(str(folder)), SCHEMA, INDEX_NAME)
        (folder / VERSIONS).write_text(current_versions())
        return folder

    def _point_to(self, folder: Path) -> None:
        """In one step, so that a reader finds the old folder or the new one."""
        draft = self._pointer.with_suffix(".new")
        with draft.open("w") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._pointer)

    def _remove_folders(self) -> None:
        """Folders not in use. Readers keep the files that they have open; others open the new folder instead."""
        current = self._pointer.read_text() if self._pointer.exists() else ""
        for folder in self.directory.glob("index-*"):
            if folder.name != current:
                shutil.rmtree(folder, ignore_errors=True)  # what is left goes with the next rebuild

    # --- Locks ---

    @contextmanager
    def _locked(self, name: str, timeout_seconds: float | None = None) -> Iterator[None]:
        """Raises EngineBusy where another process or thread holds the lock for longer than we wait."""
        timeout = LOCK_TIMEOUT_SECONDS if timeout_seconds is None else timeout_seconds
        try:
            with locks.held(self.directory / f"{name}.lock", timeout):
                yield
        except locks.LockHeld as error:
            raise EngineBusy(f"Another process holds the {name} lock of the search index. Try again later.") from error

    def _is_rebuilding(self) -> bool:
        return locks.is_held(self.directory / "rebuild.lock")


def _pickles(file: BinaryIO) -> Iterator[tuple[tuple[int, ...], tuple[IndexRecord, ...]]]:
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def _write(folder: Path, deleted: Sequence[int], added: Sequence[IndexRecord]) -> None:
    is_large = len(deleted) + len(added) >= LARGE_BATCH
    with _writer(folder, MERGE_SMALL if is_large else _merge_little) as writer:
        with _told_when_unreadable():
            writer.delete_records(deleted)
        for record in added:
            writer.add_record(record)


def _merge_little(writer: RecordWriter, segments: list[Segment]) -> list[Segment]:
    """What a small write merges: Whoosh's own policy now and then merges most of the index, half a minute in a save."""
    by_size = sorted(segments, key=lambda segment: segment.doc_count_all())
    sizes = accumulate(segment.doc_count_all() for segment in by_size)
    small = by_size[: sum(total <= MERGED_DOCUMENTS for total in sizes)]
    if len(small) < MERGED_SEGMENTS:
        return segments
    for segment in small:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return by_size[len(small) :]


@contextmanager
def _writer(folder: Path, merge: Callable[..., list[Segment]] = MERGE_SMALL) -> Iterator[RecordWriter]:
    """Commits at the end; on any error, even one that ends the process, cancels, and nothing has changed."""
    with _told_when_unreadable():
        writer = RecordWriter(_index(folder))
    try:
        yield writer
        writer.commit(mergetype=merge)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


@contextmanager
def _told_when_unreadable() -> Iterator[None]:
    try:
        yield
    except EmptyIndexError:  # its files are gone: a writer was faster, or a rebuild
        raise
    except UNREADABLE as error:
        raise EngineError("The search index cannot be read. Run `manage.py rebuild_index`.") from error


def _index(folder: Path) -> FileIndex:
    return FileIndex(MappedStorage(str(folder)), SCHEMA, INDEX_NAME)
