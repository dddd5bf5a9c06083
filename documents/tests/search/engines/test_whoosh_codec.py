"""The files of a Whoosh segment: what is written is what is read, however it was packed, merged or damaged."""

import io
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.writing import NO_MERGE, OPTIMIZE

from documents.search.engines.base import EngineError
from documents.search.engines.whoosh import WhooshEngine, postings, runs
from documents.search.engines.whoosh import index as index_files
from documents.search.engines.whoosh.arrays import Texts, pack, ragged, read_arrays, unpack, write_arrays
from documents.search.trees import Word
from documents.search.types import Citation, SearchRequest
from documents.tests.search.engines.records import numbers_at, record

NUMBERS = st.lists(st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 70_000), st.integers(0, 2**32 - 1)))
# By document the gap to the one before and the words' positions there: most near, some of very long documents.
LISTS = st.lists(
    st.tuples(
        st.one_of(st.just(1), st.integers(1, 300), st.integers(1, 100_000)),
        st.lists(st.one_of(st.integers(0, 300), st.integers(0, 200_000)), min_size=1, max_size=8, unique=True),
    ),
    min_size=1,
    max_size=40,
)


def numbers_of(kind):
    return lambda values: np.array(values, kind)


@given(NUMBERS.map(numbers_of(np.int64)), st.binary(max_size=3))
def test_packed_numbers_are_unpacked_whole_and_one_by_one(numbers, before):
    content = memoryview(before + pack(numbers) + b"after")
    held, end = unpack(content, len(before), len(numbers))
    assert content[end:] == b"after"
    assert held.all().tolist() == numbers.tolist()
    chosen = np.arange(len(numbers))[::2]
    assert held.at(chosen).tolist() == numbers[chosen].tolist()


def test_numbers_cost_as_little_as_most_of_them_need():
    few_large = np.array([*range(200), 70_000])
    assert len(pack(np.zeros(1000, np.int64))) == 1
    assert len(pack(few_large)) < 220
    assert len(pack(np.arange(300, 1300))) < 2010


def encoded(pairs):
    ids = np.cumsum([gap for gap, _ in pairs]) - 1
    counts = np.array([len(positions) for _, positions in pairs])
    positions = np.array([position for _, places in pairs for position in sorted(places)])
    return ids, counts, positions


