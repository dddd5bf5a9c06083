"""From an expanded query to the documents that match it, with their scores, as arrays over all documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from documents import symbols
from documents.search import schema
from documents.search.engines.whoosh.occurrences import Occurrences, row_of
from documents.search.types import (
    TEXT_FIELDS,
    And,
    AtLeast,
    DateRange,
    Filters,
    Forms,
    InField,
    Keyword,
    MatchAll,
    MatchNone,
    Node,
    Not,
    Or,
    Phrase,
    Symbol,
)

LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Matches:
    """By document: whether it matches, and its score, which is 0 where it does not."""

    mask: np.ndarray
    scores: np.ndarray


class Evaluator:
    """Evaluates the expanded query of one search."""

    def __init__(self, occurrences: Occurrences, *, certain: bool) -> None:
        self._occurrences = occurrences
        self._snapshot = occurrences.snapshot
        self._columns = occurrences.snapshot.columns
        self._certain = certain

    def evaluate(self, node: Node, fields: Sequence[str] = TEXT_FIELDS) -> Matches:
        match node:
            case InField(field=field, child=child):
                return self.evaluate(child, (field,))
            case Not(child=child):
                return self._unscored(~self.evaluate(child, fields).mask)
            case And(children=children):
                return self._at_least(len(children), children, fields)
            case Or(children=children):
                return self._at_least(1, children, fields)
            case AtLeast(minimum=minimum, children=children):
                return self._at_least(minimum, children, fields)
        return self._leaf(node, fields)

    def matching_filters(self, filters: Filters) -> np.ndarray:
        """The mask of the live documents that pass every filter."""
        mask = self._snapshot.live.copy()
        for keyword in filters.keywords:
            mask &= self._keyword(keyword.field, {keyword.value})
        if filters.date_from or filters.date_to:
            mask &= self._dated(filters.date_from, filters.date_to)
        return mask

    def _leaf(self, node: Node, fields: Sequence[str]) -> Matches:
        match node:
            case Forms(forms=forms):
                rows = [row_of(form.text) for form in forms]
                return self._scored({field: self._occurrences.counts(rows, field) for field in fields})
            case Phrase(words=words, slop=slop):
                return self._scored({field: self._phrase_counts(words, slop, field) for field in fields})
            case Keyword(field=field, value=value):
                return self._unscored(self._keyword(field, {value}))
            case Symbol(symbol=symbol):
                return self._unscored(self._symbol(symbol))
            case DateRange(earliest=earliest, latest=latest):
                return self._unscored(self._dated(earliest, latest))
            case MatchAll():
                return self._unscored(np.ones(self._occurrences.size, bool))
            case MatchNone():
                return self._unscored(np.zeros(self._occurrences.size, bool))
        raise TypeError(f"No rule for {type(node).__name__} in a query.")

    def _at_least(self, minimum: int, children: Iterable[Node], fields: Sequence[str]) -> Matches:
        matched = np.zeros(self._occurrences.size, np.int64)
        scores = np.zeros(self._occurrences.size)
        for child in children:
            found = self.evaluate(child, fields)
            matched += found.mask
            scores += found.scores
        mask = self._snapshot.live & (matched >= minimum)
        return Matches(mask, np.where(mask, scores, 0.0))

    def _unscored(self, mask: np.ndarray) -> Matches:
        return Matches(mask & self._snapshot.live, np.zeros(self._occurrences.size))

    def _scored(self, counts: dict[str, np.ndarray]) -> Matches:
        """BM25F over one term, whose occurrences by document stand in `counts`, field by field."""
        mask = np.zeros(self._occurrences.size, bool)
        weighed = np.zeros(self._occurrences.size)
        for field, of_field in counts.items():
            mask |= of_field > 0
            weighed += schema.FIELD_WEIGHTS[field] * of_field / self._snapshot.length_norms[field]
        held = int(mask.sum())
        rarity = np.log(1 + (self._snapshot.documents - held + 0.5) / (held + 0.5))
        return Matches(mask, rarity * weighed * (schema.BM25_K1 + 1) / (weighed + schema.BM25_K1))

    def _phrase_counts(self, words: tuple[str, ...], slop: int, field: str) -> np.ndarray:
        if slop:
            return self._occurrences.counts_of(self._occurrences.near_keys(words, slop, field))
        return self._occurrences.counts([words], field)

    def _keyword(self, field: str, values: set[str]) -> np.ndarray:
        return self._columns.keywords[field].holding(values, self._occurrences.size)

    def _symbol(self, symbol: str) -> np.ndarray:
        asked = symbols.slug(symbol)
        values = self._columns.keywords["symbol"].values
        return self._keyword("symbol", {value for value in values if schema.is_symbol_asked(asked, value)})

    def _dated(self, earliest: date | None, latest: date | None) -> np.ndarray:
        """Documents that may be dated within these days, or that certainly are."""
        first = schema.day_number(earliest, schema.OPEN_START)
        last = schema.day_number(latest, LAST_DAY)
        columns = self._columns
        if self._certain:
            return columns.is_dated & (columns.first >= first) & (columns.last <= last)
        return columns.is_dated & (columns.last >= first) & (columns.first <= last)
