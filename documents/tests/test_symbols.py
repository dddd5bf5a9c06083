"""United Nations symbols: one normal form from all usual spellings, and none where there is none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.symbols import SymbolReader, find_bare_resolutions, find_symbols, normalise, slug

NORMAL_FORMS = {
    "S/RES/1373": "S/RES/1373",
    "s/res/1373 (2001)": "S/RES/1373(2001)",
    "resolution 1373 (2001)": "S/RES/1373(2001)",
    "Security Council resolution 1373 (2001)": "S/RES/1373(2001)",
    "A/RES/60/288": "A/RES/60/288",
    "resolution 60/288": "A/RES/60/288",
    "A/RES/217 (III)": "A/RES/217(III)",
    "A/RES/217(III)A": "A/RES/217(III)A",
    "resolution 217 A (III)": "A/RES/217(III)A",
    "A/RES/3201(S-VI)": "A/RES/3201(S-VI)",
    "A/RES/ES-10/2": "A/RES/ES-10/2",
    "General Assembly resolution 48/75 L": "A/RES/48/75L",
    "Human Rights Council resolution 16/18": "A/HRC/RES/16/18",
    "A/60/L.62": "A/60/L.62",
    "S/PRST/2001/31": "S/PRST/2001/31",
    "a/56/pv.1": "A/56/PV.1",
    "S/PV.4385": "S/PV.4385",
    "S/2001/1154": "S/2001/1154",
    "S/4741": "S/4741",
    "e/cn.4/sub.2/1999/3/add.1": "E/CN.4/Sub.2/1999/3/Add.1",
    "S/AC.37/2003/(1455)/1": "S/AC.37/2003/(1455)/1",
}


@pytest.mark.parametrize(("text", "symbol"), NORMAL_FORMS.items())
def test_every_spelling_has_one_normal_form(text, symbol):
    assert normalise(text) == symbol
    assert normalise(symbol) == symbol


@pytest.mark.parametrize(
    "text", ["", "and/or", "he/she", "24/7", "km/h", "A/B", "S/RES", "1373", "resolution 1373", "a S/4741"]
)
def test_what_is_no_symbol_has_no_normal_form(text):
    assert normalise(text) is None


def test_slug_names_the_address():
    assert slug("S/RES/1373(2001)") == "s-res-1373-2001"
    assert slug("A/60/L.62") == "a-60-l-62"


def named(text, found):
    return [(symbol.symbol, text[symbol.start : symbol.end]) for symbol in found]


def test_symbols_are_found_where_they_stand():
    text = "Guided by resolutions 1267 (1999), 1333 (2000) and 1373 (2001), see S/RES/1373(2001). Draft (A/60/L.62)."
    assert named(text, find_symbols(text)) == [
        ("S/RES/1267(1999)", "resolutions 1267 (1999)"),
        ("S/RES/1333(2000)", "1333 (2000)"),
        ("S/RES/1373(2001)", "1373 (2001)"),
        ("S/RES/1373(2001)", "S/RES/1373(2001)"),
        ("A/60/L.62", "A/60/L.62"),
    ]


def test_a_list_may_mix_years_and_sessions():
    text = "under General Assembly resolutions 60/288 and 217 A (III)"
    assert [symbol.symbol for symbol in find_symbols(text)] == ["A/RES/60/288", "A/RES/217(III)A"]


@pytest.mark.parametrize(
    "text",
    [
        "Economic and Social Council resolution 1996/31",
        "the Commission's resolution 48/3",
        "resolution 1373 of that year",
        "resolution 5 (i) and 6 (ii)",
        "s/res/1373 in small letters",
        "24/7, and/or, N/A, his/her",
    ],
)
def test_doubtful_mentions_are_left_alone(text):
    assert find_symbols(text) == []


def test_a_bare_number_is_the_security_councils_unless_the_assembly_is_named():
    assert [symbol.symbol for symbol in find_bare_resolutions("resolution 1373 and the like")] == ["S/RES/1373"]
    assert [symbol.symbol for symbol in find_bare_resolutions("General Assembly resolution 1373")] == ["A/RES/1373"]


@pytest.mark.parametrize(
    "text", ["resolution 1373 (2001)", "resolution 60/288", "Commission resolution 5", "resolution 217 A (III)"]
)
def test_a_number_with_a_year_or_session_is_not_bare(text):
    assert find_bare_resolutions(text) == []


def read(*paragraphs):
    """(symbol, words, is it inferred) of all that the paragraphs name, read in order."""
    reader = SymbolReader()
    return [
        (found.symbol, text[found.start : found.end], found.is_inferred)
        for text in paragraphs
        for found in reader.read(text)
    ]


def told(text):
    return [symbol for symbol, _, _ in read(text)]


FIRST = "Security Council resolution 1373 (2001) was adopted."


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ("What resolution 1373 asks of States.", "resolution 1373"),
        ("Compliance with 1373 is essential.", "1373"),
        ("The 1373 Committee met.", "1373"),
        ("Security Council resolution 1373 binds all.", "Security Council resolution 1373"),
    ],
)
def test_what_was_named_in_full_is_known_by_its_number(later, words):
    assert read(FIRST, later)[1:] == [("S/RES/1373(2001)", words, True)]


@pytest.mark.parametrize(
    "later",
    [
        "1373 people",
        "1,373",
        "1373 km",
        "US$ 1373",
        "since 1373",
        "paragraph 1373",
        "13.73",
        "+1373",
        "1373-1375",
        "1373%",
    ],
)
def test_the_same_number_of_something_else_is_left_alone(later):
    assert len(read(FIRST, f"There were {later} of them.")) == 1


def test_a_year_is_no_resolution_though_one_has_its_number():
    assert len(read("Resolution 1991 (2011) was adopted.", "In June, 1991, war broke out; 1991 was a dark year.")) == 1


def test_a_number_before_its_resolution_is_named_tells_nothing():
    assert [words for _, words, _ in read("Compliance with 1373.", FIRST)] == [
        "Security Council resolution 1373 (2001)"
    ]


def test_a_body_and_a_number_name_a_resolution_without_its_year():
    assert read("Security Council resolution 1325 and General Assembly resolution 194") == [
        ("S/RES/1325", "Security Council resolution 1325", False),
        ("A/RES/194", "General Assembly resolution 194", False),
    ]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        (
            "The Security Council met. In resolutions 242, 246 and 338 it spoke.",
            ["S/RES/242", "S/RES/246", "S/RES/338"],
        ),
        ("Security Council resolutions 1368 and 1373 (2001)", ["S/RES/1368", "S/RES/1373(2001)"]),
        ("Security Council resolution 687 of 3 April 1991", ["S/RES/687(1991)"]),
        ("resolutions 1373 (2001) of 28 September 2001 and 1377 (2001)", ["S/RES/1373(2001)", "S/RES/1377(2001)"]),
        ("The Assembly debated resolution 1325 of the Security Council.", ["S/RES/1325"]),
        ("the wide-ranging Council resolution 1373 (2001)", ["S/RES/1373(2001)"]),
        ("UNSCR 1325", ["S/RES/1325"]),
        ("the Security Council; the Arab League, in its resolution 5373", []),
        ("Security Council resolutions 242 and 20 others", ["S/RES/242"]),
        ("Security Council resolution 39 1373 (2001)", []),
        ("resolution 1373 of that year", []),
        ("see A/50/864/Annex and A/42/PV", ["A/50/864"]),
        ("15-29816 39/45 A/70/PV.25 02/10/2015 development", []),
        ("welcome progress A/63/PV.13 08-53122 12 achieved", []),
    ],
)
def test_the_context_tells_what_is_named(text, symbols):
    assert told(text) == symbols


@given(st.lists(st.text(alphabet="SARES/()0123456789 resolution,and.IVX", max_size=60), max_size=4))
def test_symbols_stand_in_order_and_apart_whatever_is_read(paragraphs):
    reader = SymbolReader()
    for text in paragraphs:
        found = reader.read(text)
        assert all(0 <= symbol.start < symbol.end <= len(text) for symbol in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(slug(symbol.symbol) for symbol in found)
