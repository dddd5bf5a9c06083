"""Ranges of days as typed in queries and forms."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.search.dates import (
    day_range_text,
    first_day,
    first_day_text,
    last_day,
    last_day_text,
    parse_day_range,
)

RANGES = {
    "2001": (date(2001, 1, 1), date(2001, 12, 31)),
    "2001-09": (date(2001, 9, 1), date(2001, 9, 30)),
    "2001-9": (date(2001, 9, 1), date(2001, 9, 30)),
    "2000-02": (date(2000, 2, 1), date(2000, 2, 29)),
    "2001-09-11": (date(2001, 9, 11), date(2001, 9, 11)),
    "2001-09..2003": (date(2001, 9, 1), date(2003, 12, 31)),
    " 2001 .. 2003-02 ": (date(2001, 1, 1), date(2003, 2, 28)),
    "..2003": (None, date(2003, 12, 31)),
    "2001..": (date(2001, 1, 1), None),
}


@pytest.mark.parametrize(("text", "days"), RANGES.items())
def test_a_range_runs_from_first_to_last_day(text, days):
    assert parse_day_range(text) == days


@pytest.mark.parametrize("text", ["", "..", "foo", "2001-02-30", "2001-13", "0000", "2005..2001", "2001..foo", "20011"])
def test_what_is_no_range_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"Write .*2001"):
        parse_day_range(text)


def test_a_form_takes_the_first_day_from_and_the_last_day_to():
    assert first_day("2001-02") == date(2001, 2, 1)
    assert last_day("2001-02") == date(2001, 2, 28)
    assert first_day("2001-02-03") == last_day("2001-02-03") == date(2001, 2, 3)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789-. x", max_size=20))
def test_any_text_is_a_range_or_refused(text):
    try:
        earliest, latest = parse_day_range(text)
    except ValueError as error:
        assert str(error).endswith(".")
        return
    assert earliest or latest
    assert not (earliest and latest) or earliest <= latest


@pytest.mark.parametrize(
    "text",
    [
        "2001",
        "2001-09",
        "2000-02",
        "2001-09-11",
        "2001-01-01",
        "2001-09..2003",
        "2001..2003-02",
        "..2003",
        "2001..",
        "0900",
    ],
)
def test_a_range_is_written_as_short_as_it_can_be_typed(text):
    assert day_range_text(*parse_day_range(text)) == text


@settings(max_examples=100, deadline=None)
@given(st.dates(), st.dates())
def test_any_range_is_written_as_it_is_read(one, other):
    earliest, latest = sorted((one, other))
    for days in ((earliest, latest), (None, latest), (earliest, None), (earliest, earliest)):
        assert parse_day_range(day_range_text(*days)) == days
    assert first_day(first_day_text(one)) == one
    assert last_day(last_day_text(one)) == one
