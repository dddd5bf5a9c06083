"""The Whoosh engine keeps the contract of all engines, and what only an engine of files must keep."""

import os
import signal
import sys
import threading

import pytest
from whoosh import index as whoosh_index
from whoosh import writing

from documents.search.engines.base import EngineBusy, EngineError
from documents.search.engines.whoosh import WhooshEngine
from documents.search.engines.whoosh import index as index_files
from documents.search.trees import Word
from documents.search.types import SearchRequest
from documents.tests.search.engines.contract import EngineContract
from documents.tests.search.engines.language_contract import LanguageContract
from documents.tests.search.engines.records import found, ids, record


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(folder):
    engine = WhooshEngine(folder)
    engine.open()
    yield engine
    engine.close()


@pytest.fixture
def other(folder):
    return WhooshEngine(folder)


@pytest.fixture
def impatient_threads():
    """Threads that take turns as often as they can, so that what they share is found in the middle of its use."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


class TestWhoosh(EngineContract):
    pass


class TestLanguage(LanguageContract):
    pass


def test_a_second_writer_is_told_to_come_back(engine, other, monkeypatch):
    monkeypatch.setattr(index_files, "LOCK_TIMEOUT_SECONDS", 0)

    def records():
        with pytest.raises(EngineBusy, match="rebuild lock"):
            other.replace_all([])
        yield record(1, "alpha")

    engine.replace_all(records())
    with index_files.IndexFiles(engine._files.directory)._locked("write"):
        with pytest.raises(EngineBusy, match="write lock"):
            other.upsert([record(2, "beta")])
        assert found(other, Word("alpha")) == {1}
    assert other.upsert([record(2, "beta")]) == 1


def test_a_writer_waits_for_its_turn(engine, other):
    writers = [
        threading.Thread(target=writer.upsert, args=([record(number, "alpha")],))
        for number, writer in enumerate((engine, other, engine, other), 1)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert found(engine, Word("alpha")) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("place", "name"),
    [(writing.SegmentWriter, "_flush_segment"), (whoosh_index.TOC, "write"), (whoosh_index, "clean_files")],
)
def test_a_process_killed_while_it_commits_leaves_the_old_index_or_the_new(engine, other, place, name):
    engine.upsert([record(1, "old")])
    if not (child := os.fork()):
        setattr(place, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        other.upsert([record(1, "new"), record(2, "new")])
        os._exit(0)
    os.waitpid(child, 0)
    assert (ids(engine, Word("old")), found(engine, Word("new"))) in (([1], set()), ([], {1, 2}))
    engine.upsert([record(3, "later")])
    assert found(other, Word("later")) == {3}


def test_a_killed_rebuild_leaves_nothing_behind(engine, other, folder):
    def records():
        yield record(2, "beta")
        os.kill(os.getpid(), signal.SIGKILL)

    engine.upsert([record(1, "alpha")])
    if not (child := os.fork()):
        other.replace_all(records())
    os.waitpid(child, 0)
    assert found(engine, Word("alpha")) == {1}
    assert len(list(folder.glob("index-*"))) == 2
    engine.upsert([record(3, "gamma")])
    assert not (folder / "journal").exists()
    engine.replace_all([record(4, "delta")])
    assert [path.name for path in folder.glob("index-*")] == [(folder / "current").read_text()]


def segments(folder):
    (index,) = folder.glob("index-*")
    return [segment.doc_count_all() for segment in whoosh_index.open_dir(str(index))._segments()]


def test_a_save_never_merges_what_a_large_batch_wrote(engine, folder):
    for start in (0, 100, 200, 300):
        engine.upsert([record(start + number, "alpha") for number in range(100)])
    for number in range(1000, 1040):
        engine.upsert([record(number, "beta")])
    large = [size for size in segments(folder) if size >= 100]
    assert large == [100] * 4
    assert len(segments(folder)) <= len(large) + index_files.MERGED_SEGMENTS
    assert engine.search(SearchRequest(Word("beta"))).total == 40


def test_documents_saved_again_and_again_leave_few_segments(engine, folder):
    for turn in range(30):
        engine.upsert([record(1, f"alpha turn{turn}")])
    assert len(segments(folder)) <= index_files.MERGED_SEGMENTS
    assert found(engine, Word("turn29")) == {1}
    assert found(engine, Word("turn28")) == set()


def test_an_index_in_many_pieces_says_that_it_wants_a_rebuild(engine, monkeypatch):
    monkeypatch.setattr(index_files, "MERGED_DOCUMENTS", 0)
    for number in range(index_files.MANY_SEGMENTS + 1):
        assert not engine.status().is_fragmented
        engine.upsert([record(number, "alpha")])
    assert engine.status().is_fragmented
    engine.replace_all(record(number, "alpha") for number in range(3))
    assert not engine.status().is_fragmented


def test_an_index_of_another_version_answers_and_says_that_it_is_old(engine, folder, monkeypatch):
    engine.upsert([record(1, "alpha")])
    monkeypatch.setattr(index_files.analysis, "ANALYSIS_VERSION", "another")
    newer = WhooshEngine(folder)
    newer.open()
    assert found(newer, Word("alpha")) == {1}
    assert not newer.status().is_current
    newer.replace_all([record(1, "alpha")])
    assert newer.status().is_current


def test_an_index_that_cannot_be_read_is_said_to_be_so_and_can_be_rebuilt(engine, other, folder):
    engine.upsert([record(1, "alpha")])
    for toc in folder.glob("index-*/*.toc"):
        toc.write_bytes(b"nothing of use")
    with pytest.raises(EngineError, match="rebuild_index"):
        found(other, Word("alpha"))
    with pytest.raises(EngineError, match="rebuild_index"):
        other.upsert([record(2, "beta")])
    other.replace_all([record(1, "alpha")])
    assert found(other, Word("alpha")) == {1}


def test_readers_of_a_removed_index_finish_their_search(engine, other):
    engine.upsert([record(1, "alpha")])
    held = other._latest()
    engine.replace_all([record(2, "alpha")])
    assert held.postings("text", "alpha").ids.tolist() == [0]
    assert found(other, Word("alpha")) == {2}


def test_segments_are_merged_before_they_are_many(engine, folder):
    for number in range(40):
        engine.upsert([record(number, "alpha")])
    assert len(list(folder.glob("index-*/*.trm"))) < 15
    assert len(ids(engine, Word("alpha"), limit=100)) == 40
