"""The work of a results page, ours and that of the peers, in one process and one run.

What is timed is from the query as typed to the page's figures: total, 20 hits with
passages, counts by year, tag (which holds the country) and collection; without template and HTTP.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import geometric_mean, median

from benchmarks.peers.base import Peer, question_of
from benchmarks.peers.holding import documents_of_archive, peers
from benchmarks.questions import QUERIES, fresh
from benchmarks.tables import Bar, bars_table, percentile, ratios, table
from documents.search import service
from documents.search.factory import get_engine
from documents.search.query import parse_query
from documents.search.results import Asked
from documents.views.listing import FACET_VALUES_SHOWN

ROUNDS = 7
FACETS = ("year", "tag", "collection")
FRESH = 400
SEED = 1373
COLD, WARM = "ours, cold", "ours, warm"
TUNED, USUAL, TANTIVY = "FTS5 tuned", "FTS5 usual", "tantivy"

Times = dict[str, list[float]]  # by engine, milliseconds query by query


@dataclass(frozen=True, slots=True)
class Contender:
    """before: what is done and not timed; answer: the work of a page for a query as typed; returns the total."""

    name: str
    before: Callable[[], None]
    answer: Callable[[str], int]


def forget() -> None:
    """Empty what earlier queries left. What is read once a generation stays: columns, lexicon, forms of names."""
    get_engine().forget()


def ours(query: str) -> int:
    """The page asks so: every value is counted, and the first few of each facet are made links."""
    return service.run(Asked(q=query), facets=FACETS, values=FACET_VALUES_SHOWN).total


def _nothing() -> None:
    return


def _theirs(peer: Peer) -> Contender:
    return Contender(peer.name, _nothing, lambda query: peer.page(question_of(parse_query(query).root)).total)


def _milliseconds(contender: Contender, query: str) -> float:
    contender.before()
    start = time.perf_counter()
    contender.answer(query)
    return (time.perf_counter() - start) * 1000


def named_queries(contenders: Sequence[Contender]) -> Times:
    """Medians of ROUNDS after one round that is not counted, engines in turns at each query."""
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS + 1):
        for query in QUERIES:
            for contender in contenders:
                times.setdefault((contender.name, query), []).append(_milliseconds(contender, query))
    return {contender.name: [median(times[contender.name, query][1:]) for query in QUERIES] for contender in contenders}


def fresh_queries(contenders: Sequence[Contender], queries: Sequence[str]) -> Times:
    """Each query once, engines in turns."""
    times: Times = {contender.name: [] for contender in contenders}
    for query in queries:
        for contender in contenders:
            times[contender.name].append(_milliseconds(contender, query))
    return times


def tell_named(contenders: Sequence[Contender], times: Times) -> str:
    """Times in milliseconds by query, how many documents each engine finds, and the ratios."""
    names = [contender.name for contender in contenders]
    found = {
        query: [contender.answer(query) for contender in contenders if contender.name != WARM] for query in QUERIES
    }
    rows = [
        (f"`{query}`", " / ".join(map(str, found[query])), *(times[name][place] for name in names))
        for place, query in enumerate(QUERIES)
    ]
    means = ("geometric mean", "", *(geometric_mean(times[name]) for name in names))
    worst = ("worst", "", *(max(times[name]) for name in names))
    finders = " / ".join(name.removesuffix(", cold") for name in names if name != WARM)
    return table(("query", f"found by {finders}", *names), [*rows, means, worst])


def bars_of_named(times: Times) -> list[Bar]:
    bars = []
    for peer, mean_limit, worst_limit in ((TUNED, 0.6, 1.8), (USUAL, 0.25, None), (TANTIVY, 0.8, 1.5)):
        mean, worst = ratios(times[COLD], times[peer])
        bars.append(Bar(f"page, caches empty, to {peer}: geometric mean", mean, mean_limit))
        if worst_limit:
            bars.append(Bar(f"page, caches empty, to {peer}: worst query", worst, worst_limit))
    return bars


def bars_of_fresh(times: Times) -> list[Bar]:
    p95 = {name: percentile(values, 0.95) for name, values in times.items()}
    return [
        Bar(f"fresh queries, p95 to {peer}", p95[WARM] / p95[peer], limit)
        for peer, limit in ((TUNED, 0.25), (TANTIVY, 0.8))
    ]


def tell_fresh(times: Times) -> str:
    rows = [
        (name.removesuffix(", warm"), *(percentile(values, share) for share in (0.5, 0.95, 0.99)), max(values))
        for name, values in times.items()
    ]
    return table((f"{FRESH} fresh queries, each once", "p50", "p95", "p99", "worst"), rows)


def main() -> Iterator[str]:
    documents = documents_of_archive()
    others = [_theirs(peer) for peer in peers(Path(os.environ["VAR_DIR"]) / "peers", documents)]
    queries = fresh(documents, FRESH, SEED)
    contenders = [Contender(COLD, forget, ours), warm := Contender(WARM, _nothing, ours), *others]
    named = named_queries(contenders)
    forget()
    asked_once = fresh_queries([warm, *(other for other in others if other.name != USUAL)], queries)
    held = f"Work of a results page, {len(documents):,} documents: milliseconds, medians of {ROUNDS} in turns."
    bars = bars_table([*bars_of_named(named), *bars_of_fresh(asked_once)])
    yield from (held, tell_named(contenders, named), tell_fresh(asked_once), bars)
