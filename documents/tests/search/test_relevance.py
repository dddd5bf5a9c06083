"""Measures of ranking, against examples worked out by hand."""

from math import log2

import pytest

from documents.search.judged import JudgedText, TestCollection
from documents.search.query import MAX_WORDS
from documents.search.relevance import any_word_of, average_precision, evaluate, measure, ndcg, plain_words
from documents.search.trees import Compound, MatchAll, Or, Word


def test_ndcg_compares_with_the_best_order():
    # Found: grade 1, nothing, grade 3. Best: 3, 1.
    assert ndcg(["a", "x", "b"], {"a": 1, "b": 3}) == pytest.approx((1 + 3 / log2(4)) / (3 + 1 / log2(3)))
    assert ndcg(["b", "a"], {"a": 1, "b": 3}) == 1


def test_ndcg_looks_at_ten_ranks():
    others = [f"x{number}" for number in range(10)]
    assert ndcg([*others[:9], "a"], {"a": 1}) == pytest.approx(1 / log2(11))
    assert ndcg([*others, "a"], {"a": 1}) == 0


def test_twelve_relevant_documents_can_fill_ten_ranks():
    grades = {f"d{number}": 1 for number in range(12)}
    assert ndcg(list(grades), grades) == 1


def test_a_grade_below_zero_gains_nothing():
    assert ndcg(["bad", "good"], {"bad": -1, "good": 1}) == pytest.approx(1 / log2(3))


def test_average_precision_counts_what_is_never_found():
    # Found at ranks 1 and 3, of three that are relevant: (1/1 + 2/3 + 0) / 3.
    grades = {"a": 1, "b": 2, "never": 1, "judged useless": 0}
    assert average_precision(["a", "judged useless", "b"], grades) == pytest.approx((1 + 2 / 3) / 3)


def test_means_are_taken_over_queries():
    grades = {"q1": {"a": 1}, "q2": {"b": 1}}
    found = measure({"q1": ["a"], "q2": ["x", "b"]}, grades)
    assert found.ndcg == pytest.approx((1 + 1 / log2(3)) / 2)
    assert found.average_precision == pytest.approx(0.75)
    assert found.queries == 2


def test_a_text_becomes_its_words_joined_by_or():
    expected = (Word("what"), Word("is"), Compound(("boundary", "layer")), Word("control"))
    assert any_word_of("What is (boundary-layer) control?") == Or(expected)


def test_nothing_in_a_text_is_taken_for_the_query_language():
    assert plain_words('NOT title:"flow*" -slip /OR/ wings~') == ["not", "title", "flow", "slip", "or", "wings"]
    assert plain_words("العَرَبِيَّة हिन्दी") == ["العَرَبِيَّة", "हिन्दी"]
    assert any_word_of("flow NOT slip") == Or((Word("flow"), Word("not"), Word("slip")))


def test_words_that_a_slash_or_a_dash_parts_are_no_phrase():
    expected = tuple(map(Word, ("input", "output", "theory", "and", "practice")))
    assert any_word_of("input/output: theory--and...practice --") == Or(expected)
    assert plain_words("S/RES/1373 of the U.S. Council") == ["s", "res", "1373", "of", "the", "u.s", "council"]


def test_a_long_text_keeps_all_its_words():
    words = tuple(f"word{number}" for number in range(3 * MAX_WORDS + 1))
    assert any_word_of(" ".join(words)) == Or(tuple(map(Word, words)))


def test_a_text_without_words_asks_for_everything():
    assert any_word_of(" ?! ") == MatchAll()


def test_the_archive_ranks_what_answers_first(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "never-made"
    documents = (
        JudgedText("x", "Fisheries", "Nets and boats."),
        JudgedText("d", "Border control", "How borders are controlled."),
    )
    collection = TestCollection(documents, (JudgedText("q", "", "controlling the borders"),), {"q": {"d": 2}})
    found = evaluate(collection, "en")
    assert (found.ndcg, found.average_precision, found.queries) == (1, 1, 1)
    assert not settings.INDEX_DIR.exists()
