"""Locks on files: one holder at a time, and none after the holder ends."""

import subprocess
import sys

import pytest
from django.conf import settings

from documents import locks

HOLD_AND_WAIT = (
    "import fcntl, sys; file = open(sys.argv[1], 'a'); fcntl.flock(file, fcntl.LOCK_EX); print(flush=True); input()"
)


def test_a_lock_has_one_holder_at_a_time(tmp_path):
    path = tmp_path / "folder" / "write.lock"
    with locks.held(path, timeout_seconds=0):
        assert locks.is_held(path)
        with pytest.raises(locks.LockHeld, match="Another process"), locks.held(path, timeout_seconds=0):
            pass
    assert not locks.is_held(path)
    with locks.held(path, timeout_seconds=0):
        pass


def test_a_file_that_is_not_there_is_held_by_nobody_and_not_made_by_asking(tmp_path):
    path = tmp_path / "write.lock"
    assert not locks.is_held(path)
    assert not path.exists()


def test_those_who_ask_do_not_take_one_another_for_holders(tmp_path):
    path = tmp_path / "write.lock"
    path.touch()
    with path.open() as asking:
        assert locks.try_lock(asking, shared=True)
        assert not locks.is_held(path)


def test_the_lock_of_a_process_ends_with_it_however_it_dies(tmp_path):
    path = tmp_path / "write.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_WAIT, str(path)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        holder.stdout.readline()
        assert locks.is_held(path)
        holder.kill()
    assert not locks.is_held(path)
