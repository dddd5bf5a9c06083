"""The engines that ours is measured against answer what they are asked."""

import pytest

from benchmarks.peers import fts5, tantivy_index
from benchmarks.peers.base import PAGE_SIZE, PeerDocument, PeerPage, question_of
from benchmarks.questions import QUERIES, fresh
from documents.search.query import parse_query
from documents.search.trees import Word

DOCUMENTS = [
    PeerDocument(1, "Argentina, 1999", "We fight terrorism with counter-terrorism.", 1999, "argentina", "debate"),
    PeerDocument(2, "Belgium, 2001", "Terrorists and counterterrorism; their financing.", 2001, "belgium", "debate"),
    PeerDocument(3, "Chile, 2003", "Security of the border. Border security of Chile.", 2003, "chile", "debate"),
    PeerDocument(4, "Denmark, 2003", "Fish, and resolution 1373; nothing else.", 2003, "denmark", "letters"),
]


@pytest.fixture(params=["FTS5 tuned", "FTS5 usual", "tantivy"])
def peer(request, tmp_path):
    if request.param == "tantivy":
        tantivy_index.build(tmp_path / "index", DOCUMENTS)
        return tantivy_index.Tantivy(tmp_path / "index")
    fts5.build(tmp_path / "fts5.sqlite3", DOCUMENTS)
    return next(
        made(tmp_path / "fts5.sqlite3") for made in (fts5.TunedFts5, fts5.UsualFts5) if made.name == request.param
    )


def page(peer, typed):
    return peer.page(question_of(parse_query(typed).root))


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        ("terrorism", 1),
        ("counter-terrorism", 2),  # in either spelling
        ('"border security"', 1),
        ("terror* AND financing", 1),
        ("fish OR chile", 2),
        ("security NOT border", 0),
        ("of chile", 1),
        ("date:2000..2003 counter-terrorism", 1),
        ("resolution 1373", 1),
        ("absent", 0),
    ],
)
def test_totals_are_exact(peer, typed, total):
    assert page(peer, typed).total == total


def test_a_page_has_total_snippets_and_three_counts(peer):
    found = page(peer, "fish OR chile")
    assert isinstance(found, PeerPage)
    assert found.counts == (1, 2, 2)  # years, countries, collections
    assert len(found.snippets) == 2
    assert any("<" in snippet and "Fish" in snippet for snippet in found.snippets)


def test_a_page_shows_no_more_than_a_page(tmp_path):
    many = [PeerDocument(number, "", "fish") for number in range(1, PAGE_SIZE + 6)]
    fts5.build(tmp_path / "fts5.sqlite3", many)
    found = page(fts5.TunedFts5(tmp_path / "fts5.sqlite3"), "fish")
    assert (found.total, len(found.snippets)) == (PAGE_SIZE + 5, PAGE_SIZE)


def test_a_ranking_holds_any_of_the_words_best_first(peer):
    assert peer.ranking([Word("security"), Word("border"), Word("fish")])[0] == 3
    assert set(peer.ranking([Word("security"), Word("fish")])) == {3, 4}


def test_every_named_query_can_be_asked_of_every_peer(peer):
    for typed in QUERIES:
        assert page(peer, typed).total <= len(DOCUMENTS)


def test_fresh_queries_are_words_of_the_documents_and_the_same_each_time():
    queries = fresh(DOCUMENTS, 12, seed=7)
    assert queries == fresh(DOCUMENTS, 12, seed=7)
    assert len(set(queries)) == 12
    assert any(query.startswith('"') for query in queries)
    assert all(1 <= len(query.split()) <= 4 for query in queries)


def test_fresh_queries_find_the_document_that_they_are_of(peer):
    for typed in fresh(DOCUMENTS, 12, seed=7):
        assert page(peer, typed).total
