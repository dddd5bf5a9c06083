"""Packages into the archive. A record is known by its collection and file; importing again changes what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from documents.importing.manifest import PackageRecord, read_manifest
from documents.importing.package import Package, open_package
from documents.importing.report import Failure, ImportReport, Problem
from documents.importing.validation import RecordError, make_document, read_sources
from documents.importing.writing import (
    Candidate,
    Shared,
    awaits_targets,
    find_collection,
    has_moved_on,
    is_edited,
    relate,
    seal,
    store,
)
from documents.models import Document, State
from documents.search import sync

Progress = Callable[[Sequence[PackageRecord]], Iterable[PackageRecord]]

# One transaction. It holds SQLite's write lock, and an admin who saves meanwhile waits for it: about two seconds.
BATCH_DOCUMENTS = 100
BATCH_CHARACTERS = 4_000_000

EDITED = "This was edited in the archive since its last import, so it was left alone. Make the change in admin."
EDITED_MEANWHILE = (
    "This was edited in the archive during its import, so some of its relations are not set. Set them in admin."
)


def untold(records: Sequence[PackageRecord]) -> Iterable[PackageRecord]:
    """The progress that nobody watches."""
    return records


def import_package(
    path: Path,
    *,
    is_dry_run: bool = False,
    as_draft: bool = False,
    progress: Progress = untold,
    indexing: sync.Progress | None = None,
) -> ImportReport:
    """Import a folder or a zip (DESIGN, section 8). Records are committed in batches; one that fails leaves no trace.

    is_dry_run: check everything and write nothing. as_draft: new documents are not published; published ones stay so.
    progress: is given the records and hands them on, as tqdm does. indexing: told how far the index is.
    Raises PackageError where the package as a whole cannot be read; then nothing was imported.
    """
    with open_package(path) as package:
        manifest = read_manifest(package)
        run = _Run(package, manifest.records, is_dry_run=is_dry_run, state=State.DRAFT if as_draft else State.PUBLISHED)
        run.failures.extend(manifest.failures)
        with sync.held_back(indexing):
            for record in progress(manifest.records):
                run.take(record)
            run.write()
            run.relate()
    return run.report()


class _Run:
    """One import: what was found so far, and the batch that is not yet written."""

    def __init__(self, package: Package, records: Sequence[PackageRecord], *, is_dry_run: bool, state: State) -> None:
        self.package, self.is_dry_run, self.state = package, is_dry_run, state
        self.created: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.conflicts: list[Problem] = []
        self.failures: list[Failure] = []
        self._keys = {record.path: (record.collection, record.file) for record in records}
        self._held: dict[str, dict[str, int]] = {}  # by collection: the primary key of each file
        self._batch: list[Candidate] = []
        self._shared = Shared()
        self._to_relate: list[tuple[PackageRecord, str]] = []  # with its package digest

    def report(self) -> ImportReport:
        return ImportReport(
            tuple(self.created),
            tuple(self.updated),
            len(self.unchanged),
            tuple(self.conflicts),
            tuple(self.failures),
        )

    def take(self, record: PackageRecord) -> None:
        """Look at one record; what is to be written waits for the end of its batch."""
        try:
            self._look(record)
        except RecordError as error:
            self.failures.append(Failure(record.file, error.problems))
        if len(self._batch) >= BATCH_DOCUMENTS or sum(len(one.document.text) for one in self._batch) > BATCH_CHARACTERS:
            self.write()

    def _look(self, record: PackageRecord) -> None:
        sources = read_sources(self.package, record)
        digest = sources.digest(record)
        key = self._files(record.collection).get(record.file)
        document = _document(key) if key else Document(state=self.state)
        if key and is_edited(document):
            self.conflicts.append(Problem(record.file, EDITED))
        elif key and document.package_digest == digest and not self._is_to_be_published(document):
            self.unchanged.append(record.file)
            self._note_relations(record, digest)
        else:
            make_document(document, record, sources)
            self._batch.append(Candidate(document, record, sources, digest, self._reason))

    @property
    def _reason(self) -> str:
        return f"Imported from {self.package.name}"[:500]

    def _is_to_be_published(self, document: Document) -> bool:
        return document.state == State.DRAFT and self.state == State.PUBLISHED

    def _files(self, collection: str) -> dict[str, int]:
        if collection not in self._held:
            documents = Document.objects.filter(collection=find_collection(collection)).exclude(source_file="")
            self._held[collection] = dict(documents.order_by().values_list("source_file", "pk"))
        return self._held[collection]

    def _note_relations(self, record: PackageRecord, digest: str) -> None:
        if record.relations:
            self._to_relate.append((record, digest))

    # --- Writing ---

    def write(self) -> None:
        """Write the batch in one transaction, each document in a savepoint of its own."""
        batch, self._batch = self._batch, []
        self._shared = Shared()
        if self.is_dry_run:
            for candidate in batch:
                self._count(candidate)
        elif batch:
            with transaction.atomic():
                self._write(batch)

    def _write(self, batch: list[Candidate]) -> None:
        written = [candidate for candidate in batch if self._is_written(candidate)]
        for candidate in written:
            self._count(candidate)
        for candidate in written:  # their targets may be among those after them
            self._finish(candidate)

    def _count(self, candidate: Candidate) -> None:
        record, files = candidate.record, self._files(candidate.record.collection)
        outcome = self.updated if record.file in files else self.created
        outcome.append(record.file)
        if candidate.document.pk:
            files[record.file] = candidate.document.pk

    def _finish(self, candidate: Candidate) -> None:
        """What is public has a revision at once; relations to documents of a later batch make another one."""
        document, record = candidate.document, candidate.record
        relate(document, record, self._find_target)
        if awaits_targets(record, self._find_target):
            seal(document, "", candidate.reason)
            self._note_relations(record, candidate.package_digest)
        else:
            seal(document, candidate.package_digest, candidate.reason)

    def _is_written(self, candidate: Candidate) -> bool:
        file = candidate.record.file
        if candidate.document.pk and has_moved_on(candidate.document):
            self.conflicts.append(Problem(file, EDITED))
            return False
        try:
            with transaction.atomic():
                store(candidate, self.state, self._shared)
        except ValidationError as error:
            problems = tuple(Problem(file, sentence) for sentence in error.messages)
        except IntegrityError as error:
            problems = (Problem(file, f"The database refused it ({error}). Import the package once more."),)
        else:
            return True
        self._shared = Shared()  # what it had made for this document is gone
        self.failures.append(Failure(file, problems))
        return False

    # --- Relations, once every target is there ---

    def relate(self) -> None:
        """Set the relations of all records; one that thereby changes counts as updated."""
        if self.is_dry_run:
            return
        for start in range(0, len(self._to_relate), BATCH_DOCUMENTS):
            with transaction.atomic():
                for record, digest in self._to_relate[start : start + BATCH_DOCUMENTS]:
                    self._relate(record, digest)

    def _relate(self, record: PackageRecord, digest: str) -> None:
        document = _document(self._files(record.collection)[record.file])
        if is_edited(document):
            self.conflicts.append(Problem(record.file, EDITED_MEANWHILE))
            self._has_changed(record)
            return
        has_changed = relate(document, record, self._find_target)
        if has_changed or document.package_digest != digest:
            seal(document, digest, self._reason)
        if has_changed and self._has_changed(record):
            self.updated.append(record.file)

    def _has_changed(self, record: PackageRecord) -> bool:
        """Count it no longer as unchanged; whether it was counted so."""
        if record.file not in self.unchanged:
            return False
        self.unchanged.remove(record.file)
        return True

    def _find_target(self, record: PackageRecord, name: str) -> int | None:
        collection, file = self._keys.get(name, (record.collection, name))
        absent = 0 if name in self.package else None
        return self._files(collection).get(file, absent)


def _document(key: int) -> Document:
    return Document.objects.select_related("collection", "issuing_body").get(pk=key)
