"""One analysis for all: folding by script, words with their places, compounds and slugs."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.search.analysis import (
    MAX_WORD_CHARACTERS,
    PARAGRAPH_GAP,
    compounds,
    fold,
    is_unspaced,
    slug_of,
    term_positions,
    tokens,
    words,
)
from documents.search.folding import keeps_places

FOLDED = {
    "Élan RÉSUMÉ": "elan resume",
    "e\u0301te\u0301": "ete",
    "Straße STRASSE": "strasse strasse",
    "Œuvre Łódź Øresund": "oeuvre lodz oresund",
    "İstanbul ISPARTA ısı": "istanbul isparta isi",
    "Ἀθῆναι ΣΟΦΌΣ": "αθηναι σοφοσ",
    "Ёлка край Київ": "елка край київ",
    "за\u0301мок": "замок",
    "الإِرْهَاب مـكافحة أسئلة هُدى": "الارهاب مكافحة اسيلة هدي",
    "١٣٧٣ ۱۳۷۳ १३७३": "1373 1373 1373",
    "ﬁnance ＵＮ": "finance un",
    "co\u00adoperation": "cooperation",
    "counter‐terrorism counter‑terrorism": "counter-terrorism counter-terrorism",
    "“it’s”": '"it\'s"',
    "अधिकार": "अधिकार",
    "terrorism²": "terrorism ",
    "1\u20e3 ❤\ufe0f": "1 ❤",
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_folding_takes_off_what_readers_do_not_type(text, folded):
    assert fold(text) == folded


WORDS = {
    "The General Assembly, 54th meeting": "the general assembly 54th meeting",
    "Secretary-General's report; STATES' duties": "secretary general report states duties",
    "Secretary-General’s": "secretary general",
    "l’homme d'État O'Brien don't": "l homme d etat o brien don t",
    "W-2 A/56/PV.1 6+1": "w 2 a 56 pv 1 6 1",
    "snake_case x--y end- -start": "snake case x y end start",
    "об'єднаних обʼєднаних": "об єднаних об єднаних",
    "人权宣言": "人权 权宣 宣言",
    "第1373号决议, 国": "第 1373 号决 决议 国",
    "ひらがなとカタカナ": "ひら らが がな なと とカ カタ タカ カナ",
    "": "",
    "☃ — \0": "",
}


@pytest.mark.parametrize(("text", "found"), WORDS.items())
def test_words_are_cut(text, found):
    assert words(text) == found.split()


def test_a_compound_is_held_joined_and_in_parts():
    found = [(token.text, token.position, token.is_joined) for token in tokens("New counter-terrorism strategy")]
    assert found == [
        ("new", 0, False),
        ("counterterrorism", 1, True),
        ("counter", 1, False),
        ("terrorism", 2, False),
        ("strategy", 3, False),
    ]


def test_every_hyphen_makes_a_compound_and_a_dash_makes_none():
    assert compounds("Counter-Terrorism counter\u2010terrorism counter\u2011terrorism W-2") == {
        "counter-terrorism",
        "w-2",
    }
    assert compounds("counter–terrorism counter — terrorism counter--terrorism 1990-1995 2001-09-11") == set()


def test_tokens_tell_where_they_stand_in_the_text_as_written():
    text = "Straße e\u0301te\u0301, Counter‑Terrorism’s co\u00adoperation 人权法"
    assert [text[token.start : token.end] for token in tokens(text)] == [
        *("Straße", "e\u0301te\u0301", "Counter‑Terrorism", "Counter", "Terrorism", "co\u00adoperation"),
        *("法", "人权", "权法"),
    ]


def test_the_last_character_of_an_unspaced_run_is_found_by_its_beginning():
    held = {token.text for token in tokens("中国")}
    assert held == {"中国", "国"}
    assert is_unspaced("国")
    assert not is_unspaced("é")


def test_long_runs_are_cut():
    assert words("x" * 1000) == ["x" * MAX_WORD_CHARACTERS]
    assert term_positions(["x" * 70 + " x" + " " + "x" * 80]).positions == {"x" * MAX_WORD_CHARACTERS: [0, 2], "x": [1]}


def test_no_phrase_crosses_two_paragraphs():
    found = term_positions(["One two", "", "three-four five"])
    second = 2 + PARAGRAPH_GAP
    third = second + PARAGRAPH_GAP
    assert found.starts == [0, second, third]
    assert found.length == 5
    assert found.compounds == {"three-four"}
    assert found.positions["two"] == [1]
    assert found.positions["threefour"] == found.positions["three"] == [third]
    assert found.positions["five"] == [third + 2]


def test_slugs_are_ascii_in_every_script():
    assert slug_of("The Secretary-General’s Report: Résumé") == "the-secretary-generals-report-resume"
    assert slug_of("S/RES/1373(2001)") == "s-res-1373-2001"
    assert slug_of("Всеобщая декларация") == "vseobshchaya-deklaratsiya"
    assert slug_of("世界人权宣言").isascii()
    assert slug_of("¡…!") == ""


MIXED = st.text(
    alphabet=st.one_of(
        st.characters(max_codepoint=0x17F),
        st.sampled_from("-‑\u00ad'’_ .\u0301\u0308\u0640\u064bİıßéий国権ーﾞสิทธि्\ufe0f\u200b\u200d½²①"),
        st.characters(),
    ),
    max_size=40,
)


@settings(max_examples=150)
@given(MIXED)
@example("\u1100\u1161\u11a8 \uac00\u11a8")
@example("'s's-'s a's-b")
def test_words_tokens_and_positions_agree_on_any_text(text):
    found = tokens(text)
    assert [token.text for token in found if not token.is_joined] == words(text)
    assert sorted((token.text, token.position) for token in found) == sorted(
        (term, place) for term, places in term_positions([text]).positions.items() for place in places
    )
    assert {token.text for token in found} == set(term_positions([text]).positions)


@settings(max_examples=150)
@given(MIXED)
@example(":\u1160")
@example("0\u0e34")
def test_offsets_lead_back_to_what_was_written(text):
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.text in fold(text[token.start : token.end]).replace("-", "")


@settings(max_examples=150)
@given(MIXED)
@example("“It’s” – naïve")
@example("\u0e01\u0e34")
def test_a_text_that_keeps_its_places_is_folded_character_by_character(text):
    if keeps_places(text):
        assert list(fold(text)) == [fold(character) for character in text]
        assert tokens(text) == tokens(text.translate({ord(sign): fold(sign) for sign in text}))


@settings(max_examples=150)
@given(MIXED)
def test_folding_twice_changes_no_word(text):
    assert words(fold(text)) == words(text)
    assert words(" ".join(words(text))) == words(text)
