"""What outlives a request, and the worker that does it: changes left for the index, and jobs kept in the database.

Each worker holds a lock of the kernel's on a file of its own, which ends with the process however it dies; a running
job whose last worker holds none is taken over.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents import locks
from documents.models import Document
from documents.search import sync

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5  # between looks for something to do
TAKE_OVER_SECONDS = 5  # between looks for workers that died
CHECK_SECONDS = 60  # between looks at the state of the index
RENDERED_AT_ONCE = 20  # documents of one transaction, a fifth of a second in which nobody else can save
RENDERED = ("body_html", "contents", "title_paragraph", "opening", "rendered_digest", "awaits_rendering")
TELL_EVERY = 100  # documents of a rebuild, about a second
MAX_DEATHS = 3  # workers that may die of one job before it is given up


@task()
def rebuild_index() -> int:
    """Build the index anew, while the old one answers; the result is how many documents it holds."""
    return sync.rebuild(_tell_meanwhile)


@task()
def render_again() -> int:
    """Render the documents that wait for it, because a name that they mention changed; the result is how many."""
    done = 0
    while ids := list(_awaiting_rendering().values_list("pk", flat=True)[: sync.BATCH]):
        with sync.held_back():
            for start in range(0, len(ids), RENDERED_AT_ONCE):
                _render(ids[start : start + RENDERED_AT_ONCE])
        done += len(ids)
    return done


def _awaiting_rendering() -> QuerySet[Document]:
    return Document.objects.filter(awaits_rendering=True).order_by("pk")


def _render(ids: Sequence[int]) -> None:
    """No revision is made and nothing counts as edited: only what is derived from the text is written."""
    with transaction.atomic():
        for document in Document.objects.filter(pk__in=ids):
            document.save(update_fields=RENDERED)


def _tell_meanwhile(done: int, total: int) -> None:
    """What is pending must not wait for the end of a rebuild, which takes minutes."""
    if done % TELL_EVERY == 0:
        sync.flush()


def enqueue_once(job: Task) -> None:
    """Enqueue the job, unless it waits or runs already."""
    open_states = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    if not DBTaskResult.objects.filter(task_path=job.module_path, status__in=open_states).exists():
        job.enqueue()


class Worker:
    """Tells the index what is pending and runs jobs, one after another, until it is told to end."""

    def __init__(self) -> None:
        self.id = secrets.token_hex(8)
        self._is_ending = False
        self._next_take_over = 0.0
        self._next_check = 0.0

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, which end even a running job at once; another worker takes that up again."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        with _alive(self.id), contextlib.suppress(SystemExit):
            logger.info("Worker %s begins", self.id)
            while not self._is_ending:
                self._work_or_wait()
        logger.info("Worker %s ends", self.id)

    def _end(self, signum: int, frame: FrameType | None) -> None:
        self._is_ending = True
        sys.exit()

    def _work_or_wait(self) -> None:
        try:
            is_busy = self._work()
        except (OperationalError, OSError) as error:  # SQLite waited for its lock in vain, or the disk is full
            logger.warning("The worker could not go on, and tries again: %s", error)
            is_busy = False
        if not is_busy and not self._is_ending:
            time.sleep(PAUSE_SECONDS)

    def _work(self) -> bool:
        """Do what there is to do; False where there is nothing."""
        if time.monotonic() >= self._next_take_over:
            take_over()
            self._next_take_over = time.monotonic() + TAKE_OVER_SECONDS
        told = sync.flush()
        if time.monotonic() >= self._next_check:
            if sync.needs_rebuild():
                enqueue_once(rebuild_index)
            if _awaiting_rendering().exists():
                enqueue_once(render_again)
            self._next_check = time.monotonic() + CHECK_SECONDS
        job = _claim(self.id)
        if job:
            run_job(job)
        return bool(told or job)


def _claim(worker_id: str) -> DBTaskResult | None:
    ready = DBTaskResult.objects.ready()
    if not ready.exists():
        return None
    with transaction.atomic():  # which locks at once, so that no two workers claim one job
        job = ready.first()
        if job:
            job.claim(worker_id)
        return job


def run_job(job: DBTaskResult) -> None:
    """Run a claimed job and keep its result or error. Where the process is told to end, the job is handed back."""
    logger.info("Job %s begins: %s", job.id, job.task_path)
    try:
        result: Any = job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    except Exception as error:  # whatever a job fails of, the worker lives on and the job says it
        logger.exception("Job %s failed: %s", job.id, job.task_path)
        job.set_failed(error)
    except BaseException:
        _hand_back(job, job.worker_ids[:-1])  # this worker does not die of it
        raise
    else:
        job.set_successful(result)
        logger.info("Job %s is done: %s", job.id, result)


# --- Workers that died ------------------------------------------------------------------------------------------------


class WorkersDied(Exception):
    """Several workers died of one job."""


def take_over() -> int:
    """Make the running jobs of workers that died ready again; returns how many."""
    taken = 0
    for job in DBTaskResult.objects.running():
        if is_alive(job.worker_ids[-1]):
            continue
        logger.warning("The worker of job %s died: %s", job.id, job.task_path)
        if len(job.worker_ids) < MAX_DEATHS:
            taken += _hand_back(job, job.worker_ids)
        else:
            job.set_failed(WorkersDied(f"{len(job.worker_ids)} workers died of this job. It is not tried again."))
    return taken


def _hand_back(job: DBTaskResult, worker_ids: list[str]) -> int:
    """Only where no other worker took it over meanwhile, which claims it anew."""
    same = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
    return same.update(status=TaskResultStatus.READY, started_at=None, worker_ids=worker_ids)


def _lock_file(worker_id: str) -> Path:
    return Path(settings.VAR_DIR) / "workers" / worker_id


@contextmanager
def _alive(worker_id: str) -> Iterator[None]:
    path = _lock_file(worker_id)
    with locks.held(path, timeout_seconds=1):  # nobody else holds it but for a look
        yield
    path.unlink(missing_ok=True)


def is_alive(worker_id: str) -> bool:
    """Whether the worker holds its lock; the file of one that died is removed."""
    path = _lock_file(worker_id)
    if locks.is_held(path):
        return True
    path.unlink(missing_ok=True)
    return False
