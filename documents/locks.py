"""Locks of the kernel on files: they keep processes and threads apart, and end with their holder however it dies."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

RETRY_SECONDS = 0.02


class LockHeld(Exception):
    """Another process or thread has held the lock for longer than we wait; the same may succeed later."""


@contextmanager
def held(path: Path, timeout_seconds: float) -> Iterator[None]:
    """Hold the lock of this file, which is made where it is missing. Raises LockHeld."""
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + timeout_seconds
    with path.open("a") as file:
        while not try_lock(file):
            if time.monotonic() > deadline:
                raise LockHeld(f"Another process has held {path} for {timeout_seconds} seconds. Try again later.")
            time.sleep(RETRY_SECONDS)
        yield


def is_held(path: Path) -> bool:
    """Whether anybody holds the lock of this file now."""
    try:
        with path.open() as file:
            return not try_lock(file, shared=True)
    except FileNotFoundError:
        return False


def try_lock(file: IO[Any], *, shared: bool = False) -> bool:
    """Take the lock if that can be done at once; closing the file lets go of it. Shared ones bear one another."""
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
