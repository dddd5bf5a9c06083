"""A search as the parameters of its address. One search has one address: the order is always the same."""

from __future__ import annotations

from documents.search.dates import first_day_text, last_day_text
from documents.search.results import Asked
from documents.search.types import KEYWORD_FIELDS, Sort

Parameters = tuple[tuple[str, str], ...]


def parameters_of(asked: Asked) -> Parameters:
    """What differs from an empty search, ready to be written behind a question mark."""
    filters = asked.filters
    keywords = sorted(filters.keywords, key=lambda keyword: KEYWORD_FIELDS.index(keyword.field))
    single = (
        ("from", first_day_text(filters.date_from) if filters.date_from else ""),
        ("to", last_day_text(filters.date_to) if filters.date_to else ""),
        ("dates", "certainly" if asked.certain else ""),
        ("sort", asked.sort.value if asked.sort is not Sort.RELEVANCE else ""),
        ("page", str(asked.page) if asked.page > 1 else ""),
    )
    without = (("without", form) for form in asked.without)
    named = (("q", asked.q), *((keyword.field, keyword.value) for keyword in keywords), *without, *single)
    return tuple((name, value) for name, value in named if value)
