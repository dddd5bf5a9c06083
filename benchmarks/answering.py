"""A process that answers searches of its archive: a line with a query in, a line with milliseconds and total out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from benchmarks.work import forget, ours


def main() -> Iterator[str]:
    """Caches are emptied before each query; that is not timed."""
    for line in sys.stdin:
        forget()
        start = time.perf_counter()
        total = ours(line.rstrip("\n"))
        yield f"{(time.perf_counter() - start) * 1000} {total}"
