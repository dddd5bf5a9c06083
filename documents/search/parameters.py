"""A search as the parameters of its address. One search has one address: the order is always the same."""

from __future__ import annotations

from datetime import date

from documents.search.dates import first_day_text, last_day_text
from documents.search.results import Asked
from documents.search.types import KEYWORD_FIELDS, Sort

Parameters = tuple[tuple[str, str], ...]

_ORDER = ("q", *KEYWORD_FIELDS, "without", "from", "to", "dates", "sort", "page")


def parameters_of(asked: Asked) -> Parameters:
    """What differs from an empty search, ready to be written behind a question mark."""
    filters = asked.filters
    keywords = sorted(filters.keywords, key=lambda keyword: KEYWORD_FIELDS.index(keyword.field))
    single = (
        *days(filters.date_from, filters.date_to),
        ("dates", "certainly" if asked.certain else ""),
        ("sort", asked.sort.value if asked.sort is not Sort.RELEVANCE else ""),
        ("page", str(asked.page) if asked.page > 1 else ""),
    )
    without = (("without", form) for form in asked.without)
    named = (("q", asked.q), *((keyword.field, keyword.value) for keyword in keywords), *without, *single)
    return tuple((name, value) for name, value in named if value)


def on_page(whole: Parameters, page: int) -> Parameters:
    """A page of a search, by its parameters without one."""
    return (*whole, ("page", str(page))) if page > 1 else whole


def sorted_by(whole: Parameters, sort: Sort) -> Parameters:
    """A search in another order, by its parameters without page."""
    others = tuple(pair for pair in whole if pair[0] != "sort")
    return (*others, ("sort", sort.value)) if sort is not Sort.RELEVANCE else others


def days(start: date | None, end: date | None) -> Parameters:
    """A range of dates; an open end is left out."""
    first = (("from", first_day_text(start)),) if start else ()
    last = (("to", last_day_text(end)),) if end else ()
    return (*first, *last)


def parted(parameters: Parameters, name: str) -> tuple[Parameters, Parameters]:
    """The parameters of a search at the place where one more of this name stands."""
    place = sum(_ORDER.index(held) <= _ORDER.index(name) for held, _ in parameters)
    return parameters[:place], parameters[place:]
