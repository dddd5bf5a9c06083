"""Words near one another and the paragraphs of many documents are found a block at a time, as if all at once."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.search.engines.whoosh import WhooshEngine, passages, windows
from documents.search.engines.whoosh.windows import Wanted, within_reach
from documents.tests.search.engines.samples import random_request, sample_records

PLACES = st.sets(st.integers(0, 120), max_size=40)
DOCUMENT = 1 << 32


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(windows, "JOINED_PLACES", 1)
    monkeypatch.setattr(windows, "BLOCK_PLACES", 7)
    monkeypatch.setattr(passages, "BLOCK_DOCUMENTS", 3)


def by_definition(held, times, span):
    """Every place of a word from which each word stands often enough."""
    return [
        start
        for start in sorted(set().union(*held))
        if all(sum(start <= place <= start + span for place in of) >= n for of, n in zip(held, times, strict=True))
    ]


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(st.tuples(PLACES, PLACES, st.integers(1, 3)), min_size=1, max_size=10),
    span=st.integers(1, 20),
    is_small=st.booleans(),
)
def test_windows_hold_each_word_so_often_as_it_must(words, span, is_small):
    held = [{*first, *(DOCUMENT + place for place in second)} for first, second, _ in words]
    times = [times for _, _, times in words]
    wanted = [Wanted(np.array(sorted(keys), np.int64), n) for keys, n in zip(held, times, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        if is_small:
            patch.setattr(windows, "JOINED_PLACES", 0)
            patch.setattr(windows, "BLOCK_PLACES", 5)
        assert within_reach(wanted, span).tolist() == by_definition(held, times, span)


def test_paragraphs_are_the_same_however_many_documents_are_looked_at_at_once(tmp_path, small_blocks, monkeypatch):
    engine = WhooshEngine(tmp_path / "index")
    engine.replace_all(sample_records())
    requests = [random_request(random.Random(seed), sample_records()) for seed in range(40)]
    found = [engine.paragraphs(request, 1000) for request in requests]
    monkeypatch.setattr(passages, "BLOCK_DOCUMENTS", 10_000)
    assert found == [engine.paragraphs(request, 1000) for request in requests]
    assert any(result.occurrences for result in found)
