"""`manage.py worker`; what it does is tested in test_jobs."""

import signal

import pytest
from django.core.management import call_command
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db


@task()
def end_the_worker():
    signal.raise_signal(signal.SIGINT)


@pytest.fixture
def signals():
    """Pytest's own handlers are put back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_it_works_until_it_is_interrupted(signals):
    end_the_worker.enqueue()
    call_command("worker")
    job = DBTaskResult.objects.get()
    assert (job.status, job.started_at) == (TaskResultStatus.READY, None)
