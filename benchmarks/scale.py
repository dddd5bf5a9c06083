"""The work of our results page at nine times the documents: two processes, one an archive, asked in turns."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import geometric_mean, median
from typing import IO

from benchmarks.archives import Archive
from benchmarks.questions import QUERIES
from benchmarks.server import PageError
from benchmarks.tables import Bar, bars_table, ratios, table

TIMES = 9
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Answering:
    """A running `benchmarks.answering`, by its pipes."""

    asked: IO[str]
    answered: IO[str]

    def ask(self, query: str) -> tuple[float, int]:
        """Milliseconds and total."""
        self.asked.write(f"{query}\n")
        self.asked.flush()
        while not (line := self.answered.readline()).strip():
            if not line:
                raise PageError("The process that answers searches ended; its messages stand above.")
        milliseconds, total = line.split()
        return float(milliseconds), int(total)


@contextmanager
def answering(archive: Archive) -> Iterator[Answering]:
    command = [sys.executable, "-m", "benchmarks.inside", "answering"]
    with subprocess.Popen(
        command, env=archive.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # as asked for
        yield Answering(process.stdin, process.stdout)


def tell(archive: Archive, larger: Archive) -> Iterator[str]:
    """Medians of ROUNDS, after a round that is not counted, with caches emptied before each query."""
    times: dict[tuple[str, int], list[float]] = {}
    totals: dict[tuple[str, int], int] = {}
    with ExitStack() as stack:
        processes = [stack.enter_context(answering(one)) for one in (archive, larger)]
        for _ in range(ROUNDS + 1):
            for query in QUERIES:
                for place, process in enumerate(processes):
                    milliseconds, totals[query, place] = process.ask(query)
                    times.setdefault((query, place), []).append(milliseconds)
    small, large = ([median(times[query, place][1:]) for query in QUERIES] for place in (0, 1))
    sizes = (f"{archive.documents:,}", f"{larger.documents:,}")
    rows = [
        (f"`{query}`", totals[query, 0], totals[query, 1], small[place], large[place])
        for place, query in enumerate(QUERIES)
    ]
    mean, _ = ratios(large, small)
    yield "The work of our results page, caches empty: milliseconds."
    yield table(
        ("query", *(f"found in {size}" for size in sizes), *(f"ms in {size}" for size in sizes)),
        [*rows, ("geometric mean", "", "", geometric_mean(small), geometric_mean(large))],
    )
    yield bars_table([Bar(f"{TIMES} times the documents, geometric mean of ratios", mean, 3)])
