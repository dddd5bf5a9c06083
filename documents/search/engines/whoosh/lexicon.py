"""The words held: their frequencies, their forms, and words spelt nearly like another."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from documents.search.stemming import FormIndex, forget_stems

Splits = dict[str, list[tuple[str, ...]]]  # by joined form, the parts of the hyphenated words seen


class Lexicon:
    """The words of titles and texts. Those of removed documents stay until their segment is merged, so that what
    comes from here is checked against the live documents.

    frequencies: by word, the documents that hold it in the title and those that do in the text, added up, for choosing
    among words; compounds: those seen in each segment.
    """

    def __init__(self, frequencies: Counter[str], compounds: Sequence[Splits], earlier: Lexicon | None) -> None:
        """What was worked out of the words is taken from `earlier` where it holds the same ones."""
        self.frequencies = frequencies
        self._compounds = compounds
        self._form_indexes: dict[str, FormIndex] = {}
        self._lock = threading.Lock()
        if earlier and earlier.frequencies.keys() == frequencies.keys():
            self._form_indexes = earlier._form_indexes
            self._lock = earlier._lock

    def __contains__(self, word: str) -> bool:
        return word in self.frequencies

    @cached_property
    def words(self) -> list[str]:
        return sorted(self.frequencies)

    def splits(self, joined: str) -> list[tuple[str, ...]]:
        """The ways in which the joined form was seen with hyphens."""
        return sorted({parts for compounds in self._compounds for parts in compounds.get(joined, ())})

    def forms(self, word: str, languages: Sequence[str]) -> set[str]:
        """The word if held, and the forms of it that are held, in any of the languages."""
        found = {word} & self.frequencies.keys()
        for language in languages:
            found |= self._form_index(language).forms(word)
        return found & self.frequencies.keys()

    def forget(self) -> None:
        """Drop the families of forms that searches have asked for, and all stems."""
        with self._lock:
            for forms in self._form_indexes.values():
                forms.forget()
        forget_stems()

    def beginning_with(self, prefix: str) -> list[str]:
        return self.words[bisect_left(self.words, prefix) : bisect_left(self.words, prefix + "\U0010ffff")]

    def shaped_like(self, pattern: str) -> list[str]:
        """Words of the pattern's shape, `?` standing for one letter."""
        shape = re.compile("".join("." if letter == "?" else re.escape(letter) for letter in pattern))
        return [word for word in self.beginning_with(pattern.split("?")[0]) if shape.fullmatch(word)]

    def spelt_nearly(self, word: str, distance: int, prefix_letters: int) -> dict[str, int]:
        """Words at most so many letters away that begin with the same letters, and how far away each is."""
        candidates = self.beginning_with(word[:prefix_letters])
        distances = ((other, letters_apart(word, other, distance)) for other in candidates)
        return {other: apart for other, apart in distances if apart <= distance}

    def most_frequent(self, words: Sequence[str], limit: int) -> list[str]:
        return sorted(words, key=lambda word: (-self.frequencies[word], word))[:limit]

    def _form_index(self, language: str) -> FormIndex:
        with self._lock:
            if language not in self._form_indexes:
                self._form_indexes[language] = FormIndex(self.frequencies, language)
            return self._form_indexes[language]


def letters_apart(one: str, other: str, limit: int) -> int:
    """The edit distance of two words (insert, delete, replace), or limit + 1 where it is more than the limit."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        diagonal, row[0] = row[0], place
        for column, other_letter in enumerate(other, 1):
            cost = diagonal + (letter != other_letter)
            diagonal, row[column] = row[column], min(cost, row[column] + 1, row[column - 1] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
