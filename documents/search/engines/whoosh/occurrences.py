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
        mask = np.zeros(self.size, bool)
        for field in fields:
            mask[self._documents(row, field)] = True
        return int(mask.sum())

    def counts(self, rows: Sequence[Row], field: str) -> np.ndarray:
        """By document, how often any of the rows occurs; rows that begin at the same word there count once."""
        if any(len(row) > 1 for row in rows):
            return self.counts_of(_merged([self.row_keys(row, field) for row in rows]))
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
        by_rarity = sorted(set(words), key=lambda word: len(self.postings(field, word).positions))
        rarest = self._keys_within(field, by_rarity[0], words)
        keys = {word: _close_to(rarest, self._keys_within(field, word, words), span) for word in by_rarity}
        starts = _merged(list(keys.values()))
        for word, held in keys.items():
            needed = np.searchsorted(held, starts) + words.count(word) - 1
            is_held = needed < len(held)
            starts, needed = starts[is_held], needed[is_held]
            starts = starts[held[needed] - starts <= span]
        return starts

    def _documents(self, row: Row, field: str) -> np.ndarray:
        """The documents of the row, some of them more than once."""
        if len(row) == 1:
            return self.postings(field, row[0]).ids
        return self.row_keys(row, field) >> POSITION_BITS

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


def _merged(arrays: list[np.ndarray]) -> np.ndarray:
    """The numbers of all the arrays, ascending, each once. Each array is so already, which a stable sort makes use of;
    numpy.unique hashes, which takes ten times as long.
    """
    numbers = np.sort(np.concatenate(arrays), kind="stable")
    is_first = np.ones(len(numbers), bool)
    is_first[1:] = numbers[1:] != numbers[:-1]
    return numbers[is_first]


def _close_to(rarest: np.ndarray, keys: np.ndarray, span: int) -> np.ndarray:
    """The keys that are at most `span` from one of the rarest word's: of common words few are."""
    if not len(rarest):
        return rarest
    following = np.searchsorted(rarest, keys)
    after = rarest[np.minimum(following, len(rarest) - 1)]
    before = rarest[np.maximum(following - 1, 0)]
    return keys[(np.abs(after - keys) <= span) | (np.abs(keys - before) <= span)]
