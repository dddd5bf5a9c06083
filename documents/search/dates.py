"""Days and ranges of days as readers type them in queries and forms, 2001-09 or 2001..2003, read and written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_TEXTS_KEPT = 1000  # of days; a page writes those of every year that it counts
_LENGTHS = (4, 7, 10)  # characters of a year, a month and a day


def first_day(text: str) -> date:
    """The first day of a year, month or day.

    Raises ValueError with a sentence that says what would do.
    """
    year, month, day = _numbers(text)
    return _day(text, year, month or 1, day or 1)


def last_day(text: str) -> date:
    """The last day of a year, month or day; raises ValueError as first_day() does."""
    year, month, day = _numbers(text)
    first = _day(text, year, month or 12, day or 1)
    return first if day else first.replace(day=calendar.monthrange(first.year, first.month)[1])


def parse_day_range(text: str) -> tuple[date | None, date | None]:
    """The first and the last day of `2001`, `2001-09..2003`, `..2003` or `2001..`; None is an open end.

    Raises ValueError with a sentence that says what would do.
    """
    start, dots, end = (part.strip() for part in text.partition(".."))
    if not dots:
        return first_day(start), last_day(start)
    if not start and not end:
        raise ValueError(f"'{text}' names no date. Write 2001, 2001-09, 2001-09-11, 2001..2003, ..2003 or 2001...")
    earliest = first_day(start) if start else None
    latest = last_day(end) if end else None
    if earliest and latest and earliest > latest:
        raise ValueError(f"'{text}' ends before it begins. Write the earlier date first: {end}..{start}.")
    return earliest, latest


@lru_cache(maxsize=_TEXTS_KEPT)
def first_day_text(day: date) -> str:
    """As short as first_day() reads alike: 2001 for 1 January 2001."""
    return _shortest(day, first_day)


@lru_cache(maxsize=_TEXTS_KEPT)
def last_day_text(day: date) -> str:
    """As short as last_day() reads alike: 2001 for 31 December 2001."""
    return _shortest(day, last_day)


def day_range_text(earliest: date | None, latest: date | None) -> str:
    """As short as parse_day_range() reads alike: 2001, 2001-09..2003 or ..2003. One end at least is given."""
    if earliest and latest:
        for length in _LENGTHS:
            text = earliest.isoformat()[:length]
            if parse_day_range(text) == (earliest, latest):
                return text
    start = first_day_text(earliest) if earliest else ""
    return f"{start}..{last_day_text(latest) if latest else ''}"


def _shortest(day: date, reading: Callable[[str], date]) -> str:
    written = (day.isoformat()[:length] for length in _LENGTHS)
    return next(text for text in written if reading(text) == day)


def _numbers(text: str) -> tuple[int, int | None, int | None]:
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise ValueError(f"'{text}' is not a date. Write a year, month or day: 2001, 2001-09 or 2001-09-11.")
    year, month, day = (int(number) if number else None for number in match.groups())
    return year or 0, month, day


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(
            f"'{text}' is not a day of the calendar. Write one such as 2001, 2001-09 or 2001-09-11."
        ) from error
