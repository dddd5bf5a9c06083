"""United Nations symbols: one normal form from all usual spellings, and none where there is none."""

import pytest

from documents.symbols import find_bare_resolutions, find_symbols, normalise, slug

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
