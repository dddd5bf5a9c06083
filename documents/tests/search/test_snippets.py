"""Passages: what is marked, which paragraphs are shown, and where they are cut."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.search import analysis
from documents.search.marks import Leaf, Marker
from documents.search.snippets import highlighter
from documents.search.trees import (
    And,
    AtLeast,
    Form,
    Forms,
    InField,
    Keyword,
    MatchAll,
    Not,
    Or,
    Phrase,
    Symbol,
)
from documents.search.types import ParagraphText


def forms(*texts):
    return Forms(texts[0], tuple(Form(text, 1) for text in texts))


def paragraphs(*texts):
    return tuple(ParagraphText(number, text) for number, text in enumerate(texts, 1))


def mark(node, text):
    """The whole text as escaped HTML with its marks."""
    end, pieces = 0, []
    for found in highlighter(node).marks_of([text])[0]:
        pieces += [html.escape(text[end : found.start]), f"<mark>{html.escape(text[found.start : found.end])}</mark>"]
        end = found.end
    return "".join(pieces) + html.escape(text[end:])


def plain(passage_html):
    """What a reader sees, without the ellipses."""
    return html.unescape(re.sub(r"</?mark>", "", passage_html)).removeprefix("… ").removesuffix("\u00a0…")


@pytest.mark.parametrize(
    ("node", "text", "marked"),
    [
        (forms("terrorist", "terrorism"), "Terrorism & terrorists.", "<mark>Terrorism</mark> &amp; terrorists."),
        (forms("elysee"), "À l’Élysée !", "À l’<mark>Élysée</mark> !"),
        (forms("terrorism"), "<b>Counter-terrorism</b>", "&lt;b&gt;Counter-<mark>terrorism</mark>&lt;/b&gt;"),
        (
            forms("counterterrorism", "counter terrorism"),
            "Counter-terrorism, counter terrorism, counterterrorism, terrorism",
            "<mark>Counter-terrorism</mark>, <mark>counter terrorism</mark>, <mark>counterterrorism</mark>, terrorism",
        ),
        (Phrase(("of", "the")), "of the state of mind, the end of", "<mark>of the</mark> state of mind, the end of"),
        (
            Phrase(("border", "security"), 3),
            "Security of borders; security of the border.",
            "Security of borders; <mark>security</mark> of the <mark>border</mark>.",
        ),
        (
            forms("a counterterrorism law"),
            "A counter-terrorism law, a counterterrorism law",
            "A counter-terrorism law, <mark>a counterterrorism law</mark>",
        ),
        (And((forms("alpha"), Not(forms("beta")))), "alpha beta", "<mark>alpha</mark> beta"),
        (AtLeast(1, (forms("alpha"), Or((forms("beta"),)))), "alpha beta", "<mark>alpha</mark> <mark>beta</mark>"),
        (And((Phrase(("a", "b")), Phrase(("b", "c")))), "a b c d", "<mark>a b c</mark> d"),
        (Symbol("S/RES/1373"), "Resolution S/RES/1373 (2001)", "Resolution <mark>S/RES/1373 (2001)</mark>"),
        (Symbol("S/RES/1373"), "A/RES/1373 and S/RES/13731", "A/RES/1373 and S/RES/13731"),
        (forms("人权", "权"), "世界人权宣言", "世界<mark>人权</mark>宣言"),
        (forms("الانسان"), "حقوق الإنسان", "حقوق <mark>الإنسان</mark>"),
        (forms("права"), "Все права", "Все <mark>права</mark>"),
        (Keyword("tag", "alpha"), "alpha", "alpha"),
        (MatchAll(), "<>", "&lt;&gt;"),
        (forms("alpha"), "", ""),
    ],
)
def test_what_was_searched_for_is_marked(node, text, marked):
    assert mark(node, text) == marked


def test_texts_are_marked_by_what_was_looked_for_there():
    node = And((InField("title", forms("alpha")), InField("text", forms("beta")), forms("gamma")))
    assert mark(node, "alpha beta gamma") == "alpha <mark>beta</mark> <mark>gamma</mark>"


def test_of_fields_within_one_another_the_nearest_counts_as_it_does_for_finding():
    assert mark(InField("title", InField("text", forms("alpha"))), "alpha") == "<mark>alpha</mark>"
    assert mark(InField("text", InField("title", forms("alpha"))), "alpha") == "alpha"


def test_the_paragraphs_that_hold_most_are_shown_in_the_order_of_reading():
    texts = ("alpha", "beta alpha", "nothing", "alpha alpha alpha", "gamma alpha beta", "alpha")
    node = And((forms("alpha"), forms("beta"), forms("gamma")))
    found = highlighter(node).find(paragraphs(*texts))
    assert [passage.paragraph for passage in found.passages] == [2, 4, 5]
    assert found.paragraphs == 5


def test_a_phrase_does_not_cross_paragraphs():
    found = highlighter(Phrase(("of", "the"))).find(paragraphs("a part of", "the whole"))
    assert (found.passages, found.paragraphs) == ((), 0)


def test_a_long_paragraph_is_cut_to_its_best_words():
    text = "alpha " + "filler words " * 60 + "see alpha and beta here " + "more filler " * 60
    passage = highlighter(And((forms("alpha"), forms("beta")))).find(paragraphs(text)).passages[0]
    assert "see <mark>alpha</mark> and <mark>beta</mark> here" in passage.html
    assert passage.html.startswith("… ")
    assert passage.html.endswith("\u00a0…")
    assert len(plain(passage.html)) <= 240
    assert set(plain(passage.html).split()) <= set(text.split())


def test_a_short_paragraph_is_shown_whole():
    passage = highlighter(forms("alpha")).find(paragraphs("Here alpha stands.")).passages[0]
    assert passage.html == "Here <mark>alpha</mark> stands."


def test_a_passage_may_be_narrow_and_there_may_be_one():
    found = highlighter(forms("alpha")).find(paragraphs("one alpha two three", "alpha"), limit=1, width=10)
    assert [passage.html for passage in found.passages] == ["… <mark>alpha</mark>\u00a0…"]
    assert found.paragraphs == 2


def test_scripts_without_spaces_are_cut_between_characters():
    text = "考虑到" * 60 + "世界人权宣言" + "考虑到" * 60
    passage = highlighter(forms("人权")).find(paragraphs(text), width=40).passages[0]
    assert "世界<mark>人权</mark>宣言" in passage.html
    assert len(plain(passage.html)) == 40


WORDS = st.sampled_from(
    ["alpha", "Beta", "alpha-beta", "l’été", "人权", "<b>", "&amp;", "حقوق", "x" * 70, "🙂", "S/RES/1 (2001)"]
)
SPACES = st.sampled_from([" ", "  ", "\n", ", ", ""])


@given(st.lists(st.tuples(WORDS, SPACES), max_size=80), st.integers(1, 300), st.randoms(use_true_random=False))
def test_passages_are_escaped_cuts_of_the_text(pieces, width, chance):
    text = "".join(word + space for word, space in pieces)
    words = sorted(set(analysis.words(text))) or ["alpha"]
    leaves = (
        forms(chance.choice(words)),
        Phrase((chance.choice(words), chance.choice(words))),
        Phrase((chance.choice(words), chance.choice(words)), 4),
        forms(f"{chance.choice(words)} {chance.choice(words)}", "alphabeta"),
        Symbol("S/RES/1"),
    )
    marker = highlighter(Or(leaves))
    for passage in marker.find(paragraphs(text), width=width).passages:
        assert plain(passage.html) in text
        assert "<mark>" in passage.html
        assert not set("<>&\"'") & set(re.sub(r"</?mark>|&(amp|lt|gt|quot|#x27);", "", passage.html))


LETTERS = (
    "state",
    "states",
    "s",
    "a",
    "counter",
    "terror",
    "counterterror",
    "x-1",
    "1-2",
    "été",
    "права",
    "人权",
    "حَق",
)
SIGNS = ("’s", "'s", "'", "-", " ", " ", ", ", "—", "_", "İ", "ß", "ﬁ", "x" * 64, "\u0301", "\n")
PIECES = st.sampled_from((*LETTERS, *SIGNS))


@given(st.lists(st.lists(PIECES, max_size=40).map("".join), min_size=1, max_size=3), st.data())
def test_words_are_marked_alike_with_and_without_cutting_texts_into_words(texts, data):
    held = sorted({token.text for text in texts for token in analysis.tokens(text)}) or ["state"]
    word = st.sampled_from([*held, "state", "terror", "counterterror"])
    rows = st.lists(word, min_size=1, max_size=3).map(tuple)
    leaves = data.draw(st.lists(st.lists(rows, min_size=1, max_size=3).map(lambda rows: Leaf(tuple(rows))), max_size=3))
    marker = Marker(leaves)
    found = marker.word_marks(texts)
    assert list(map(set, found)) == [set(marker.word_marks_by_tokens(text)) for text in texts]


def test_no_phrase_is_marked_from_one_paragraph_to_the_next():
    marked = highlighter(Phrase(("alpha", "beta"))).marks_of(["beta alpha", "beta alpha beta", "alpha"])
    assert [[(mark.start, mark.end) for mark in marks] for marks in marked] == [[], [(5, 15)], []]
