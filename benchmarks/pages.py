"""Whole pages from the production server, against a view that answers "hello" behind the same server."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import geometric_mean, median
from urllib.parse import quote

from benchmarks.archives import Archive
from benchmarks.kinds import KINDS
from benchmarks.server import get, serving
from benchmarks.tables import Bar, bars_table, table

ROUNDS = 9  # addresses of each kind, each asked once and then again
HELLO_ADDRESS = "/benchmark/hello/"
HOME, LIST, DOCUMENT = "home", "list with all facets", "document"
SEARCHED = "counter-terrorism"  # so that the documents measured are of every age and length
WARM_UP = ("/search/?q=peoples", "/documents/?sort=title", "/", HELLO_ADDRESS)


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of page: medians in milliseconds of addresses never asked before, and of the same asked again."""

    page: str
    bytes: int  # uncompressed, the median
    cold: float
    warm: float


def addresses(connection: http.client.HTTPConnection) -> dict[str, list[str]]:
    """By kind of page, ROUNDS different addresses. A parameter that the archive does not know makes another address."""
    found = json.loads(get(connection, f"/search.json?q={SEARCHED}&sort=oldest").body)
    slugs = [result["slug"] for result in found["results"]]
    listed = (f"/documents/?benchmark={number}" for number in range(ROUNDS))
    searches = {f"search, {kind}": [f"/search/?q={quote(words)}" for words in held] for kind, held in KINDS.items()}
    return {
        HOME: [f"/?benchmark={number}" for number in range(ROUNDS)],
        LIST: list(listed),
        DOCUMENT: [f"/documents/{slugs[n % len(slugs)]}/?benchmark={n}" for n in range(ROUNDS)],
        **searches,
    }


def measure(archive: Archive) -> tuple[float, tuple[Row, ...]]:
    """The median of "hello" in milliseconds, and each kind's row. Raises PageError where a page does not answer."""
    with serving(archive.environment) as server:
        connection = server.connection
        pages = addresses(connection)
        for address in WARM_UP * 3:
            get(connection, address)
        hello: list[float] = []
        cold: dict[str, list[float]] = {page: [] for page in pages}
        warm: dict[str, list[float]] = {page: [] for page in pages}
        sizes: dict[str, list[int]] = {page: [] for page in pages}
        for number in range(ROUNDS):
            for page, held in pages.items():
                first = get(connection, held[number])
                cold[page].append(first.milliseconds)
                sizes[page].append(len(first.body))
                warm[page].append(get(connection, held[number]).milliseconds)
                hello.append(get(connection, HELLO_ADDRESS).milliseconds)
    rows = (Row(page, int(median(sizes[page])), median(cold[page]), median(warm[page])) for page in pages)
    return median(hello), tuple(rows)


def tell(archive: Archive) -> Iterator[str]:
    """The table of one archive, and its bars."""
    hello, rows = measure(archive)
    lines = [(row.page, row.bytes / 1000, row.cold, row.warm, row.cold / hello, row.warm / hello) for row in rows]
    yield (
        f"Whole pages over HTTP, {archive.documents:,} documents: milliseconds, medians of {ROUNDS} addresses, each "
        f'asked once (cold) and then again (warm), in turns over one kept connection; "hello" takes {hello:.2f}.'
    )
    yield table(("page", "KB", "cold", "warm", "cold × hello", "warm × hello"), lines)
    yield bars_table(bars_of(hello, rows))


def bars_of(hello: float, rows: Sequence[Row]) -> list[Bar]:
    """The bars of searches are held against the geometric mean of all kinds."""

    def times_hello(of: Callable[[Row], float], name: str) -> float:
        return geometric_mean(of(row) for row in rows if row.page.startswith(name)) / hello

    bars = []
    for name, cold, warm in (("search", 8, 2), (HOME, 2.5, 2.5), (DOCUMENT, 2.5, 2.5), (LIST, 4, 4)):
        bars.append(Bar(f"{name}, cold, × hello", times_hello(lambda row: row.cold, name), cold))
        bars.append(Bar(f"{name}, warm, × hello", times_hello(lambda row: row.warm, name), warm))
    return bars
