"""The words held: their frequencies, their forms, the compounds seen, and words spelt nearly like another."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from documents.search import schema
from documents.search.stemming import FormIndex


class Lexicon:
    """The words of titles and texts with the number of documents that hold them, removed documents included.

    words: by word, the postings in titles and texts together, a measure for choosing among words;
    compounds: by hyphenated word as seen, the number of documents.
    """

    def __init__(self, words: Counter[str], compounds: Counter[str]) -> None:
        self.frequencies = words
        self._compounds = compounds
        self._form_indexes: dict[str, FormIndex] = {}
        self._lock = threading.Lock()

    def __contains__(self, word: str) -> bool:
        return word in self.frequencies

    @cached_property
    def words(self) -> list[str]:
        return sorted(self.frequencies)

    @cached_property
    def splits(self) -> dict[str, list[tuple[str, ...]]]:
        """By joined form, the ways in which it was seen with hyphens."""
        splits: dict[str, list[tuple[str, ...]]] = {}
        for compound in sorted(self._compounds):
            splits.setdefault(compound.replace("-", ""), []).append(tuple(compound.split("-")))
        return splits

    def forms(self, word: str, languages: Sequence[str]) -> set[str]:
        """The word if held, and the forms of it that are held, in any of the languages."""
        found = {word} & self.frequencies.keys()
        for language in languages:
            found |= self._form_index(language).forms(word)
        return found & self.frequencies.keys()

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

    def is_spelt_together(self, parts: tuple[str, ...]) -> bool:
        """Whether the parts in a row are a compound, going by the words held; schema gives the reasons."""
        joined = "".join(parts)
        if not self.frequencies[joined]:
            return False
        if parts not in self.splits.get(joined, ()) and min(map(len, parts)) < schema.COMPOUND_PART_LETTERS:
            return False
        rarer = min(self.frequencies[part] for part in parts)
        return self.frequencies[joined] * schema.COMPOUND_SHARE >= rarer

    def parts_of(self, word: str) -> list[tuple[str, ...]]:
        """The ways in which the word may be taken apart into words held: as seen with hyphens, else in two."""
        seen = [parts for parts in self.splits.get(word, ()) if self.is_spelt_together(parts)]
        return seen or [parts for parts in _cuts(word) if self._is_cut(word, parts)]

    def _is_cut(self, word: str, parts: tuple[str, str]) -> bool:
        are_held = all(part in self.frequencies for part in parts)
        return are_held and (word not in self.frequencies or self.is_spelt_together(parts))

    def _form_index(self, language: str) -> FormIndex:
        with self._lock:
            if language not in self._form_indexes:
                self._form_indexes[language] = FormIndex(self.frequencies, language)
            return self._form_indexes[language]


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    least = schema.COMPOUND_PART_LETTERS
    return ((word[:place], word[place:]) for place in range(least, len(word) - least + 1))


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
