"""How many of the documents found carry each value of a field, and fall into each decade or year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh.snapshot import Snapshot
from documents.search.types import FacetCount, Filters

YEARS = 10_000  # as many as dates have
OPEN_YEAR = 0  # one before the first that dates know


def count(snapshot: Snapshot, mask: np.ndarray, field: str) -> tuple[FacetCount, ...]:
    """The values of a keyword field among the documents of the mask."""
    keywords = snapshot.columns.keywords[field]
    counts = np.bincount(keywords.codes[mask[keywords.documents]])
    codes = counts.nonzero()[0]
    codes = codes[np.argsort(-counts[codes], kind="stable")]  # values ascend with their codes
    return tuple(map(FacetCount, map(keywords.values.__getitem__, codes.tolist()), counts[codes].tolist()))


def count_periods(
    snapshot: Snapshot, mask: np.ndarray, filters: Filters, years: int, *, certain: bool
) -> tuple[FacetCount, ...]:
    """By the first years of periods of so many years: possibly, a document counts in each period that its days touch
    within the dates asked for; certainly, only in one that holds it whole. An open start is counted from the earliest
    day held.
    """
    columns = snapshot.columns
    dated = mask & columns.is_dated
    if certain:
        dated &= columns.first != schema.OPEN_START
    earliest = max(snapshot.earliest_day, schema.day_number(filters.date_from, otherwise=snapshot.earliest_day))
    first = np.maximum(columns.first_years[dated], date.fromordinal(max(earliest, 1)).year)
    last = columns.last_years[dated]
    if filters.date_to:
        last = np.minimum(last, filters.date_to.year)
    counts = _period_counts(first // years, last // years, certain=certain)
    return _ordered((str(period * years), number) for period, number in counts)


def count_spans(snapshot: Snapshot, mask: np.ndarray) -> tuple[FacetCount, ...]:
    """The first and last years of the documents of the mask, in pairs."""
    columns = snapshot.columns
    dated = mask & columns.is_dated
    first = np.where(columns.first == schema.OPEN_START, OPEN_YEAR, columns.first_years)
    pairs, counts = np.unique((first * YEARS + columns.last_years)[dated], return_counts=True)
    return _ordered(
        (_span(*divmod(pair, YEARS)), number) for pair, number in zip(pairs.tolist(), counts.tolist(), strict=True)
    )


def _span(first: int, last: int) -> str:
    return f"{'' if first == OPEN_YEAR else first}/{last}"


def _period_counts(first: np.ndarray, last: np.ndarray, *, certain: bool) -> Iterable[tuple[int, int]]:
    # An open start is counted from the earliest day held, which may be after all that was asked for.
    is_counted = first == last if certain else first <= last
    first, last = first[is_counted], last[is_counted]
    if not len(first):
        return ()
    earliest = int(first.min())
    size = int(last.max()) - earliest + 2
    begun = np.bincount(first - earliest, minlength=size)
    ended = np.bincount(last - earliest + 1, minlength=size)
    counts = np.cumsum(begun - ended)
    periods = counts.nonzero()[0]
    return zip((periods + earliest).tolist(), counts[periods].tolist(), strict=True)


def _ordered(counts: Iterable[tuple[str, int]]) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(*count) for count in sorted(counts, key=lambda count: (-count[1], count[0])))
