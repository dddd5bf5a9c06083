"""Where a word stands, in lists of several segments: looked up place by place it is where reading them all tells."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from documents.search.engines.whoosh.postings import POSITION_BITS, decode, encode, join

# More than two bytes hold, too.
POSITIONS = st.one_of(st.integers(0, 12), st.integers(65_530, 65_545), st.integers(0, 2**32 - 1))
SEGMENT = st.dictionaries(st.integers(0, 9), st.sets(POSITIONS, min_size=1, max_size=12), max_size=8)
SEGMENTS = st.lists(SEGMENT, min_size=1, max_size=3)
SEGMENT_DOCUMENTS = 10


def of_segment(held):
    """As the index keeps and reads it; of a word that a segment lacks there is no list."""
    ids = np.array(sorted(held), np.int64)
    counts = np.array([len(held[number]) for number in ids], np.int64)
    positions = np.array([place for number in ids for place in sorted(held[number])], np.uint32)
    return decode(memoryview(encode(ids, counts, positions)), len(ids), has_positions=True)


def joined(segments):
    """The postings, and all their keys worked out from what the segments hold."""
    held = [(number, each) for number, each in enumerate(segments) if each]
    found = join([of_segment(each) for _, each in held], [number * SEGMENT_DOCUMENTS for number, _ in held])
    keys = [
        (number * SEGMENT_DOCUMENTS + document) << POSITION_BITS | place
        for number, each in held
        for document, places in each.items()
        for place in places
    ]
    return found, np.array(sorted(keys), np.int64)


@given(SEGMENTS, st.sets(st.integers(0, 29)), st.data())
def test_places_looked_up_are_those_that_are_read(segments, removed, data):
    found, keys = joined(segments)
    assert found.keys().tolist() == keys.tolist()
    live = ~np.isin(np.arange(SEGMENT_DOCUMENTS * 3), sorted(removed))
    found, keys = found.of_live(live), keys[live[keys >> POSITION_BITS]]
    assert found.keys().tolist() == keys.tolist()
    others = data.draw(st.sets(st.tuples(st.integers(0, 29), POSITIONS), max_size=8))
    asked = np.array(sorted({*keys.tolist(), *(number << POSITION_BITS | place for number, place in others)}), np.int64)
    if len(found.ids):  # a row holds no word that stands nowhere
        assert found.stands_at(asked).tolist() == np.isin(asked, keys).tolist()


@given(SEGMENTS, st.sets(st.integers(0, 29)))
def test_the_postings_of_some_documents_are_theirs_alone(segments, asked):
    found, keys = joined(segments)
    documents = np.array(sorted(asked), np.int64)
    assert found.of(documents).keys().tolist() == keys[np.isin(keys >> POSITION_BITS, documents)].tolist()
