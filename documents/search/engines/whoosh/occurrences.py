"""Where words and rows of words occur. What was read is kept in the snapshot's cache, and here till the search ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TypeVar

import numpy as np

from documents import symbols
from documents.search import schema
from documents.search.engines.whoosh.arrays import ragged
from documents.search.engines.whoosh.fields import CITATIONS
from documents.search.engines.whoosh.postings import EMPTY, POSITION_BITS, Postings
from documents.search.engines.whoosh.snapshot import Snapshot
from documents.search.engines.whoosh.windows import Wanted, within_reach
from documents.search.trees import Forms, Node, Phrase, Symbol

Row = tuple[str, ...]  # words in a row; most often one
Kept = TypeVar("Kept")

NO_KEYS = np.zeros(0, np.int64)
LOOKED_UP_ABOVE = 64  # times as many: to look for a word at each place takes less time than to read all of its places
MERGED_BELOW = 4  # times as many numbers: to merge them all takes less time than to look up the few


def row_of(form: str) -> Row:
    """A form's words: a form of several words stands for these words in a row."""
    return tuple(form.split(" "))


class Occurrences:
    """All arrays named `keys` are sorted and hold one number an occurrence, as Postings.keys() makes them.

    A leaf is a Forms or a Phrase node, which occurs where the first of its words stands, or a Symbol, which does in
    fields.CITATIONS.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.size = len(snapshot.columns)
        self._kept: dict[Hashable, object] = {}

    def keep(self, key: Hashable, make: Callable[[], Kept], size_of: Callable[[Kept], int]) -> Kept:
        """What was worked out under this key in this search or one before it, else what `make` gives now."""
        if key not in self._kept:
            self._kept[key] = self.snapshot.cache.get(key, make, size_of)
        return self._kept[key]  # type: ignore[return-value]  # a key stands for one kind of thing

    def postings(self, field: str, word: str) -> Postings:
        if not self.snapshot.may_hold(field, word):
            return EMPTY
        return self.keep(("postings", field, word), lambda: self.snapshot.postings(field, word), _bytes_of_postings)

    def documents(self, row: Row, fields: Sequence[str]) -> int:
        """How many live documents hold the row in any of the fields."""
        found = [ids for ids in (self._documents(row, field) for field in fields) if len(ids)]
        if len(row) == 1 and len(found) <= 1:
            return sum(map(len, found))
        return int(self.mask(found).sum())

    def mask(self, parts: Sequence[np.ndarray]) -> np.ndarray:
        """By document, whether it is in any of the parts."""
        mask = np.zeros(self.size, bool)
        for ids in parts:
            mask[ids] = True
        return mask

    def symbols_asked(self, symbol: str) -> list[str]:
        """The slugs held that answer to a symbol."""
        asked = symbols.slug(symbol)
        values = self.snapshot.columns.keywords["symbol"].beginning_with(asked)
        return [value for value in values if schema.is_symbol_asked(asked, value)]

    def counts(self, leaf: Node, field: str) -> tuple[np.ndarray, np.ndarray]:
        """Documents, some of them more than once, and how often the leaf occurs there: numbers to be added up.

        Words count each for itself, though one may be the beginning of another there: `lo*` finds "long" and "longterm"
        in "long-term". Words in a row count where no word of the leaf stands: "counterterrorism" is found already where
        the row "counter terrorism" is written with a hyphen.
        """
        if not isinstance(leaf, Forms):
            return _by_document(self.keys(leaf, field))
        found = [self.postings(field, form.text) for form in leaf.forms if " " not in form.text]
        held = [part for part in found if len(part.ids)]
        rows = merged([self._all_row_keys(row_of(form.text), field) for form in leaf.forms if " " in form.text])
        if len(rows):
            documents = _by_document(rows)[0]
            rows = _except(rows, merged([part.of(documents).keys() for part in held]))
        ids, counts = _by_document(rows)
        return np.concatenate([ids, *(part.ids for part in held)]), np.concatenate(
            [counts, *(part.counts for part in held)]
        )

    def keys(self, leaf: Node, field: str, documents: np.ndarray | None = None) -> np.ndarray:
        """Where the leaf occurs, places that several of its forms share once; where documents are given, which ascend,
        in these alone.
        """
        match leaf:
            case Forms(forms=forms):
                return merged([self._row_keys(row_of(form.text), field, documents) for form in forms])
            case Phrase(words=words, slop=0):
                return self._row_keys(words, field, documents)
            case Phrase(words=words, slop=slop):
                near = self.keep(
                    ("near", field, words, slop), lambda: self._find_near(words, slop, field), _bytes_of_array
                )
                return _in_documents(near, documents)
            case Symbol(symbol=symbol):
                return self.citations(self.symbols_asked(symbol), documents)
        raise TypeError(f"{type(leaf).__name__} is no leaf of words.")

    def citations(self, slugs: Collection[str], documents: np.ndarray | None) -> np.ndarray:
        """Where the symbols are cited. Only the paragraph of a place is known, so that two of them may share a key."""
        return np.sort(np.concatenate([NO_KEYS, *(self._row_keys((slug,), CITATIONS, documents) for slug in slugs)]))

    def _row_keys(self, row: Row, field: str, documents: np.ndarray | None) -> np.ndarray:
        if len(row) == 1:
            held = self.postings(field, row[0])
            return (held if documents is None else held.of(documents)).keys()
        return _in_documents(self._all_row_keys(row, field), documents)

    def _all_row_keys(self, row: Row, field: str) -> np.ndarray:
        if not all(self.snapshot.may_hold(field, word) for word in row):
            return NO_KEYS
        return self.keep(("row", field, row), lambda: self._find_row(row, field), _bytes_of_array)

    def _documents(self, row: Row, field: str) -> np.ndarray:
        """The documents of the row, some of them more than once."""
        if len(row) == 1:
            return self.postings(field, row[0]).ids
        return self._all_row_keys(row, field) >> POSITION_BITS

    def _find_row(self, row: Row, field: str) -> np.ndarray:
        """The rarest words first, so that the common ones are compared in few documents."""
        documents = self._holding_all(row, field)
        if not len(documents):
            return NO_KEYS
        places = sorted(range(len(row)), key=lambda place: len(self.postings(field, row[place]).ids))
        found = self._keys_in(documents, row[places[0]], field) - places[0]
        for place in places[1:]:
            if not len(found):
                break
            held = self.postings(field, row[place])
            if held.total > LOOKED_UP_ABOVE * len(found):
                found = found[held.stands_at(found + place)]
            else:
                found = _common(found, self._keys_in(_by_document(found)[0], row[place], field) - place)
        return found

    def _find_near(self, words: Row, slop: int, field: str) -> np.ndarray:
        """Where all the words stand within `slop` words of one another: the keys of the leftmost of them.

        Words side by side are always near enough; a word given twice must stand there twice.
        """
        documents = self._holding_all(words, field)
        by_rarity = sorted(set(words), key=lambda word: len(self.postings(field, word).ids))
        wanted = [Wanted(self._keys_in(documents, word, field), words.count(word)) for word in by_rarity]
        return within_reach(wanted, max(slop, len(words) - 1))

    def _keys_in(self, documents: np.ndarray, word: str, field: str) -> np.ndarray:
        """The word's keys in the documents, and all of them where most are: they are read the fastest."""
        held = self.postings(field, word)
        return (held if 2 * len(documents) > len(held.ids) else held.of(documents)).keys()

    def _holding_all(self, words: Row, field: str) -> np.ndarray:
        """The documents that hold all the words, wherever they stand."""
        first, *others = sorted((self.postings(field, word).ids for word in set(words)), key=len)
        for ids in others:
            if not len(first):
                break
            first = first[self.mask([ids])[first]]
        return first


