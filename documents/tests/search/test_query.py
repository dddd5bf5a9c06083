"""The query language, as DESIGN section 5 tells it: what is typed, the tree, the notes, and the way back to text."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.search.query import MAX_WORDS, parse_query, to_text
from documents.search.trees import (
    And,
    AtLeast,
    Compound,
    DateRange,
    Exact,
    Fuzzy,
    InField,
    Keyword,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Prefix,
    Symbol,
    Wildcard,
    Word,
    walk,
)

A, B, C, D = (Word(letter) for letter in "abcd")
BORDER, SECURITY = Word("border"), Word("security")
RES_1373 = Symbol("S/RES/1373(2001)")

UNDERSTOOD = {
    "": MatchAll(),
    "   ": MatchAll(),
    "*": MatchAll(),
    "border security": And((BORDER, SECURITY)),
    "border AND security": And((BORDER, Word("security", is_apart=True))),
    "(a AND b) AND (c d)": And((A, Word("b", is_apart=True), Word("c", is_apart=True), D)),
    '"a b" AND c': And((Phrase(("a", "b")), C)),
    "* AND a": A,
    "a AND a": A,
    "(a OR b) AND c": And((Or((A, B)), C)),
    "a AND (b OR c) AND NOT d": And((A, Or((B, C)), Not(D))),
    "Résumé": Word("resume"),
    "the": Word("the"),
    "a a": A,
    "'border', security.": And((BORDER, SECURITY)),
    '"freedom of information"': Phrase(("freedom", "of", "information")),
    "“freedom of information”": Phrase(("freedom", "of", "information")),
    "«liberté d’expression»": Phrase(("liberte", "d", "expression")),
    '"one"': Exact("one"),
    '"border security"~5': Phrase(("border", "security"), 5),
    "=terrorism": Exact("terrorism"),
    "a OR b": Or((A, B)),
    "a b OR c d": Or((And((A, B)), And((C, D)))),
    "(a OR b) c": And((Or((A, B)), C)),
    "(a (b c)) d": And((A, B, C, D)),
    "NOT a": Not(A),
    "-a": Not(A),
    "-a -b": And((Not(A), Not(B))),
    "NOT NOT a": A,
    "-(a b)": Not(And((A, B))),
    '-"a b"': Not(Phrase(("a", "b"))),
    "a - b": And((A, B)),
    "a or b": And((A, Word("or"), B)),
    "terror*": Prefix("terror"),
    "counter-terror*": Prefix("counterterror"),
    "organi?ation": Wildcard("organi?ation"),
    "Kyrgyzstan~": Fuzzy("kyrgyzstan"),
    "counter-terrorism": Compound(("counter", "terrorism")),
    "counter‑terrorism": Compound(("counter", "terrorism")),
    "=counter-terrorism": Or((Exact("counterterrorism"), Phrase(("counter", "terrorism")))),
    "W-2": Compound(("w", "2")),
    "6+1": Phrase(("6", "1")),
    "2001-09-11": Phrase(("2001", "09", "11")),
    "12:30": Phrase(("12", "30")),
    "http://un.org": Phrase(("http", "un", "org")),
    "Note: border": And((Word("note"), BORDER)),
    "l’homme": Word("homme"),
    "O'Brien": Phrase(("o", "brien")),
    "Secretary-General's": Compound(("secretary", "general")),
    "人权": Word("人权"),
    "人权宣言": Phrase(("人权", "权宣", "宣言")),
    "国": Prefix("国"),
    "title:border": InField("title", BORDER),
    "title: border": InField("title", BORDER),
    "TITLE:border": InField("title", BORDER),
    "title:(border OR security)": InField("title", Or((BORDER, SECURITY))),
    'text:"border security"': InField("text", Phrase(("border", "security"))),
    "title:S/RES/1373": InField("title", Phrase(("s", "res", "1373"))),
    "title:*": MatchAll(),
    'body:"United Nations Office on Drugs"': Keyword("body", "united-nations-office-on-drugs"),
    "lang:zh-Hans": Keyword("language", "zh-hans"),
    "tag:border security": And((Keyword("tag", "border"), SECURITY)),
    "tag:(a OR b)": Or((Keyword("tag", "a"), Keyword("tag", "b"))),
    "-collection:udhr": Not(Keyword("collection", "udhr")),
    "place:Genève": Keyword("place", "geneve"),
    "name:UNCCT type:Resolution": And((Keyword("name", "uncct"), Keyword("type", "resolution"))),
    "symbol:S/RES/1373 (2001)": Keyword("symbol", "s-res-1373-2001"),
    "symbol:s-res-1373-2001": Keyword("symbol", "s-res-1373-2001"),
    "date:2001": DateRange(date(2001, 1, 1), date(2001, 12, 31)),
    "date:2001-09..2003": DateRange(date(2001, 9, 1), date(2003, 12, 31)),
    "date:..2003": DateRange(None, date(2003, 12, 31)),
    "date:2001..": DateRange(date(2001, 1, 1), None),
    "S/RES/1373": Symbol("S/RES/1373"),
    "s/res/1373 (2001)": RES_1373,
    "resolution 1373 (2001)": RES_1373,
    "(resolution 1373 (2001))": RES_1373,
    "-S/RES/1373(2001)": Not(RES_1373),
    '"S/RES/1373 (2001)"': RES_1373,
    "resolution 1373": Symbol("S/RES/1373"),
    "resolution (1373)": And((Word("resolution"), Word("1373"))),
    "A/RES/60/288 A/60/L.62": And((Symbol("A/RES/60/288"), Symbol("A/60/L.62"))),
    "A/56/PV.1": Symbol("A/56/PV.1"),
    "* border": BORDER,
    "a OR *": MatchAll(),
    "NOT *": MatchNone(),
}

# What is odd, the tree it gives, and a part of the sentence that says so.
NOTED = {
    '"': (MatchAll(), "quotation mark was opened"),
    '"border security': (And((BORDER, SECURITY)), "quotation mark was opened"),
    "(": (MatchAll(), "bracket was opened"),
    "(a OR b": (Or((A, B)), "bracket was opened"),
    ")": (MatchAll(), "bracket was closed"),
    "a) b": (And((A, B)), "bracket was closed"),
    "()": (MatchAll(), "no word to search for"),
    "NOT": (Word("not"), "NOT had nothing to work on"),
    "OR": (Word("or"), "OR had nothing to work on"),
    "a OR": (And((A, Word("or"))), "OR had nothing to work on"),
    "AND a": (And((Word("and"), A)), "AND had nothing to work on"),
    "☃ a": (A, "'☃' holds no letter or digit"),
    "🕊": (MatchAll(), "every document is shown"),
    "a\0b": (And((A, B)), "cannot be shown"),
    "autor:a": (
        And((Word("autor"), A)),
        "Unknown search field 'autor'. Fields: body, collection, date, lang, name, place,",
    ),
    "title:": (Word("title"), "title: needs a value"),
    "title:(tag:a b)": (InField("title", And((Word("tag"), A, B))), "tag: cannot stand within another field"),
    "tag:☃": (MatchAll(), "holds no letter or digit"),
    "tag:bord*": (Keyword("tag", "bord"), "compared whole"),
    "date:foo": (Word("foo"), "'foo' is not a date"),
    "date:2005..2001": (Phrase(("2005", "2001")), "ends before it begins"),
    "te*": (Word("te"), "at least 3 letters"),
    "*ism": (Word("ism"), "* stands for the end of one word"),
    "?????": (MatchAll(), "? for one letter"),
    "terr* secu* bord* free*": (
        And((Prefix("terr"), Prefix("secu"), Prefix("bord"), Word("free"))),
        "3 times in a search; 'free*'",
    ),
    "terrorism?": (Word("terrorism"), "question mark"),
    "te~": (Word("te"), "at least 4 letters"),
    "terrorism~ security~ border~": (And((Fuzzy("terrorism"), Fuzzy("security"), BORDER)), "2 times in a search"),
    '"border security"~99': (Phrase(("border", "security"), 20), "at most 20 words apart"),
    '"border security"~': (Phrase(("border", "security")), "only a number of words"),
    '"terror* act"': (Phrase(("terror", "act")), "every word is exact"),
    "S/RES/13*": (Symbol("S/RES/13"), "searched whole"),
    "(" * 500 + "a" + ")" * 500: (A, "depth of 10"),
}


@pytest.mark.parametrize(("typed", "root"), UNDERSTOOD.items())
def test_what_is_understood_needs_no_note(typed, root):
    assert parse_query(typed).root == root
    assert parse_query(typed).notes == ()


@pytest.mark.parametrize(("typed", "outcome"), NOTED.items())
def test_what_is_not_understood_is_taken_as_words_and_said_so(typed, outcome):
    root, sentence = outcome
    parsed = parse_query(typed)
    assert parsed.root == root
    assert sentence in " ".join(parsed.notes)


def test_unclosed_quote_is_taken_as_text():
    assert parse_query('border "security').root == And((BORDER, SECURITY))


def test_no_reading_of_a_resolution_is_the_other_bodys():
    for typed in ("S/RES/1373", "resolution 1373", "Security Council resolution 1373", "resolution 1373 (2001)"):
        assert "A/RES/1373" not in to_text(parse_query(typed).root)
    assert parse_query("General Assembly resolution 1373 (XIV)").root == Symbol("A/RES/1373(XIV)")


def test_long_queries_are_cut_and_said_so():
    parsed = parse_query("border " + "." * 2000)
    assert parsed.root == BORDER
    assert parsed.notes == ("Only the first 1,000 characters of the search were read.",)


def test_many_words_are_cut_and_said_so():
    parsed = parse_query(" ".join(f"w{number}" for number in range(100)))
    assert isinstance(parsed.root, And)
    assert len(parsed.root.children) == MAX_WORDS
    assert parsed.notes == (f"Only the first {MAX_WORDS} words were searched.",)


def test_a_long_phrase_is_cut_and_said_so():
    parsed = parse_query('"' + " ".join(f"w{number}" for number in range(30)) + '"')
    assert parsed.root == Phrase(tuple(f"w{number}" for number in range(20)))
    assert "first 20 words" in parsed.notes[0]


def test_a_note_is_given_once():
    assert len(parse_query("autor:a autor:b ) ) )").notes) == 2


@pytest.mark.parametrize("typed", [*UNDERSTOOD, *NOTED])
def test_a_tree_is_typed_as_a_query_that_gives_it_again(typed):
    root = parse_query(typed).root
    assert parse_query(to_text(root)).root == root


def test_links_are_short():
    assert to_text(parse_query('Border  AND (Security OR "a b"~3) NOT tag:x date:2001-09..2003').root) == (
        'border (security OR "a b"~3) -tag:x date:2001-09..2003'
    )


def test_words_that_AND_keeps_apart_stay_apart_in_links():
    assert to_text(parse_query("counter AND terrorism strategy").root) == "counter AND terrorism strategy"
    assert to_text(parse_query("covid 19").root) == "covid 19"


def test_nodes_that_cannot_be_typed_are_refused():
    with pytest.raises(TypeError, match="AtLeast cannot be typed"):
        to_text(AtLeast(1, (A, B)))


PIECES = st.sampled_from(
    [
        *(
            '"',
            "(",
            ")",
            "-",
            "=",
            "*",
            "?",
            "~",
            "~5",
            ":",
            "..",
            "'",
            " ",
            " ",
            " ",
            "OR ",
            "AND ",
            "NOT ",
            "\0",
            "☃",
            "国",
        ),
        *("title:", "tag:", "date:", "symbol:", "autor:", "lang:", "2001", "2001-09", "1373", "(2001)", "S/RES/1373"),
        *("resolution ", "terror", "counter-terrorism", "l’", "é", "a", "b", "the ", "人权", "A/60/L.62", "’s", "٣"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("resolution AND 1373")
@example("-resolution (1373*)")
@example("title:resolution (1373)")
@example("a b (c AND a) AND b")
@example("terror?-")
@example("title:(=counter-terrorism OR -(a b))")
def test_any_mixture_of_the_grammar_has_a_tree_and_a_way_back(typed):
    root = parse_query(typed).root
    assert parse_query(to_text(root)).root == root


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
@example("ŉ")
@example("resolution ٣")
def test_any_text_has_a_tree_and_a_way_back(typed):
    parsed = parse_query(typed)
    assert sum(1 for _ in walk(parsed.root)) <= 3 * MAX_WORDS
    assert all(note.endswith(".") for note in parsed.notes)
    assert parse_query(to_text(parsed.root)).root == parsed.root
