"""What every engine must do: what counts for the order, and the paragraphs that hold what was searched for."""

from documents.search.trees import (
    And,
    InField,
    MatchAll,
    Not,
    Or,
    Phrase,
    Symbol,
    Word,
)
from documents.search.types import Citation, ParagraphsFound, SearchRequest, Sort
from documents.tests.search.engines.records import ids, record


class PassagesContract:
    """A part of EngineContract."""

    def test_words_near_one_another_come_before_words_far_apart(self, engine):
        apart = "border " + "other words " * 9 + "security"
        others = [record(number, "other words " * 10) for number in range(3, 9)]
        engine.upsert([record(1, apart), record(2, "security border " + "other words " * 9), *others])
        assert ids(engine, And((Word("border"), Word("security")))) == [2, 1]

    def test_function_words_must_match_and_do_not_count_beside_others(self, engine):
        engine.upsert([record(1, "the the the border"), record(2, "the border border"), record(3, "border")])
        result = engine.search(SearchRequest(root=And((Word("the"), Word("border")))))
        assert [hit.document_id for hit in result.hits] == [2, 1]
        assert [(word.typed, word.is_scored) for word in result.expanded.children] == [("the", False), ("border", True)]
        alone = engine.search(SearchRequest(root=Word("the")))
        assert alone.expanded.is_scored
        assert alone.hits[0].score > 0

    def test_function_words_lead_to_no_paragraph_beside_others(self, engine):
        engine.upsert([record(1, "the", "the border", "border", "the the")])
        (hit,) = engine.search(SearchRequest(root=And((Word("the"), Word("border"))), passages=3)).hits
        assert (hit.paragraphs, hit.passages) == (2, (2, 3))
        (hit,) = engine.search(SearchRequest(root=Word("the"), passages=3)).hits
        assert (hit.paragraphs, hit.passages) == (3, (1, 4))

    def test_a_word_given_twice_counts_twice(self, engine):
        engine.upsert([record(1, "alpha"), record(2, "beta"), record(3, "gamma")])
        assert ids(engine, Or((Word("alpha"), Word("beta"), Word("beta"))))[0] == 2

    # --- Passages ---

    def test_a_hit_names_its_best_paragraphs_in_the_order_of_reading(self, engine):
        texts = ("alpha", "beta alpha", "nothing", "alpha alpha alpha", "gamma alpha beta", "alpha")
        engine.upsert([record(1, *texts), record(2, "alpha", title="beta gamma"), record(3, "alpha")])
        root = And((Word("alpha"), Word("beta"), Word("gamma")))
        hits = {hit.document_id: hit for hit in engine.search(SearchRequest(root=root, passages=3)).hits}
        assert (hits[1].paragraphs, hits[1].passages) == (5, (2, 5))
        assert (hits[2].paragraphs, hits[2].passages) == (1, (1,))
        assert engine.search(SearchRequest(root=root)).hits[0].passages == ()

    def test_a_third_paragraph_is_named_for_a_word_that_the_best_two_lack(self, engine):
        engine.upsert([record(1, "alpha beta", "alpha", "alpha beta beta", "gamma", "gamma gamma"), record(2, "x")])
        root = Or((Word("alpha"), Word("beta"), Word("gamma")))
        (hit,) = engine.search(SearchRequest(root=root, passages=3)).hits
        assert (hit.paragraphs, hit.passages) == (5, (1, 3, 5))

    def test_what_stands_in_the_title_or_is_ruled_out_names_no_paragraph(self, engine):
        engine.upsert([record(1, "alpha", "beta", title="alpha")])
        for root in (InField("title", Word("alpha")), Not(Word("gamma")), MatchAll()):
            (hit,) = engine.search(SearchRequest(root=root, passages=3)).hits
            assert (hit.paragraphs, hit.passages) == (0, ())

    def test_a_symbol_names_the_paragraphs_that_cite_it(self, engine):
        cited = (Citation("s-res-1373-2001", 2, 1), Citation("s-res-1373-2001", 4, 9), Citation("a-res-1", 1, 1))
        engine.upsert([record(1, *"abcd", symbols=("s-res-1373-2001", "a-res-1"), citations=cited)])
        (hit,) = engine.search(SearchRequest(root=Symbol("S/RES/1373"), passages=1)).hits
        assert (hit.paragraphs, hit.passages) == (2, (4,))

    def test_two_symbols_cited_in_a_paragraph_are_counted_each(self, engine):
        cited = (Citation("s-res-1-2001", 2, 2), Citation("a-res-1", 2, 1))
        engine.upsert([record(1, *"ab", symbols=("s-res-1-2001", "a-res-1"), citations=cited)])
        root = Or((Symbol("S/RES/1"), Symbol("S/RES/1(2001)"), Symbol("A/RES/1")))
        assert engine.paragraphs(SearchRequest(root=root), 9).counts == (3,)

    def test_every_paragraph_that_holds_a_word_is_found_in_the_order_asked_for(self, engine):
        engine.upsert([record(1, "alpha", "beta", "alpha alpha", dated=(2001, 2001)), record(2, "beta alpha")])
        request = SearchRequest(root=Or((Word("alpha"), Phrase(("beta", "alpha")))), sort=Sort.OLDEST, limit=0)
        assert engine.paragraphs(request, 2) == ParagraphsFound(((1, 1), (1, 3)), (1, 2), paragraphs=3, occurrences=5)
        assert engine.paragraphs(request, 9).places == ((1, 1), (1, 3), (2, 1))