def merged(arrays: list[np.ndarray]) -> np.ndarray:
    """The numbers of all the arrays, ascending, each once; numpy.unique hashes, which takes ten times as long."""
    held = [numbers for numbers in arrays if len(numbers)]
    if len(held) <= 1:
        return held[0] if held else NO_KEYS
    numbers = np.concatenate(held)
    numbers.sort(kind="stable")  # it merges what is sorted already
    is_again = numbers[1:] == numbers[:-1]
    return numbers[np.concatenate([[True], ~is_again])] if is_again.any() else numbers


def _in_documents(keys: np.ndarray, documents: np.ndarray | None) -> np.ndarray:
    """The keys that lie in the documents, which ascend."""
    if documents is None:
        return keys
    starts = np.searchsorted(keys, documents << POSITION_BITS)
    ends = np.searchsorted(keys, (documents + 1) << POSITION_BITS)
    return keys[ragged(starts, ends - starts)]


def _by_document(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The documents of the keys, and how many each has."""
    documents = keys >> POSITION_BITS
    starts = np.flatnonzero(np.concatenate([[True], documents[1:] != documents[:-1]])) if len(keys) else NO_KEYS
    return documents[starts], np.diff(starts, append=len(keys))


def _except(keys: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The keys that are not among the others; both ascend."""
    if not len(others):
        return keys
    places = np.minimum(np.searchsorted(others, keys), len(others) - 1)
    return keys[others[places] != keys]


def _common(few: np.ndarray, many: np.ndarray) -> np.ndarray:
    """The numbers of `few` that are among `many`; both ascend, and hold each number once."""
    if len(many) < MERGED_BELOW * len(few):
        numbers = np.concatenate([few, many])
        numbers.sort(kind="stable")
        return numbers[:-1][numbers[1:] == numbers[:-1]]
    places = np.searchsorted(many, few)
    is_inside = places < len(many)
    few, places = few[is_inside], places[is_inside]
    return few[many[places] == few]


def _bytes_of_array(keys: np.ndarray) -> int:
    return keys.nbytes


def _bytes_of_postings(postings: Postings) -> int:
    return 3 * postings.ids.nbytes  # ids, counts, and where the positions are; these are read from the file again
