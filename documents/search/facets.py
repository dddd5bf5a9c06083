"""Facets as pages show them. A value's count equals the total of the search that its parameters make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from documents.search.labels import Labels
from documents.search.parameters import parameters_of
from documents.search.results import FACET_LABELS, Asked, Facet, FacetValue
from documents.search.types import FacetCount, Filters, Keyword

DECADE = "decade"
MAX_VALUES = 250  # of one facet on a page; all 197 countries fit
DECADE_YEARS = 10

Counts = dict[str, tuple[FacetCount, ...]]


def facet_keywords(asked: Asked, counts: Counts) -> list[Keyword]:
    """Everything that a page needs a label for: the values counted and those asked for."""
    counted = [Keyword(field, value.value) for field, values in counts.items() for value in values[:MAX_VALUES]]
    return [*counted, *asked.filters.keywords]


def build_facets(asked: Asked, counts: Counts, labels: Labels) -> tuple[Facet, ...]:
    """The facets in the order asked for, without those that have no value."""
    facets = (
        Facet(field, FACET_LABELS[field], tuple(_values(asked, field, values[:MAX_VALUES], labels)))
        for field, values in counts.items()
    )
    return tuple(facet for facet in facets if facet.values)


def _values(asked: Asked, field: str, counts: Iterable[FacetCount], labels: Labels) -> list[FacetValue]:
    if field == DECADE:
        return _decades(asked, counts, labels)
    values = [_keyword_value(asked, Keyword(field, count.value), count.count, labels) for count in counts]
    shown = {value.value for value in values}
    selected = [keyword for keyword in asked.filters.keywords if keyword.field == field and keyword.value not in shown]
    values += [_keyword_value(asked, keyword, 0, labels) for keyword in selected]
    return sorted(values, key=lambda value: not value.is_selected)


def _keyword_value(asked: Asked, keyword: Keyword, count: int, labels: Labels) -> FacetValue:
    chosen = asked.filters.keywords
    is_selected = keyword in chosen
    keywords = tuple(other for other in chosen if other != keyword) if is_selected else (*chosen, keyword)
    label = labels.get((keyword.field, keyword.value), keyword.value)
    return _value(asked, keyword.value, label, count, is_selected, replace(asked.filters, keywords=keywords))


def _value(asked: Asked, value: str, label: str, count: int, is_selected: bool, filters: Filters) -> FacetValue:
    return FacetValue(value, label, count, is_selected, parameters_of(replace(asked, filters=filters, page=1)))


def _decades(asked: Asked, counts: Iterable[FacetCount], labels: Labels) -> list[FacetValue]:
    """In time. Within a range that was asked for, a decade's link asks for the days that both have.

    Where ranges on a line meet two by two, all of them meet: so a document that may be of the range and of the decade
    may be of what they share, and the count stays true.
    """
    values = []
    for count in sorted(counts, key=lambda count: int(count.value)):
        shared = _shared(asked.filters, int(count.value))
        if shared:
            is_selected = shared == (asked.filters.date_from, asked.filters.date_to)
            start, end = (None, None) if is_selected else shared
            filters = replace(asked.filters, date_from=start, date_to=end)
            label = labels[DECADE, count.value]
            values.append(_value(asked, count.value, label, count.count, is_selected, filters))
    return values


def _shared(filters: Filters, first_year: int) -> tuple[date, date] | None:
    """The days that the decade and the range asked for share, if any."""
    start = max(date(first_year or 1, 1, 1), filters.date_from or date.min)
    end = min(date(first_year + DECADE_YEARS - 1, 12, 31), filters.date_to or date.max)
    return (start, end) if start <= end else None
