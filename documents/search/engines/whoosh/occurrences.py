"""Where words and rows of words occur, for one search: what was read once is kept until the search is answered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from documents.search.engines.whoosh.postings import POSITION_BITS, Postings
from documents.search.engines.whoosh.snapshot import Snapshot

Row = tuple[str, ...]  # words in a row; most often one


def row_of(form: str) -> Row:
    """A form's words: a form of several words stands for these words in a row."""
    return tuple(form.split(" "))


class Occurrences:
    """All arrays named `keys` are sorted and hold one number an occurrence, as Postings.keys() makes them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.size = len(snapshot.columns)
        self._postings: dict[tuple[str, str], Postings] = {}
        self._rows: dict[tuple[str, Row], np.ndarray] = {}

    def postings(self, field: str, word: str) -> Postings:
        wanted = (field, word)
        if wanted not in self._postings:
            self._postings[wanted] = self.snapshot.postings(field, word)
        return self._postings[wanted]

    def documents(self, row: Row, fields: Sequence[str]) -> int:
        """How many live documents hold the row in any of the fields."""
        found = [self._documents(row, field) for field in fields]
        return len(found[0]) if len(found) == 1 else len(np.union1d(*found))

    def counts(self, rows: Sequence[Row], field: str) -> np.ndarray:
        """By document, how often any of the rows occurs; rows that begin at the same word there count once."""
        if any(len(row) > 1 for row in rows):
            keys = np.unique(np.concatenate([self.row_keys(row, field) for row in rows]))
            return self.counts_of(keys)
        counts = np.zeros(self.size)
        for (word,) in rows:
            found = self.postings(field, word)
            counts[found.ids] += found.counts
        return counts

    def counts_of(self, keys: np.ndarray) -> np.ndarray:
        return np.bincount(keys >> POSITION_BITS, minlength=self.size).astype(float)

    def row_keys(self, row: Row, field: str) -> np.ndarray:
        """Where the words stand in a row: the keys of the first word."""
        if len(row) == 1:
            return self.postings(field, row[0]).keys()
        wanted = (field, row)
        if wanted not in self._rows:
            self._rows[wanted] = self._find_row(row, field)
        return self._rows[wanted]

    def near_keys(self, words: Row, slop: int, field: str) -> np.ndarray:
        """Where all the words stand within `slop` words of one another: the keys of the leftmost of them.

        Words side by side are always near enough; a word given twice must stand there twice.
        """
        span = max(slop, len(words) - 1)
        keys = {word: self._keys_within(field, word, words) for word in set(words)}
        starts = np.unique(np.concatenate(list(keys.values())))
        for word, held in keys.items():
            needed = np.searchsorted(held, starts) + words.count(word) - 1
            is_held = needed < len(held)
            starts, needed = starts[is_held], needed[is_held]
            starts = starts[held[needed] - starts <= span]
        return starts

    def _documents(self, row: Row, field: str) -> np.ndarray:
        if len(row) == 1:
            return self.postings(field, row[0]).ids
        return np.unique(self.row_keys(row, field) >> POSITION_BITS)

    def _find_row(self, row: Row, field: str) -> np.ndarray:
        """The rarest words first, so that the common ones are compared in few documents."""
        places = sorted(range(len(row)), key=lambda place: len(self.postings(field, row[place]).positions))
        found = self._keys_within(field, row[places[0]], row) - places[0]
        for place in places[1:]:
            held = self.postings(field, row[place]).of_live(self._mask(found >> POSITION_BITS))
            found = np.intersect1d(found, held.keys() - place, assume_unique=True)
        return found

    def _keys_within(self, field: str, word: str, words: Row) -> np.ndarray:
        """The word's keys in the documents that hold all the words."""
        rarest = min(words, key=lambda other: len(self.postings(field, other).ids))
        return self.postings(field, word).of_live(self._mask(self.postings(field, rarest).ids)).keys()

    def _mask(self, ids: np.ndarray) -> np.ndarray:
        mask = np.zeros(self.size + 1, bool)
        mask[np.clip(ids, 0, self.size)] = True
        return mask
