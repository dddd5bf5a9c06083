"""Facets as pages show them. A value's count equals the total of the search that its parameters make."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from documents.search.labels import Labels
from documents.search.parameters import Parameters, days, parameters_of, parted
from documents.search.results import FACET_LABELS, Asked, Facet, FacetValue
from documents.search.schema import DECADE, PERIOD_YEARS, SPAN, YEAR
from documents.search.trees import Keyword
from documents.search.types import FacetCount, Filters

EVERY_VALUE = sys.maxsize
MAX_VALUES = 250  # of one facet in what is given to machines; all 197 countries fit

Counts = dict[str, tuple[FacetCount, ...]]


def first_values(asked: Asked, counts: Counts, most: int) -> Counts:
    """So many values of each facet at most, those asked for before all. Years are given where all of them are."""
    return {
        field: _chosen_first(asked, field, values)[:most]
        for field, values in counts.items()
        if field != SPAN and not (field == YEAR and len(values) > most)
    }


def facet_keywords(asked: Asked, counts: Counts) -> list[Keyword]:
    """Everything that a page needs a label for: the values counted and those asked for."""
    counted = [Keyword(field, value.value) for field, values in counts.items() for value in values]
    return [*counted, *asked.filters.keywords]


def build_facets(asked: Asked, counts: Counts, shown: Counts, labels: Labels) -> tuple[Facet, ...]:
    """The facets in the order asked for, without those that have no value."""
    parameters = parameters_of(replace(asked, page=1))
    facets = (
        Facet(field, FACET_LABELS[field], tuple(_values(asked, parameters, field, values, labels)), len(counts[field]))
        for field, values in shown.items()
    )
    return tuple(facet for facet in facets if facet.values)


def days_shared(filters: Filters, first_year: int, years: int) -> tuple[date, date] | None:
    """The days that so many years and the range asked for share, if any."""
    start = max(date(first_year or 1, 1, 1), filters.date_from or date.min)
    end = min(date(first_year + years - 1, 12, 31), filters.date_to or date.max)
    return (start, end) if start <= end else None


def _chosen_first(asked: Asked, field: str, counts: tuple[FacetCount, ...]) -> tuple[FacetCount, ...]:
    chosen = {keyword.value for keyword in asked.filters.keywords if keyword.field == field}
    return tuple(sorted(counts, key=lambda count: count.value not in chosen)) if chosen else counts


def _values(
    asked: Asked, parameters: Parameters, field: str, counts: Iterable[FacetCount], labels: Labels
) -> list[FacetValue]:
    """parameters: those of the list without its page."""
    if field in PERIOD_YEARS:
        return _periods(asked, field, counts, labels)
    before, after = parted(parameters, field)
    counted = dict(counts)
    chosen = [keyword.value for keyword in asked.filters.keywords if keyword.field == field]
    links = {value: (*before, (field, value), *after) for value in counted}
    links |= {value: tuple(pair for pair in parameters if pair != (field, value)) for value in chosen}
    values = [
        FacetValue(value, labels.get((field, value), value), counted.get(value, 0), value in chosen, link)
        for value, link in links.items()
    ]
    return sorted(values, key=lambda value: not value.is_selected)


def _periods(asked: Asked, field: str, counts: Iterable[FacetCount], labels: Labels) -> list[FacetValue]:
    """In time. Within a range that was asked for, the link of a decade or year asks for the days that both have.

    Where ranges on a line meet two by two, all of them meet: so a document that may be of the range and of the decade
    may be of what they share, and the count stays true.
    """
    undated = replace(asked.filters, date_from=None, date_to=None)
    before, after = parted(parameters_of(replace(asked, filters=undated, page=1)), "from")
    values = []
    for count in sorted(counts, key=lambda count: int(count.value)):
        first_year = int(count.value)
        shared = days_shared(asked.filters, first_year, PERIOD_YEARS[field])
        if shared:
            is_selected = shared == (asked.filters.date_from, asked.filters.date_to)
            start, end = _way_out(field, first_year) if is_selected else shared
            parameters = (*before, *days(start, end), *after)
            values.append(FacetValue(count.value, labels[field, count.value], count.documents, is_selected, parameters))
    return values


def _way_out(field: str, first_year: int) -> tuple[date, date] | tuple[None, None]:
    """Out of a year one comes to its decade, out of a decade to all time."""
    decade = first_year // PERIOD_YEARS[DECADE] * PERIOD_YEARS[DECADE]
    return days_shared(Filters(), decade, PERIOD_YEARS[DECADE]) or (None, None) if field == YEAR else (None, None)
