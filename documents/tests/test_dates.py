"""EDTF expressions: their bounds, their words, and what is refused."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.dates import DateBounds, DateError, describe_date, machine_date, parse_edtf

BOUNDS = {
    "2001": ("2001-01-01", "2001-12-31"),
    "2001-09": ("2001-09-01", "2001-09-30"),
    "2000-02": ("2000-02-01", "2000-02-29"),
    "2001-09-11": ("2001-09-11", "2001-09-11"),
    " 2001 ": ("2001-01-01", "2001-12-31"),
    "[2001-01-01..2003-03-06]": ("2001-01-01", "2003-03-06"),
    "[2018..]": ("2018-01-01", None),
    "[..2003]": (None, "2003-12-31"),
    "[1667, 1668..1670]": ("1667-01-01", "1670-12-31"),
    "{..1983-12-31,1984-10-10}": (None, "1984-10-10"),
    "1946/1949": ("1946-01-01", "1949-12-31"),
    "/2003": (None, "2003-12-31"),
    "../2003": (None, "2003-12-31"),
    "2003/": ("2003-01-01", None),
    "2003/..": ("2003-01-01", None),
    "1984?/2004-06~": ("1984-01-01", "2004-06-30"),
    "195X": ("1950-01-01", "1959-12-31"),
    "19XX~": ("1900-01-01", "1999-12-31"),
    "2001-XX-XX": ("2001-01-01", "2001-12-31"),
    "2001-1X": ("2001-10-01", "2001-12-31"),
    "20XX-02-29": ("2000-02-29", "2096-02-29"),
    "1950S2": ("1900-01-01", "1999-12-31"),
    "2001-24": ("2001-01-01", "2001-12-31"),
    "2001-33": ("2001-01-01", "2001-03-31"),
    "2004-01-01T10:10:10Z": ("2004-01-01", "2004-01-01"),
}

WORDS = {
    "": "date unknown",
    "2011-02-02": "2 February 2011",
    "2001-09": "September 2001",
    "2001": "2001",
    "[2001-01-01..2003-03-06]": "between 2001 and 6 March 2003",
    "[2001-02-01..2003-12-31]": "between 1 February 2001 and 2003",
    "[2001-10-01..2001-12-31]": "between 1 October 2001 and 31 December 2001",
    "[2001-01-01..2001-12-31]": "2001",
    "[2018..]": "2018 or later",
    "[..2003]": "2003 or earlier",
    "[1667,1668,1670]": "1667, 1668 or 1670",
    "[1667,1668..1670]": "1667 or between 1668 and 1670",
    "{1667,1668}": "1667 and 1668",
    "1950~": "about 1950",
    "1950?": "possibly 1950",
    "1950%": "possibly about 1950",
    "2001-09~-11": "about 11 September 2001",
    "195X": "the 1950s",
    "19XX": "between 1900 and 1999",
    "2001-XX": "2001",
    "2001-09-XX": "September 2001",
    "1950S2": "between 1900 and 1999, estimated 1950",
    "2001-21": "spring 2001",
    "2001-32": "winter 2001 (Southern Hemisphere)",
    "2001-36": "fourth quarter of 2001",
    "2001-41": "second half of 2001",
    "1946/1949": "from 1946 to 1949",
    "2004-06~/2004-08": "from about June 2004 to August 2004",
    "2003/..": "from 2003 on",
    "/2003": "until 2003",
}

REFUSED = [
    *("31 Feb 2001", "2001-02-31", "2001-02-29", "2001-00", "2001-13", "2001-9", "99999", "-0005", "0000", "XXXX"),
    *(
        "Y170000002",
        "2005/2001",
        "[2003..2001]",
        "2001..2003",
        "[2001",
        "[]",
        "/",
        "../..",
        "2001//2002",
        "[2001/2002]",
    ),
    *("2001-02-3X", "200X-02-30", "2001-99", "２００１", "a", "\0", "open/1984", "[2001..2002..2003]", "2001-W05"),
]


@pytest.mark.parametrize(("text", "bounds"), BOUNDS.items())
def test_bounds_are_those_of_the_expression(text, bounds):
    parsed = parse_edtf(text)
    assert (parsed.earliest and str(parsed.earliest), parsed.latest and str(parsed.latest)) == bounds


@pytest.mark.parametrize("doubt", "~?%")
def test_doubt_adds_no_days(doubt):
    assert parse_edtf("1950" + doubt) == parse_edtf("1950")
    assert parse_edtf("1950-03-04" + doubt) == parse_edtf("1950-03-04")


def test_an_empty_date_is_unknown():
    assert parse_edtf("") == parse_edtf("  ") == DateBounds(None, None)


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_dates_are_told_in_words(text, words):
    assert describe_date(text) == words


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_date_is_refused_in_a_sentence(text):
    with pytest.raises(DateError, match=re.escape(f"'{text}'")) as refusal:
        parse_edtf(text)
    assert str(refusal.value).endswith(".")
    with pytest.raises(DateError):
        describe_date(text)


def test_a_refused_date_tells_what_would_do():
    with pytest.raises(DateError, match=r"not an EDTF date\. Write 2001, 2001-09, 2001-09-11"):
        parse_edtf("31 Feb 2001")
    with pytest.raises(DateError, match="earlier date first"):
        parse_edtf("2005/2001")


@pytest.mark.parametrize("text", ["2001", "2001-09", "2001-09-11"])
def test_a_certain_day_month_or_year_has_a_machine_form(text):
    assert machine_date(text) == text


@pytest.mark.parametrize("text", ["", "2001~", "195X", "2001-21", "[2018..]", "1946/1949"])
def test_other_dates_have_no_machine_form(text):
    assert machine_date(text) is None


@settings(max_examples=100)
@given(st.text(alphabet="0123456789-/.[]{},XSTYZ~?%: ", max_size=24))
def test_any_text_is_a_date_or_refused(text):
    try:
        bounds = parse_edtf(text)
    except DateError:
        return
    assert not (bounds.earliest and bounds.latest) or bounds.earliest <= bounds.latest
    assert describe_date(text)


@settings(max_examples=100)
@given(st.dates(), st.dates())
def test_two_days_bound_a_range_in_order(start, end):
    text = f"[{start}..{end}]"
    if start <= end:
        assert parse_edtf(text) == DateBounds(start, end)
        assert str(end.year) in describe_date(text)
    else:
        with pytest.raises(DateError):
            parse_edtf(text)


def test_bounds_are_plain_dates():
    assert isinstance(parse_edtf("195X").earliest, date)
