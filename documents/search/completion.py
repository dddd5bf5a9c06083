"""What goes on as typed: of many texts those in which what was typed begins a word, found by bisection."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nsmallest

from documents.search.analysis import fold

LONGEST_TEXT = 255  # characters; what is typed is never longer
_OFFSET_BITS = 8  # room for LONGEST_TEXT
_LATER_WORD = 1 << 40
_LAST = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")


class Completer:
    """Texts by the beginnings of their words. Each place where a word begins is one number: whether it is the first
    word, the text's place among all, and the offset. So the smallest numbers are the best answers.
    """

    def __init__(self, texts: Sequence[tuple[str, int]]) -> None:
        """texts: each with the number that stands for it, the best first; several may have the same number."""
        self._keys = [key_of(text) for text, _ in texts]
        self._numbers = array("L", (number for _, number in texts))
        self._places = array("Q", sorted(self._word_places(), key=self._rest))

    def complete(self, typed: str, limit: int) -> list[int]:
        """The numbers of the texts in which `typed` begins a word, the best first: those that begin so themselves."""
        key = key_of(typed)
        if not key:
            return []
        first = bisect_left(self._places, key, key=self._rest)
        last = bisect_left(self._places, key + _LAST, lo=first, key=self._rest)
        # A text may have several forms, and in each several words that begin so.
        best = nsmallest(limit * 8, self._places[first:last])
        return list(dict.fromkeys(self._numbers[self._text(place)] for place in best))[:limit]

    def _word_places(self) -> Iterable[int]:
        for text, key in enumerate(self._keys):
            for word in _WORD.finditer(key):
                yield (_LATER_WORD if word.start() else 0) | text << _OFFSET_BITS | word.start()

    def _text(self, place: int) -> int:
        return (place & (_LATER_WORD - 1)) >> _OFFSET_BITS

    def _rest(self, place: int) -> str:
        return self._keys[self._text(place)][place & ((1 << _OFFSET_BITS) - 1) :]


def key_of(text: str) -> str:
    """The folded words of a text with one space between; a space behind the last stays, for it ends the word."""
    words = " ".join(_WORD.findall(fold(text)))[:LONGEST_TEXT]
    return f"{words} " if words and not text[-1:].isalnum() else words
