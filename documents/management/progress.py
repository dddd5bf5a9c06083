"""Progress bars of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def progress_bar(label: str, unit: str = "document") -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where that is a terminal; what it gives is told how many are done, of how many."""
    with tqdm(desc=label, unit=f" {unit}s", disable=None, leave=False) as bar:

        def advance(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield advance
