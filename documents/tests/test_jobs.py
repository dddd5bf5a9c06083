"""The worker: jobs are run once, taken over from workers that died, and handed back when it is told to end."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as archive_settings
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents import jobs
from documents.models import PendingIndexing
from documents.search.factory import get_engine
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db

HOLD_A_LOCK = "import fcntl, sys; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX); print(); input()"
WAIT_SECONDS = 60  # for another process on a busy machine
POLL_SECONDS = 0.05


@pytest.fixture
def other_worker(settings):
    """A process that holds the lock of worker `other`, as a worker does."""
    lock = Path(settings.VAR_DIR) / "workers" / "other"
    lock.parent.mkdir(parents=True)
    command = [sys.executable, "-c", HOLD_A_LOCK, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield process
        process.kill()


def running_job(worker_ids=("other",)):
    jobs.rebuild_index.enqueue()
    job = DBTaskResult.objects.get()
    for worker_id in worker_ids:
        job.claim(worker_id)
    return job


def state():
    return DBTaskResult.objects.get().status


def test_a_job_is_run_and_keeps_its_result():
    make_document()
    job = running_job()
    jobs.run_job(job)
    job.refresh_from_db()
    assert (job.status, job.return_value) == (TaskResultStatus.SUCCESSFUL, 1)


def test_a_job_that_fails_says_why(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "a-file"
    settings.INDEX_DIR.write_text("")
    jobs.run_job(running_job())
    job = DBTaskResult.objects.get()
    assert job.status == TaskResultStatus.FAILED
    assert "a-file" in job.traceback


def test_a_job_is_enqueued_once():
    jobs.enqueue_once(jobs.rebuild_index)
    jobs.enqueue_once(jobs.rebuild_index)
    assert DBTaskResult.objects.count() == 1


def test_a_job_of_a_living_worker_is_left_to_it(other_worker):
    running_job()
    assert jobs.take_over() == 0
    assert state() == TaskResultStatus.RUNNING


def test_a_job_whose_worker_was_killed_is_taken_over(other_worker):
    running_job()
    other_worker.kill()
    other_worker.wait()
    assert jobs.take_over() == 1
    assert state() == TaskResultStatus.READY


def test_a_job_whose_worker_left_no_trace_is_taken_over():
    running_job()
    assert jobs.take_over() == 1


def test_a_job_of_which_three_workers_died_is_given_up():
    running_job(("first", "second", "third"))
    assert jobs.take_over() == 0
    assert state() == TaskResultStatus.FAILED


def test_a_job_taken_over_by_another_worker_is_not_taken_from_it():
    job = running_job()
    DBTaskResult.objects.update(started_at=timezone.now())
    assert jobs._hand_back(job, []) == 0


# --- A real worker ----------------------------------------------------------------------------------------------------


class Archive:
    """An archive of its own on disk, with a document that the index lacks and a job whose worker died."""

    def __init__(self, folder):
        self.folder = folder
        own = {"VAR_DIR": str(folder), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "ctarchive.settings"}
        self.environment = os.environ | own

    def start(self, *arguments):
        return subprocess.Popen([sys.executable, *arguments], cwd=archive_settings.BASE_DIR, env=self.environment)

    def prepare(self):
        with self.start("-c", BEGIN) as process:
            assert process.wait(WAIT_SECONDS) == 0


BEGIN = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from documents.models import PendingIndexing
from documents.search import sync
from documents.search.factory import get_engine
from documents.tests.factories import make_document
with sync.held_back():
    make_document(title="Samarkand")
    rows = list(PendingIndexing.objects.all())
PendingIndexing.objects.bulk_create(rows)
get_engine().delete([rows[0].document_id])
from documents.jobs import rebuild_index
from django_tasks_db.models import DBTaskResult
rebuild_index.enqueue()
DBTaskResult.objects.get().claim("a worker that died")
"""


def is_settled(database):
    """Looked at from outside, as the test's own connection is to another database."""
    with closing(sqlite3.connect(database)) as connection:
        (status,) = connection.execute(f"SELECT status FROM {DBTaskResult._meta.db_table}").fetchone()
        (waiting,) = connection.execute(f"SELECT count(*) FROM {PendingIndexing._meta.db_table}").fetchone()
    return status == TaskResultStatus.SUCCESSFUL and not waiting


def test_a_worker_finishes_what_others_left_and_ends_when_told(tmp_path, settings):
    archive = Archive(tmp_path / "archive")
    archive.prepare()
    with archive.start("manage.py", "worker") as worker:
        try:
            while worker.poll() is None and not is_settled(archive.folder / "archive.sqlite3"):
                time.sleep(POLL_SECONDS)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(WAIT_SECONDS) == 0
        finally:
            worker.kill()
    assert list((archive.folder / "workers").iterdir()) == []
    settings.INDEX_DIR = archive.folder / "index"
    assert get_engine().status().documents == 1


@task()
def told_to_end():
    signal.raise_signal(signal.SIGTERM)


def test_a_worker_told_to_end_hands_its_job_back():
    make_document()
    told_to_end.enqueue()
    worker = jobs.Worker()
    before = signal.signal(signal.SIGTERM, worker._end)
    try:
        with pytest.raises(SystemExit):
            worker._work()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert state() == TaskResultStatus.READY
    assert DBTaskResult.objects.get().worker_ids == [], "an end that was asked for is no death"
    assert not PendingIndexing.objects.exists(), "it had told the index before"
