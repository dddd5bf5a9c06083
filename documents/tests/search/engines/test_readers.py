"""Readers search while an import writes in another process: none sees an error, half a batch or half a rebuild."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from documents.search.engines.whoosh import WhooshEngine
from documents.search.query import parse_query
from documents.search.types import SearchRequest
from documents.tests.search.engines.contract import record

BATCH = 5  # documents written at once
QUERIES = ("assembly", '"general assembly"', "assem*", "assemblies session~", "counter terrorism OR assembly", "*")


@pytest.mark.parametrize(
    ("readers", "batches"), [(3, 6), pytest.param(10, 60, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_readers_see_whole_batches_alone_while_an_import_writes(tmp_path, readers, batches):
    first = WhooshEngine(tmp_path / "index")
    first.open()
    first.upsert(_batch(0))
    if not (writer := os.fork()):
        _import_and_exit(tmp_path / "index", batches)
    is_written = threading.Event()
    engine = WhooshEngine(tmp_path / "index")
    with ThreadPoolExecutor(readers) as pool:
        asked = [pool.submit(_read, engine, is_written) for _ in range(readers)]
        _, status = os.waitpid(writer, 0)
        is_written.set()
        wrong = [line for reader in asked for line in reader.result()]
    assert os.waitstatus_to_exitcode(status) == 0
    assert wrong == []
    assert engine.search(SearchRequest()).total == BATCH * (batches + 1)


def _batch(number):
    ids = range(number * BATCH + 1, (number + 1) * BATCH + 1)
    text = "The General Assembly met in regular session. Counter-terrorism and counterterrorism."
    return [record(key, text, tags=(f"batch-{number}",)) for key in ids]


def _import_and_exit(folder, batches):
    """In the writing process: a batch at a time, and in the middle the whole index anew."""
    code = 1
    try:
        engine = WhooshEngine(folder)
        for number in range(1, batches + 1):
            engine.upsert(_batch(number))
            if number == batches // 2:
                engine.replace_all([held for part in range(number + 1) for held in _batch(part)])
        code = 0
    finally:
        os._exit(code)


def _read(engine, is_written):
    """Ask until all is written. What is wrong: totals that do not grow, and batches that are not whole."""
    wrong, total, is_last = [], 0, False
    while not is_last:
        is_last = is_written.is_set()
        for typed in QUERIES:
            result = engine.search(SearchRequest(root=parse_query(typed).root, facets=("tag",)))
            counts = {facet.documents for facet in result.facets["tag"]}
            if counts != {BATCH} or result.total % BATCH or result.total < total:
                wrong.append(f"{typed}: {result.total} after {total}, batches of {counts}")
            total = result.total
    return wrong
