"""How many of the documents found carry each value of a field, and fall into each decade."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh.snapshot import Snapshot
from documents.search.types import FacetCount, Filters

UNIX_EPOCH = 719_163  # date(1970, 1, 1).toordinal(), from which numpy counts days
DECADES = 1000  # as many as there are years for


def count(snapshot: Snapshot, mask: np.ndarray, field: str) -> tuple[FacetCount, ...]:
    """The values of a keyword field among the documents of the mask."""
    keywords = snapshot.columns.keywords[field]
    counts = np.bincount(keywords.codes[mask[keywords.documents]], minlength=len(keywords.values))
    return _ordered(zip(keywords.values, counts.tolist(), strict=True))


def count_decades(snapshot: Snapshot, mask: np.ndarray, filters: Filters, *, certain: bool) -> tuple[FacetCount, ...]:
    """Possibly, a document counts in each decade that its days touch within the dates asked for; certainly, only in
    one that holds it whole. An open start is counted from the earliest day held.
    """
    columns = snapshot.columns
    dated = mask & columns.is_dated
    if certain:
        dated &= columns.first != schema.OPEN_START
    first = np.maximum(columns.first[dated], schema.day_number(filters.date_from, snapshot.earliest_day))
    last = columns.last[dated]
    if filters.date_to:
        last = np.minimum(last, filters.date_to.toordinal())
    return _ordered(_decade_counts(_decades(first), _decades(last), certain=certain))


def _decade_counts(first: np.ndarray, last: np.ndarray, *, certain: bool) -> Iterable[tuple[str, int]]:
    if certain:
        first, last = first[first == last], last[first == last]
    begun = np.bincount(first, minlength=DECADES + 1)
    ended = np.bincount(last + 1, minlength=DECADES + 1)
    return ((str(decade * 10), int(number)) for decade, number in enumerate(np.cumsum(begun - ended)))


def _decades(days: np.ndarray) -> np.ndarray:
    """The decade of each day number, 199 for the 1990s."""
    years = (days - UNIX_EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years // 10


def _ordered(counts: Iterable[tuple[str, int]]) -> tuple[FacetCount, ...]:
    held = [FacetCount(value, number) for value, number in counts if number]
    return tuple(sorted(held, key=lambda facet: (-facet.count, facet.value)))
