"""The one way by which anything is written to the search index.

A change writes a row of PendingIndexing in its own transaction, so that nothing is lost whatever dies. After commit the
same process tries at once to tell the index; what fails, or is too much for a request, is left to the worker.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from documents import locks
from documents.models import Document, Generation, PendingIndexing
from documents.search.engines.base import EngineBusy, EngineError
from documents.search.factory import get_engine, unopened_engine
from documents.search.records import are_missing, published_ids, read_records
from documents.search.types import IndexRecord

logger = logging.getLogger(__name__)

BATCH = 500  # documents in one write to the index
AT_ONCE = 40  # documents that a request writes itself, in about half a second; the worker writes the rest
LOCK_WAIT_SECONDS = 2.0  # how long a save waits for another writer
FIRST_RETRY_SECONDS = 0.5  # doubled with each attempt
MOST_DOUBLINGS = 7  # a minute: a disk that was full is tried again soon after it was emptied

Progress = Callable[[int, int], None]  # how many are done, and of how many


@dataclass(frozen=True, slots=True)
class Drift:
    """Ids of documents that the index lacks, holds in another state, or holds though they are not public."""

    missing: tuple[int, ...]
    stale: tuple[int, ...]
    superfluous: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.superfluous)


class _Thread(threading.local):
    """What this thread changed and has told nobody of yet. After a rollback it names too much, which does no harm."""

    def __init__(self) -> None:
        self.held = 0  # how many held_back() are open
        self.is_due = False
        self.changed: set[int] = set()


_thread = _Thread()


# --- Changes ----------------------------------------------------------------------------------------------------------


def mark(document_ids: Iterable[int]) -> None:
    """Note that these documents changed. Call it in the transaction of the change."""
    ids = sorted(set(document_ids))
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            # A new row with a new key: whoever is writing the earlier state now will not delete it.
            PendingIndexing.objects.filter(document_id__in=part).delete()
            PendingIndexing.objects.bulk_create(PendingIndexing(document_id=pk) for pk in part)
        _thread.changed.update(ids)
        public_changed()


def public_changed() -> None:
    """Note that something which pages show changed, though nothing that is searched."""
    _thread.is_due = True
    transaction.on_commit(_after_commit, robust=True)


@contextmanager
def held_back(progress: Progress | None = None) -> Iterator[None]:
    """Write nothing to the index until the end, and then everything in large batches: for imports.

    progress: told after each batch how many documents of how many the index has been told of.
    """
    _thread.held += 1
    try:
        yield
    finally:
        _thread.held -= 1
    if not _thread.held and _thread.is_due:
        _taken()
        flush(progress)
        Generation.advance()


def _after_commit() -> None:
    if _thread.is_due and not _thread.held:
        changed = sorted(_taken())[:AT_ONCE]
        rows = PendingIndexing.objects.filter(document_id__in=changed)
        _flush_batch(rows)
        Generation.advance()


def _taken() -> set[int]:
    changed, _thread.changed, _thread.is_due = _thread.changed, set(), False
    return changed


# --- Telling the index ------------------------------------------------------------------------------------------------


def flush(progress: Progress | None = None) -> int:
    """Tell the index of all that is pending and due; returns of how many documents it was told.

    What cannot be written stays pending, with the error, and is due again later.
    """
    total = PendingIndexing.objects.count()
    done = 0
    while told := _flush_batch(PendingIndexing.objects.order_by("attempts", "id")[:BATCH]):
        done += told
        if progress:
            progress(done, max(total, done))
    if done:
        Generation.advance()
    return done


def _flush_batch(rows: QuerySet[PendingIndexing]) -> int:
    """One writer at a time reads rows and writes the index, so that an older state never follows a newer one."""
    if not rows.exists():
        return 0
    try:
        with _writing():
            return _tell(_due(rows))
    except EngineBusy as busy:
        logger.info("The index is told later: %s", busy)
        return 0


def _due(rows: Iterable[PendingIndexing]) -> list[PendingIndexing]:
    now = timezone.now()
    return [row for row in rows if not row.attempts or row.since + _delay(row.attempts) <= now]


def _delay(attempts: int) -> timedelta:
    return timedelta(seconds=FIRST_RETRY_SECONDS * 2 ** min(attempts, MOST_DOUBLINGS))


def _tell(rows: Sequence[PendingIndexing]) -> int:
    """Write these documents; where that fails because of some, those alone stay pending."""
    if not rows:
        return 0
    pending = PendingIndexing.objects.filter(pk__in=[row.pk for row in rows])
    try:
        _write([row.document_id for row in rows])
    except EngineBusy:
        raise
    except Exception as error:  # whatever it was: the change that caused this stands, and its row must stay
        if len(rows) > 1 and not isinstance(error, EngineError):
            middle = len(rows) // 2
            return _tell(rows[:middle]) + _tell(rows[middle:])
        logger.exception("The index could not be told of documents %s", [row.document_id for row in rows])
        pending.update(attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}")
        return 0
    pending.delete()
    return len(rows)


def _write(ids: Sequence[int]) -> None:
    engine = get_engine()
    public = list(Document.objects.published().filter(pk__in=ids).values_list("pk", flat=True))
    if public:
        engine.upsert(read_records(public))
    if hidden := set(ids) - set(public):
        engine.delete(hidden)


@contextmanager
def _writing() -> Iterator[None]:
    """Hold the one lock of writers. Raises EngineBusy where another holds it for longer than a save waits."""
    try:
        with locks.held(Path(settings.INDEX_DIR).with_suffix(".lock"), LOCK_WAIT_SECONDS):
            yield
    except locks.LockHeld as error:
        raise EngineBusy(str(error)) from error


# --- The whole index --------------------------------------------------------------------------------------------------


def is_missing() -> bool:
    """Whether the index is damaged, or empty though there are documents."""
    try:
        return are_missing(get_engine())
    except (EngineError, OSError):
        return True


def needs_rebuild() -> bool:
    """Whether the index is missing, was made by other code or is in too many pieces; it still answers meanwhile."""
    if is_missing():
        return True
    status = get_engine().status()
    return not status.is_current or status.is_fragmented


def rebuild(progress: Progress | None = None) -> int:
    """Build the index anew from the database, while the old one answers; returns how many documents it holds.

    What is withdrawn meanwhile is built in and taken out at the end, as it is pending. Raises EngineError, and keeps
    the old index, where the new one does not hold them all.
    """
    count = unopened_engine().replace_all(_all_records(progress))
    flush()
    Generation.advance()
    return count


def _all_records(progress: Progress | None) -> Iterator[IndexRecord]:
    """Every public document. Ids are read when the engine asks for the first: from then on it keeps what is written."""
    ids = published_ids()
    for done, record in enumerate(read_records(ids), start=1):
        yield record
        if progress:
            progress(done, len(ids))


def drift() -> Drift:
    """Compare every record that the index holds with the database."""
    held = get_engine().stamps()
    missing, stale, public = [], [], set()
    for record in read_records(published_ids()):
        public.add(record.document_id)
        if record.document_id not in held:
            missing.append(record.document_id)
        elif held[record.document_id] != record.stamp:
            stale.append(record.document_id)
    return Drift(tuple(missing), tuple(stale), tuple(sorted(held.keys() - public)))
