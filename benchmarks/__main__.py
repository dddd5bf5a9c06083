"""`python -m benchmarks` from the checkout: times pages of two archives and prints one table in Markdown."""

from __future__ import annotations

import http.client
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

from benchmarks.archives import Archive, large, package_below, small
from benchmarks.server import PageError, get, serving

ROUNDS = 40  # requests of each page, taken in turns, so that a busy moment falls on all
WARM_UP = 3
HELLO = "hello"
SEARCHES = (
    "terrorism",
    "counter-terrorism committee",
    '"border security"',
    "terror* AND financing",
    "peace and security council reform",
    "date:2001..2005 terrorism",
)
A_DOCUMENT_THAT_SAYS = "counter-terrorism committee"


@dataclass(frozen=True, slots=True)
class Row:
    """A page's times in milliseconds over ROUNDS requests, and its size as sent, uncompressed."""

    page: str
    size_bytes: int
    times: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[math.ceil(0.95 * len(self.times)) - 1]


def addresses(connection: http.client.HTTPConnection) -> dict[str, str]:
    """The pages that are measured, by what the table calls them."""
    found = json.loads(get(connection, f"/search.json?q={quote(A_DOCUMENT_THAT_SAYS)}").body)
    searches = {f"search `{words}`": f"/search/?q={quote(words)}" for words in SEARCHES}
    return {
        HELLO: "/benchmark/hello/",
        "home": "/",
        "list": "/documents/",
        "document": f"/documents/{found['results'][0]['slug']}/",
        **searches,
    }


def measure(archive: Archive) -> tuple[Row, ...]:
    """Raises PageError where a page does not answer."""
    with serving(archive.environment) as connection:
        pages = addresses(connection)
        for address in [*pages.values()] * WARM_UP:
            get(connection, address)
        times: dict[str, list[float]] = {page: [] for page in pages}
        for _ in range(ROUNDS):
            for page, address in pages.items():
                times[page].append(get(connection, address).milliseconds)
        sizes = {page: len(get(connection, address).body) for page, address in pages.items()}
    return tuple(Row(page, sizes[page], tuple(times[page])) for page in pages)


def table_rows(documents: int, rows: tuple[Row, ...]) -> Iterator[str]:
    hello = next(row.median for row in rows if row.page == HELLO)
    for row in rows:
        times = f"{row.median:.1f} | {row.p95:.1f} | {row.median / hello:.1f}"
        yield f"| {documents:,} | {row.page} | {row.size_bytes / 1000:.1f} | {times} |"


def facts(archive: Archive) -> Iterator[str]:
    """Sizes, and what the import took where this run did it."""
    sizes = f"database {archive.database_bytes / 1e6:.1f} MB, index {archive.index_bytes / 1e6:.1f} MB"
    yield f"{archive.documents:,} documents: {sizes}."
    if archive.making:
        making = archive.making
        yield f"Imported in {making.seconds:.0f} s, {making.megabytes:.0f} MB of memory at most: {making.last_line}."


def archives() -> Iterator[Archive]:
    """Those that can be made here, one after the other."""
    folder = Path(os.environ.get("VAR_DIR", "var")).resolve() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    yield small(folder / "small")
    corpora = os.environ.get("CORPORA")
    package = package_below(Path(corpora) if corpora else None, folder)
    if package:
        yield large(folder / "large", package)
    else:
        sys.stderr.write("The UN General Debate is left out: CORPORA names no folder that holds ungdc.\n")


def main() -> int:
    lines = [
        "| documents | page | KB | median ms | p95 ms | × hello |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    notes = [f"Medians of {ROUNDS} requests a page, in turns, over one kept connection, caches warm."]
    try:
        for archive in archives():
            lines += table_rows(archive.documents, measure(archive))
            notes += facts(archive)
    except (PageError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"The benchmark stopped: {error}\n")
        return 1
    sys.stdout.write("\n".join([*lines, "", *notes, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
