"""The words held: their frequencies, their forms, and words spelt nearly like another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from documents.search import stemming
from documents.search.engines.whoosh.codec import FieldWords, SegmentTerms
from documents.search.types import TEXT_FIELDS


class Lexicon:
    """The words of titles and texts. Those of removed documents stay until their segment is merged, so that what
    comes from here is checked against the live documents.

    Nothing is copied from the segments: each question is put to all of them.
    """

    def __init__(self, segments: Sequence[SegmentTerms]) -> None:
        self._segments = segments
        self._parts: list[FieldWords] = [segment.fields[field] for segment in segments for field in TEXT_FIELDS]

    def __contains__(self, word: str) -> bool:
        return any(part.words.find(word) is not None for part in self._parts)

    def frequency(self, word: str) -> int:
        """The documents that hold the word in the title and those that do in the text, added up."""
        return sum(part.frequency(word) for part in self._parts)

    def splits(self, joined: str) -> list[tuple[str, ...]]:
        """The ways in which the joined form was seen with hyphens."""
        return sorted({parts for segment in self._segments for parts in segment.splits(joined)})

    def forms(self, word: str, languages: Sequence[str]) -> set[str]:
        """The word if held, and the forms of it that are held, in any of the languages."""
        found = {word} if word in self else set()
        for language in {stemming.primary(language) for language in languages}:
            found |= stemming.forms(word, language, _HeldLike(self, self._parts, word, language))
        return found

    def forget(self) -> None:
        """Drop the stems that searches have had worked out."""
        for part in self._parts:
            part.forget()
        stemming.forget_stems()

    def beginning_with(self, prefix: str) -> list[str]:
        return sorted(self._frequencies(prefix))

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
        if len(words) <= limit:
            frequencies = {word: self.frequency(word) for word in words}
        else:
            frequencies = self._frequencies(_common_beginning(words))
        return sorted(words, key=lambda word: (-frequencies[word], word))[:limit]

    def ranked(self, prefix: str) -> list[tuple[str, int]]:
        """The words that begin so with their frequencies, the most frequent first."""
        return sorted(self._frequencies(prefix).items(), key=lambda ranked: (-ranked[1], ranked[0]))

    def _frequencies(self, prefix: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for part in self._parts:
            found.update(part.beginning_with(prefix))
        return found


class _HeldLike:
    """The words held, as stemming.forms() looks up the forms of one of them."""

    def __init__(self, lexicon: Lexicon, parts: Sequence[FieldWords], word: str, language: str) -> None:
        self._lexicon, self._parts, self._word, self._language = lexicon, parts, word, language

    def __contains__(self, word: str) -> bool:
        return word in self._lexicon

    def having(self, stem: str) -> Iterable[str]:
        return {word for part in self._parts for word in part.having(stem, self._language, self._word)}


def _common_beginning(words: Iterable[str]) -> str:
    least, greatest = min(words), max(words)
    pairs = zip(least, greatest, strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(least), len(greatest)))
    return least[:same]


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