@given(LISTS, st.integers(0, 2**32))
def test_a_list_is_decoded_to_what_was_encoded_and_so_is_any_part_of_it(pairs, seed):
    ids, counts, positions = encoded(pairs)
    held = postings.decode(memoryview(postings.encode(ids, counts, positions)), len(ids), has_positions=True)
    assert (held.ids.tolist(), held.counts.tolist()) == (ids.tolist(), counts.tolist())
    assert held.positions.tolist() == positions.tolist()
    live = np.zeros(ids[-1] + 1, bool)
    chosen = sorted(random.Random(seed).sample(range(len(ids)), len(ids) // 2))
    live[ids[chosen]] = True
    part = held.of_live(live)
    assert part.ids.tolist() == ids[chosen].tolist()
    assert part.positions.tolist() == [place for number in chosen for place in sorted(pairs[number][1])]
    assert part.of_live(~live).total == 0


@given(st.lists(LISTS, min_size=1, max_size=4))
def test_lists_of_several_segments_join_into_one(segments):
    parts, firsts, keys, first = [], [], [], 0
    for pairs in segments:
        ids, counts, positions = encoded(pairs)
        parts.append(postings.decode(memoryview(postings.encode(ids, counts, positions)), len(ids), has_positions=True))
        firsts.append(first)
        keys.extend(((np.repeat(ids, counts) + first) << postings.POSITION_BITS | positions).tolist())
        first += int(ids[-1]) + 1
    joined = postings.join(parts, firsts)
    assert joined.keys().tolist() == keys
    live = np.arange(first) % 3 != 0
    assert joined.of_live(live).keys().tolist() == [key for key in keys if live[key >> postings.POSITION_BITS]]


@settings(deadline=None)
@given(
    st.lists(st.dictionaries(st.text("abc", max_size=3), st.lists(st.integers(0, 99), min_size=1)), max_size=30),
    st.integers(1, 20),
)
def test_words_gathered_document_by_document_come_out_in_the_order_of_words(tmp_path_factory, documents, run_size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "RUN_POSITIONS", run_size)
        patch.setattr(runs, "IN_MEMORY_BYTES", 100)
        gatherer = runs.Gatherer(str(tmp_path_factory.getbasetemp()))
        for number, positions in enumerate(documents):
            gatherer.add(number, positions)
        merged = list(gatherer.merged())
    words = sorted({word for positions in documents for word in positions})
    assert [term.word for term in merged] == words
    for term in merged:
        holding = [(number, held[term.word]) for number, held in enumerate(documents) if term.word in held]
        assert term.ids.tolist() == [number for number, _ in holding]
        assert term.counts.tolist() == [len(positions) for _, positions in holding]
        assert term.positions.tolist() == [place for _, positions in holding for place in positions]


@given(
    st.lists(st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=5), unique=True)
)
def test_texts_in_a_row_are_found_again(texts):
    ordered = sorted(texts)
    held = Texts.of(ordered)
    assert list(held) == held.all() == ordered
    assert [held.find(text) for text in ordered] == list(range(len(ordered)))
    assert held.find("never there") is None
    assert Texts.join([held, held]).all() == ordered * 2
    assert held.between(1, len(texts)) == ordered[1:]


def test_a_file_of_arrays_gives_back_each_in_its_own_type():
    arrays = {"small": np.arange(5, dtype=np.uint8), "none": np.zeros(0, np.int64), "large": np.array([-1, 2**40])}
    file = io.BytesIO()
    write_arrays(file, arrays)
    held = read_arrays(memoryview(file.getvalue()))
    assert {name: (array.dtype, array.tolist()) for name, array in held.items()} == {
        name: (array.dtype, array.tolist()) for name, array in arrays.items()
    }
    for place in (0, 9, 40, len(file.getvalue()) - 1):
        damaged = bytearray(file.getvalue())
        damaged[place] ^= 1
        with pytest.raises(ValueError, match="damaged"):
            read_arrays(memoryview(damaged))


def test_ragged_rows_of_indexes():
    assert ragged(np.array([7, 0, 3]), np.array([2, 0, 3])).tolist() == [7, 8, 3, 4, 5]
    assert ragged(np.zeros(0, int), np.zeros(0, int)).tolist() == []


# --- The engine on these files ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(folder):
    engine = WhooshEngine(folder)
    engine.open()
    return engine


def everything(engine):
    """All that the index holds of its live documents, whatever numbers and segments they have."""
    snapshot = engine._latest()
    ids = snapshot.columns.document_ids
    words = sorted(snapshot.lexicon.beginning_with(""))
    held = {}
    for field in ("title", "text", "citations", "headings", "names", "compounds"):
        for word in [*words, "s-res-1", "counter-terrorism"]:
            found = snapshot.postings(field, word)
            places = np.split(found.positions, np.cumsum(found.counts)[:-1]) if len(found.positions) else found.counts
            pairs = [(int(ids[number]), place.tolist()) for number, place in zip(found.ids, places, strict=True)]
            held |= {(field, word): sorted(pairs)} if pairs else {}
    columns = snapshot.columns.chosen(snapshot.live.nonzero()[0])
    order = np.argsort(columns.document_ids)
    paragraphs = columns.paragraphs.chosen(order)
    keywords = {
        field: sorted((int(columns.document_ids[document]), of_field.values[code]) for document, code in pairs)
        for field in ("tag", "language", "document")
        if (of_field := columns.keywords[field])
        for pairs in [zip(of_field.documents, of_field.codes, strict=True)]
    }
    texts = [[column[number] for number in order.tolist()] for column in columns.texts]
    rows = (columns.numbers[:, order].tolist(), texts, keywords)
    return held, rows, [array.tolist() for array in (paragraphs.offsets, paragraphs.numbers, paragraphs.starts)]


def records(chance, numbers):
    words = ["alpha", "beta", "gamma", "counter-terrorism", "borders", "bordering", "élan", "Côte"]
    for number in numbers:
        texts = [" ".join(chance.choices(words, k=chance.randrange(30))) for _ in range(chance.randrange(4))]
        yield record(
            number,
            *texts,
            title=" ".join(chance.choices(words, k=3)),
            slug=f"text-{number}",
            tags=tuple(chance.sample(("one", "two", "three"), chance.randrange(3))),
            language=chance.choice(("en", "fr")),
            name_labels=("Gamma Council",) if number % 3 else (),
            citations=tuple(Citation("s-res-1", place, 2) for place in range(1, len(texts) + 1)),
        )


@pytest.mark.parametrize("merge", [NO_MERGE, index_files._merge_little, OPTIMIZE])
def test_updates_removals_and_merges_leave_what_a_fresh_index_holds(engine, tmp_path, merge, monkeypatch):
    monkeypatch.setattr(index_files, "_merge_little", merge)
    monkeypatch.setattr(index_files, "MERGED_SEGMENTS", 3)
    chance = random.Random(20)
    held = {}
    for _ in range(12):
        changed = {item.document_id: item for item in records(chance, chance.sample(range(40), 6))}
        engine.upsert(changed.values())
        removed = chance.sample(sorted(held), min(2, len(held)))
        engine.delete(removed)
        held = {number: item for number, item in (held | changed).items() if number not in removed}
    fresh = WhooshEngine(tmp_path / "fresh")
    fresh.replace_all(held.values())
    assert everything(engine) == everything(fresh)


def test_a_symbol_stands_in_the_paragraphs_that_cite_it(engine):
    citations = (Citation("s-res-1", 2, 2), Citation("s-res-1", 3, 500), Citation("a-res-1", 9, 1))
    engine.upsert([record(1, "alpha", "beta", "gamma", "delta", citations=citations)])
    snapshot = engine._latest()
    found = snapshot.postings("citations", "s-res-1")
    numbers = numbers_at(snapshot.columns.paragraphs, 0, found.positions)
    assert (numbers.count(2), set(numbers)) == (2, {2, 3})
    assert not snapshot.postings("citations", "a-res-1").total


@pytest.mark.parametrize("ending", ["col", "trm", "pst"])
@pytest.mark.parametrize("damage", [lambda content: content[:-3], lambda content: b"", lambda content: b"x" + content])
def test_a_damaged_file_is_said_to_be_so(engine, folder, ending, damage):
    engine.upsert([record(1, "alpha")])
    for path in folder.glob(f"index-*/*.{ending}"):
        path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(EngineError, match="rebuild_index"):
        WhooshEngine(folder).search(SearchRequest(Word("alpha")))


def test_a_damaged_posting_list_is_said_to_be_so(engine, folder):
    engine.upsert([record(1, "alpha")])
    (path,) = folder.glob("index-*/*.pst")
    path.write_bytes(b"\x7f" * path.stat().st_size)
    with pytest.raises(EngineError, match="rebuild_index"):
        WhooshEngine(folder).search(SearchRequest(Word("alpha")))
