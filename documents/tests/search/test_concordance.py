"""Lines of a concordance: what stands in them, and their order."""

from hypothesis import given
from hypothesis import strategies as st

from documents.search.concordance import CONTEXT_CHARACTERS, LineOrder, in_order, lines_of
from documents.search.snippets import highlighter
from documents.search.trees import (
    And,
    Form,
    Forms,
    Not,
    Or,
    Phrase,
)

WORDS = st.sampled_from(["alpha", "Beta", "alpha-beta", "l’été", "人权", "حقوق", "x" * 70, "🙂", "Élan", "а́"])
SPACES = st.sampled_from([" ", "  ", "\n", ", ", ""])


def forms(*texts):
    return Forms(texts[0], tuple(Form(text, 1) for text in texts))


def lines(node, text, document=1, paragraph=1):
    return lines_of(document, paragraph, text, highlighter(node).marks_of([text])[0])


def rights(order, *texts):
    found = [line for number, text in enumerate(texts, 1) for line in lines(forms("x"), text, number)]
    return [line.document_id for line in in_order(found, order)]


def test_every_place_is_a_line_between_its_contexts():
    first, second = lines(forms("terror", "terrors"), "No terror, and no TERRORS here.")
    assert (first.left, first.match, first.right) == ("No ", "terror", ", and no TERRORS here.")
    assert (second.left, second.match, second.right) == ("No terror, and no ", "TERRORS", " here.")


def test_a_phrase_and_a_compound_stand_whole_and_what_is_ruled_out_nowhere():
    node = And((Phrase(("of", "the")), forms("counter terrorism", "counterterrorism"), Not(forms("law"))))
    found = lines(node, "The law of the land on counter-terrorism.")
    assert [line.match for line in found] == ["of the", "counter-terrorism"]


def test_long_contexts_are_cut_between_words():
    (line,) = lines(forms("alpha"), "before " * 60 + "alpha" + " behind" * 60)
    assert len(line.left) <= CONTEXT_CHARACTERS
    assert set(line.left.split()) == {"before"}
    assert set(line.right.split()) == {"behind"}


def test_scripts_without_spaces_are_cut_between_characters():
    (line,) = lines(forms("人权"), "考虑到" * 60 + "人权" + "考虑到" * 60)
    assert (len(line.left), len(line.right)) == (CONTEXT_CHARACTERS, CONTEXT_CHARACTERS)


def test_the_words_before_are_read_from_the_match_outwards():
    assert rights(LineOrder.LEFT, "b a x", "a b x", "a a x", "x", "Á x", "c, a x") == [4, 5, 3, 1, 6, 2]


def test_the_words_after_are_read_as_written():
    assert rights(LineOrder.RIGHT, "x b a", "x (a) c", "x “a” b", "x", "x a-b", "x É", "x d") == [4, 3, 5, 2, 1, 7, 6]


def test_characters_are_compared_where_there_are_no_words():
    def order(by, *texts):
        found = [line for number, text in enumerate(texts, 1) for line in lines(forms("人权"), text, number)]
        return [line.document_id for line in in_order(found, by)]

    assert order(LineOrder.LEFT, "乙甲人权", "甲乙人权", "人权", "甲人权") == [3, 2, 4, 1]
    assert order(LineOrder.RIGHT, "人权乙甲", "人权甲乙", "人权甲") == [1, 3, 2]


def test_lines_alike_stay_as_they_were():
    for order in LineOrder:
        assert rights(order, "a x b", "A x B", "á x b") == [1, 2, 3]


@given(st.lists(st.tuples(WORDS, SPACES), max_size=60), st.sampled_from(["alpha", "beta", "ete", "人权", "حقوق", "🙂"]))
def test_a_line_is_a_run_of_its_paragraph(pieces, word):
    text = "".join(word + space for word, space in pieces)
    marks = highlighter(Or((forms(word), forms("alpha beta", "alphabeta"), Phrase(("beta", "alpha"), 3)))).marks_of(
        [text]
    )[0]
    found = lines_of(1, 1, text, marks)
    assert len(found) == len(marks)
    for line, mark in zip(found, marks, strict=True):
        start = mark.start - len(line.left)
        assert text[start:].startswith(line.left + line.match + line.right)
        assert (line.match, len(line.match)) == (text[mark.start : mark.end], mark.end - mark.start)
        assert max(len(line.left), len(line.right)) <= CONTEXT_CHARACTERS


@given(st.lists(st.text("abÁ人权ح -,", max_size=12), max_size=12), st.sampled_from(LineOrder))
def test_putting_in_order_loses_nothing_and_is_settled(texts, order):
    found = [line for number, text in enumerate(texts) for line in lines(forms("x"), f"{text} x {text}", number)]
    ordered = in_order(found, order)
    assert sorted(ordered, key=found.index) == found
    assert in_order(ordered, order) == ordered
