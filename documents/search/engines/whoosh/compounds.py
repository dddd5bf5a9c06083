"""Compounds: when words in a row and their joined form are one word in several spellings."""

from __future__ import annotations

from collections.abc import Iterator

from documents.search import schema
from documents.search.engines.whoosh import fields
from documents.search.engines.whoosh.occurrences import Occurrences, Row
from documents.search.function_words import is_function_word
from documents.search.types import TEXT_FIELDS


class Compounds:
    """What the live documents say about compounds, for one search."""

    def __init__(self, occurrences: Occurrences) -> None:
        self._occurrences = occurrences
        self._lexicon = occurrences.snapshot.lexicon

    def seen(self, joined: str) -> list[Row]:
        """The ways in which the joined form stands in documents with hyphens."""
        splits = self._lexicon.splits(joined)
        return [parts for parts in splits if len(self._occurrences.postings(fields.COMPOUNDS, "-".join(parts)).ids)]

    def are_spelt_together(self, parts: Row) -> bool:
        """Whether a reader who types the parts apart may mean the compound: seen with hyphens, or both parts long
        enough, and not merely a slip among many documents that hold the parts. Function words make none: "into" was
        seen as "in-to", and is not meant by "in to".
        """
        joined = "".join(parts)
        if joined not in self._lexicon or all(map(is_function_word, parts)):
            return False
        if min(map(len, parts)) < schema.COMPOUND_PART_LETTERS and parts not in self.seen(joined):
            return False
        rarer = min(self._documents(part) for part in parts)
        return 0 < rarer <= self._documents(joined) * schema.COMPOUND_SHARE

    def parts_of(self, word: str) -> list[Row]:
        """The ways in which a word may stand in parts: as seen with hyphens, else cut into two words held."""
        seen = [parts for parts in self.seen(word) if self.are_spelt_together(parts)]
        return seen or [parts for parts in _cuts(word) if self._are_held(parts) and self._may_be_cut(word, parts)]

    def _may_be_cut(self, word: str, parts: Row) -> bool:
        return not self._documents(word) or self.are_spelt_together(parts)

    def _are_held(self, parts: Row) -> bool:
        return all(part in self._lexicon for part in parts)

    def _documents(self, word: str) -> int:
        return self._occurrences.documents((word,), TEXT_FIELDS)


def _cuts(word: str) -> Iterator[Row]:
    least = schema.COMPOUND_PART_LETTERS
    return ((word[:place], word[place:]) for place in range(least, len(word) - least + 1))
