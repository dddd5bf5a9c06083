"""Dates that admit doubt: EDTF expressions (ISO 8601-2, levels 0 to 2), their bounds in days, and their words.

Dates are read by the `edtf` package one at a time; sets and intervals are taken apart here, as the package invents ten
years for an end left out and gives infinities for open ones. https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException
from edtf import parse_edtf as parse_with_package

_CACHED_DATES = 10_000  # an archive holds few different ones; the package takes 3 to 10 ms for each

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DIGITS = re.compile(r"[\dX]{4}(?:-(?:0\d|1[0-2]|1X|0X|X\d|XX)(?:-[\dX]{2})?)?", re.ASCII)
_ONE_DATE = re.compile(r"[\dXSTZ:+.~?%-]+", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(2[1-9]|3\d|4[01])", re.ASCII)
_DECADE = re.compile(r"(\d{3})X", re.ASCII)
_UNSPECIFIED_END = re.compile(r"(?:-XX)+$")
_SIGNIFICANT_DIGITS = re.compile(r"(\d{4})S\d", re.ASCII)
_QUALIFIERS = "~?%"
_EXAMPLES = "Write 2001, 2001-09, 2001-09-11, [2001..2003], [2018..], 2001~, 2001? or 195X, or leave it empty."
_SEASONS = ("spring", "summer", "autumn", "winter")
_FIRST_PART_CODE = 33  # codes from here on mean a quarter, a third or a half of a year
_PARTS = {33: ("first", "second", "third", "fourth"), 37: ("first", "second", "third"), 40: ("first", "second")}
_PART_NAMES = {33: "quarter", 37: "third", 40: "half"}


class DateError(ValueError):
    """A text that is no date, or one that the archive cannot hold; the message says what would do."""


@dataclass(frozen=True, slots=True)
class DateBounds:
    """The first and the last day that a date may mean, both included; None is open, both None is unknown."""

    earliest: date | None
    latest: date | None


@lru_cache(maxsize=_CACHED_DATES)
def parse_edtf(text: str) -> DateBounds:
    """The bounds of an EDTF expression; empty text is an unknown date.

    A doubtful date (`2001~`, `2001?`) has the bounds of what is written: doubt has no measure, so none is invented.
    Raises DateError with a sentence that says what would do.
    """
    text = text.strip()
    if not text:
        return DateBounds(None, None)
    bounds = [_range_bounds(text, part) for part in _parts(text)]
    starts = [part.earliest for part in bounds]
    ends = [part.latest for part in bounds]
    return DateBounds(
        None if None in starts else min(start for start in starts if start),
        None if None in ends else max(end for end in ends if end),
    )


@lru_cache(maxsize=_CACHED_DATES)
def describe_date(text: str) -> str:
    """An EDTF expression in words, never more precise than what it says: "between 2001 and 6 March 2003".

    Raises DateError as parse_edtf() does.
    """
    text = text.strip()
    parse_edtf(text)
    if not text:
        return "date unknown"
    if "/" in text:
        return _describe_interval(*text.split("/"))
    if text[0] == "[":
        return _listed([_describe_choice(part) for part in _parts(text)], "or")
    if text[0] == "{":
        return _listed([_describe_all_of(part) for part in _parts(text)], "and")
    return _describe_one(text)


def machine_date(text: str) -> str | None:
    """The date as <time datetime> takes it; None where the expression is not one certain day, month or year."""
    text = text.strip()
    return text if _DAY.fullmatch(text) and not _SEASON.fullmatch(text) else None


# --- Bounds -----------------------------------------------------------------------------------------------------------


def _parts(text: str) -> list[str]:
    """The members of a set, or the whole; an interval and a member that is a range are written `a..b`."""
    if text[0] + text[-1] in ("[]", "{}"):
        return [part.strip() for part in text[1:-1].split(",")]
    if text.count("/") == 1:
        start, end = ("" if side in ("", "..") else side for side in text.split("/"))
        return [f"{start}..{end}"]
    return [text]


def _range_bounds(text: str, part: str) -> DateBounds:
    start, dots, end = part.partition("..")
    if not dots:
        return _date_bounds(text, part)
    if part == text:
        raise DateError(f"'{text}' is not an EDTF date. Write [{text}] for one date between the two, or {start}/{end}.")
    if not start and not end:
        raise DateError(f"'{text}' names no date. {_EXAMPLES}")
    earliest = _date_bounds(text, start).earliest if start else None
    latest = _date_bounds(text, end).latest if end else None
    if earliest and latest and earliest > latest:
        raise DateError(f"'{text}' ends before it begins. Write the earlier date first.")
    return DateBounds(earliest, latest)


def _date_bounds(text: str, part: str) -> DateBounds:
    """The bounds of one date, `part` of the expression `text`."""
    plain = part.strip(_QUALIFIERS)
    if _DIGITS.fullmatch(plain):
        return _calendar_bounds(text, *plain.split("-"))
    if match := _SEASON.fullmatch(plain):
        if int(match[2]) < _FIRST_PART_CODE:
            return _calendar_bounds(text, match[1])  # nobody agrees on which days are winter, so none is ruled out
    elif re.fullmatch(r"-\d{4}.*|Y-?\d{5,}.*", part):
        raise _year_error(text)
    return _package_bounds(text, part)


def _calendar_bounds(text: str, year: str, month: str = "XX", day: str = "XX") -> DateBounds:
    """The first and last day of the calendar that fit the digits given, X standing for any."""
    years = _fitting(year, 1, 9999)
    if not years or year == "XXXX":
        raise _year_error(text)
    months = _fitting(month, 1, 12)
    first = next(_days(years, months, day), None)
    last = next(_days(years[::-1], months[::-1], day, -1), None)
    if not first or not last:
        raise DateError(f"'{text}' is not a day of the calendar. {_EXAMPLES}")
    return DateBounds(first, last)


def _days(years: Sequence[int], months: Sequence[int], day: str, step: int = 1) -> Iterator[date]:
    """The days that fit, in the order of years and months and, with step -1, the last of a month first."""
    return (
        date(year, month, number)
        for year in years
        for month in months
        for number in _fitting(day, 1, calendar.monthrange(year, month)[1])[::step]
    )


def _fitting(digits: str, first: int, last: int) -> Sequence[int]:
    if digits.isdigit():
        return [int(digits)] if first <= int(digits) <= last else []
    if not digits.strip("X"):
        return range(first, last + 1)
    pattern = re.compile(digits.replace("X", r"\d"))
    return [number for number in range(first, last + 1) if pattern.fullmatch(f"{number:0{len(digits)}}")]


def _package_bounds(text: str, part: str) -> DateBounds:
    """The bounds of what is neither plain nor a season, as the package reads it."""
    if not _ONE_DATE.fullmatch(part):
        raise DateError(f"'{text}' is not an EDTF date. {_EXAMPLES}")
    try:
        expression = parse_with_package(part)
        # What 1950S2 says of its digits, the package holds to be vagueness; other vagueness there is invented.
        is_estimate = _SIGNIFICANT_DIGITS.fullmatch(part)
        lower = expression.lower_fuzzy() if is_estimate else expression.lower_strict()
        upper = expression.upper_fuzzy() if is_estimate else expression.upper_strict()
    except (EDTFParseException, AttributeError, TypeError, ValueError) as error:
        # The package raises the latter three on odd expressions that its grammar lets through.
        raise DateError(f"'{text}' is not an EDTF date. {_EXAMPLES}") from error
    return DateBounds(_day(text, lower), _day(text, upper))


def _day(text: str, moment: struct_time) -> date:
    if not 1 <= moment.tm_year <= 9999:
        raise _year_error(text)
    try:
        return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
    except ValueError as error:
        raise DateError(f"'{text}' is not a day of the calendar. {_EXAMPLES}") from error


def _year_error(text: str) -> DateError:
    return DateError(f"'{text}' lies outside the years 0001 to 9999, which are all that can be held.")


# --- Words ------------------------------------------------------------------------------------------------------------


def _describe_interval(start: str, end: str) -> str:
    if start in ("", ".."):
        return f"until {_describe_one(end)}"
    if end in ("", ".."):
        return f"from {_describe_one(start)} on"
    return f"from {_describe_one(start)} to {_describe_one(end)}"


def _describe_choice(part: str) -> str:
    """A member of `[…]`: the date is one of these."""
    start, dots, end = part.partition("..")
    if not dots:
        return _describe_one(part)
    if start[:4] != end[:4] or (start[4:], end[4:]) == ("-01-01", "-12-31"):
        # The edge of a year is shown as the year, as it is mostly all that was known.
        start, end = start.removesuffix("-01-01"), end.removesuffix("-12-31")
    if not start or not end:
        return f"{_describe_one(start)} or later" if start else f"{_describe_one(end)} or earlier"
    if start == end:
        return _describe_one(start)
    return f"between {_describe_one(start)} and {_describe_one(end)}"


def _describe_all_of(part: str) -> str:
    """A member of `{…}`: the document is of all these dates."""
    start, dots, end = part.partition("..")
    if not dots:
        return _describe_one(part)
    if not start or not end:
        return f"{_describe_one(start)} and later" if start else f"{_describe_one(end)} and earlier"
    return f"{_describe_one(start)} to {_describe_one(end)}"


def _listed(members: list[str], conjunction: str) -> str:
    *others, last = members
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def _describe_one(part: str) -> str:
    is_about = bool(set(part) & set("~%"))
    is_possible = bool(set(part) & set("?%"))
    plain = "".join(character for character in part if character not in _QUALIFIERS)
    doubt = ("possibly " if is_possible else "") + ("about " if is_about else "")
    return doubt + _describe_plain(plain)


def _describe_plain(part: str) -> str:
    part = _UNSPECIFIED_END.sub("", part.partition("T")[0])
    if match := _SEASON.fullmatch(part):
        return _describe_season(match[1], int(match[2]))
    if match := _DAY.fullmatch(part):
        return _describe_day(match[1], match[2], match[3])
    if match := _DECADE.fullmatch(part):
        return f"the {match[1]}0s"
    bounds = parse_edtf(part)
    estimate = f", estimated {part[:4]}" if _SIGNIFICANT_DIGITS.fullmatch(part) else ""
    return _describe_choice(f"{bounds.earliest}..{bounds.latest}") + estimate


def _describe_day(year: str, month: str | None, day: str | None) -> str:
    words = [str(int(day))] if day else []
    if month:
        words.append(calendar.month_name[int(month)])
    return " ".join([*words, str(int(year))])


def _describe_season(year: str, code: int) -> str:
    """A season, or a quarter, third or half of a year, by the codes 21 to 41 of ISO 8601-2."""
    if code < _FIRST_PART_CODE:
        hemisphere = "" if code < 25 else " (Northern Hemisphere)" if code < 29 else " (Southern Hemisphere)"
        return f"{_SEASONS[(code - 21) % 4]} {int(year)}{hemisphere}"
    first = max(start for start in _PARTS if start <= code)
    return f"{_PARTS[first][code - first]} {_PART_NAMES[first]} of {int(year)}"
