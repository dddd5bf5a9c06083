"""How soon a changed document is found. It changes the archive of VAR_DIR, so it is given a copy."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from statistics import median

from django.db import transaction

from benchmarks.tables import Bar, bars_table
from documents.models import Document
from documents.search import service
from documents.search.records import published_ids
from documents.search.results import Asked

CHANGES = 15
SEED = 1373
MOST_SECONDS = 30


def milliseconds_until_found(document_id: int, word: str) -> float:
    """From the commit of a change that brings this word to a search that finds it."""
    committed: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(time.perf_counter()))  # before what saving does after commit
        document = Document.objects.get(pk=document_id)
        document.text += f"\n\n{word}"
        document.save()
    while service.run(Asked(q=f"={word}")).total != 1 and time.perf_counter() - committed[0] < MOST_SECONDS:
        time.sleep(0.001)
    return (time.perf_counter() - committed[0]) * 1000


def main() -> Iterator[str]:
    service.run(Asked(q="terrorism"))  # a process that serves has its index open
    chosen = random.Random(SEED).sample(published_ids(), CHANGES)
    times = [milliseconds_until_found(pk, f"changed{'x' * number}") for number, pk in enumerate(chosen, 1)]
    yield (
        f"One document of {Document.objects.count():,} changed, from its commit until a search finds it: "
        f"{CHANGES} times, {min(times):.0f} to {max(times):.0f} ms."
    )
    yield bars_table([Bar("found after, median, ms", median(times), 300)])
