"""The lines of a concordance: every place where the words stand, between the words before and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from documents.search import analysis
from documents.search.marks import Mark

CONTEXT_CHARACTERS = 120  # on either side: more than a wide window shows, enough to sort by
LONGEST_WORD_CUT = 30  # characters: a longer run without a space is of a script that has none, and is cut anywhere

_SPACE = re.compile(r"\s+")


class LineOrder(StrEnum):
    """By the words before or after, read from the match outwards, or as the documents stand by date or title."""

    DATE = "date"
    DOCUMENT = "document"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """A place in a paragraph. `left`, `match` and `right` are one run of its text, in the order of reading: in a script
    that runs from right to left, `left` is what comes before, which stands on the right.
    """

    document_id: int
    paragraph: int
    left: str
    match: str
    right: str


def lines_of(document_id: int, paragraph: int, text: str, marks: Sequence[Mark]) -> list[Line]:
    """A line for each mark of the paragraph, in the order of reading."""
    return [
        Line(
            document_id=document_id,
            paragraph=paragraph,
            left=text[_begin(text, mark.start) : mark.start],
            match=text[mark.start : mark.end],
            right=text[mark.end : _finish(text, mark.end)],
        )
        for mark in marks
    ]


def in_order(lines: Sequence[Line], order: LineOrder) -> list[Line]:
    """The lines by their context, folded as words are for searching; lines alike, and other orders, as they were given.

    Words are compared one by one, in scripts without spaces characters; what has none comes first.
    """
    if order is LineOrder.LEFT:
        return sorted(lines, key=lambda line: (_units(line.left)[::-1], _units(line.right)))
    if order is LineOrder.RIGHT:
        return sorted(lines, key=lambda line: (_units(line.right), _units(line.left)[::-1]))
    return list(lines)


def _units(text: str) -> list[str]:
    """The folded words of a text, or its characters where its script has no spaces."""
    units = [
        (token.start, token.text[0] if is_unspaced else token.text)
        for token in analysis.tokens(text)
        if (is_unspaced := analysis.is_unspaced(token.text[0])) or not token.is_joined
    ]
    return [unit for _, unit in sorted(units, key=itemgetter(0))]


def _begin(text: str, match: int) -> int:
    """Where the words before a match begin: at a word, so many characters away at most."""
    start = match - CONTEXT_CHARACTERS
    if start <= 0 or text[start - 1].isspace():
        return max(0, start)
    space = _SPACE.search(text, start, start + LONGEST_WORD_CUT)
    return space.end() if space else start


def _finish(text: str, match_end: int) -> int:
    """Where the words after a match end."""
    end = match_end + CONTEXT_CHARACTERS
    if end >= len(text) or text[end].isspace():
        return min(end, len(text))
    spaces = list(_SPACE.finditer(text, end - LONGEST_WORD_CUT, end))
    return spaces[-1].start() if spaces else end
