"""From an expanded query to the documents that match it, with their scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh.occurrences import Occurrences
from documents.search.trees import (
    And,
    AtLeast,
    DateRange,
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
from documents.search.types import SCORED_FIELDS, TEXT_FIELDS, Filters

LAST_DAY = date.max.toordinal()

Fields = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The live documents that match, ascending, and the score of each."""

    ids: np.ndarray
    scores: np.ndarray


class Evaluator:
    """Evaluates the expanded query of one search."""

    def __init__(self, occurrences: Occurrences, *, certain: bool) -> None:
        self._occurrences = occurrences
        self._snapshot = occurrences.snapshot
        self._columns = occurrences.snapshot.columns
        self._certain = certain

    def evaluate(self, node: Node, fields: Fields = TEXT_FIELDS) -> Matches:
        match node:
            case InField(field=field, child=child):
                return self.evaluate(child, (field,))
            case Not(child=child):
                return self._unscored(~self._occurrences.mask([self.evaluate(child, fields).ids]))
            case And(children=children):
                return self._at_least(len(children), children, fields)
            case Or(children=children):
                return self._at_least(1, children, fields)
            case AtLeast(minimum=minimum, children=children):
                return self._at_least(minimum, children, fields)
            case Forms(is_scored=False):
                return self._unscored(self._holding(node, fields))
            case Forms() | Phrase():
                return self.leaf(node, fields)
        return self._unscored(self._mask(node))

    def leaf(self, leaf: Node, fields: Fields) -> Matches:
        """The documents of a Forms or Phrase node."""
        return self._occurrences.keep(("leaf", leaf, fields), lambda: self._score(leaf, fields), _bytes)

    def matching_filters(self, filters: Filters) -> np.ndarray:
        """The mask of the live documents that pass every filter."""
        mask = self._snapshot.live.copy()
        for keyword in filters.keywords:
            mask &= self._keyword(keyword.field, {keyword.value})
        if filters.date_from or filters.date_to:
            mask &= self._dated(filters.date_from, filters.date_to)
        return mask

    def rarity(self, node: Node, fields: Fields) -> float:
        """What finding this part says: BM25's idf, of the documents that match it."""
        return schema.rarity(self._snapshot.documents, len(self.evaluate(node, fields).ids))

    def _holding(self, leaf: Node, fields: Fields) -> np.ndarray:
        """The mask of the documents in which the leaf occurs."""
        return self._occurrences.mask([self._occurrences.counts(leaf, field)[0] for field in fields])

    def _mask(self, node: Node) -> np.ndarray:
        match node:
            case Keyword(field=field, value=value):
                return self._keyword(field, {value})
            case Symbol(symbol=symbol):
                return self._symbol(symbol)
            case DateRange(earliest=earliest, latest=latest):
                return self._dated(earliest, latest)
            case MatchAll():
                return self._snapshot.live
            case MatchNone():
                return np.zeros(self._occurrences.size, bool)
        raise TypeError(f"No rule for {type(node).__name__} in a query.")

    def _at_least(self, minimum: int, children: Iterable[Node], fields: Fields) -> Matches:
        found = [self.evaluate(child, fields) for child in children]
        if not minimum:
            return self._unscored(self._snapshot.live)
        if len(found) == 1:
            return found[0]
        size = self._occurrences.size
        ids = np.concatenate([part.ids for part in found])
        scores = np.bincount(ids, np.concatenate([part.scores for part in found]), size)
        matching = (np.bincount(ids, minlength=size) >= minimum).nonzero()[0]
        return Matches(matching, scores[matching])

    def _unscored(self, mask: np.ndarray) -> Matches:
        ids = (mask & self._snapshot.live).nonzero()[0]
        return Matches(ids, np.zeros(len(ids)))

    def _score(self, leaf: Node, fields: Fields) -> Matches:
        """BM25F. Headings and names add to the score of what title or text match."""
        weighed = self._weighed(leaf, fields)
        ids = weighed.nonzero()[0]
        total = weighed[ids]
        if fields == TEXT_FIELDS:
            total = total + self._weighed(leaf, SCORED_FIELDS[len(TEXT_FIELDS) :])[ids]
        rarity = schema.rarity(self._snapshot.documents, len(ids))
        return Matches(ids, total * (rarity * (schema.BM25_K1 + 1)) / (total + schema.BM25_K1))

    def _weighed(self, leaf: Node, fields: Fields) -> np.ndarray:
        """By document, the occurrences in these fields, each weighed by the field and its length."""
        ids, weights = zip(*self._weighed_by_field(leaf, fields), strict=True)
        return np.bincount(np.concatenate(ids), np.concatenate(weights), self._occurrences.size)

    def _weighed_by_field(self, leaf: Node, fields: Fields) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for field in fields:
            ids, counts = self._occurrences.counts(leaf, field)
            yield ids, schema.FIELD_WEIGHTS[field] * counts / self._snapshot.length_norms[field][ids]

    def _keyword(self, field: str, values: set[str]) -> np.ndarray:
        return self._columns.keywords[field].holding(values, self._occurrences.size)

    def _symbol(self, symbol: str) -> np.ndarray:
        return self._keyword("symbol", set(self._occurrences.symbols_asked(symbol)))

    def _dated(self, earliest: date | None, latest: date | None) -> np.ndarray:
        """Documents that may be dated within these days, or that certainly are."""
        first = schema.day_number(earliest, schema.OPEN_START)
        last = schema.day_number(latest, LAST_DAY)
        columns = self._columns
        if self._certain:
            return columns.is_dated & (columns.first >= first) & (columns.last <= last)
        return columns.is_dated & (columns.last >= first) & (columns.first <= last)


def _bytes(matches: Matches) -> int:
    return matches.ids.nbytes + matches.scores.nbytes
