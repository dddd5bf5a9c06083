"""A search as the parameters of its address. One search has one address: the order is always the same."""

from __future__ import annotations

import calendar
from datetime import date

from documents.search.results import Asked
from documents.search.types import KEYWORD_FIELDS, Sort

Parameters = tuple[tuple[str, str], ...]


def parameters_of(asked: Asked) -> Parameters:
    """What differs from an empty search, ready to be written behind a question mark."""
    filters = asked.filters
    keywords = sorted(filters.keywords, key=lambda keyword: KEYWORD_FIELDS.index(keyword.field))
    single = (
        ("from", _first_day(filters.date_from) if filters.date_from else ""),
        ("to", _last_day(filters.date_to) if filters.date_to else ""),
        ("dates", "certainly" if asked.certain else ""),
        ("sort", asked.sort.value if asked.sort is not Sort.RELEVANCE else ""),
        ("page", str(asked.page) if asked.page > 1 else ""),
    )
    named = (("q", asked.q), *((keyword.field, keyword.value) for keyword in keywords), *single)
    return tuple((name, value) for name, value in named if value)


def _first_day(day: date) -> str:
    """As short as says the same: 2001 for 1 January 2001."""
    if day.day > 1:
        return day.isoformat()
    return f"{day:%Y-%m}" if day.month > 1 else f"{day.year:04}"


def _last_day(day: date) -> str:
    """As short as says the same: 2001 for 31 December 2001."""
    if day.day < calendar.monthrange(day.year, day.month)[1]:
        return day.isoformat()
    return f"{day.year:04}-{day.month:02}" if day.month < 12 else f"{day.year:04}"
