"""Highlighted passages: which paragraphs of a document show best why it was found, and the words marked in them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

from documents import symbols
from documents.search.analysis import UNSPACED_CLASS
from documents.search.marks import Leaf, Mark, Marker
from documents.search.trees import Forms, Node, Phrase, Symbol, placed_leaves
from documents.search.types import TEXT, TEXT_FIELDS, ParagraphText

PASSAGE_CHARACTERS = 240
PASSAGES = 3
BEFORE = "… "
AFTER = "\N{NO-BREAK SPACE}…"  # no line begins with it
_ESCAPED = re.compile("[<>&\"']")  # what html.escape() changes
_UNSPACED = rf"[{UNSPACED_CLASS}]"  # between two of them a line may be broken
_WORD_START = re.compile(rf"(?<=\s)\S|(?<={_UNSPACED}){_UNSPACED}")
_UP_TO_WORD_END = re.compile(rf"(?s:.*)(?:\s|(?<={_UNSPACED}){_UNSPACED})")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a paragraph as escaped HTML, what was searched for in <mark>."""

    paragraph: int
    html: str


@dataclass(frozen=True, slots=True)
class Found:
    """The passages to show of a document, and in how many of its paragraphs something was found."""

    passages: tuple[Passage, ...]
    paragraphs: int


def highlighter(expanded: Node) -> Highlighter:
    """What marks the words of SearchResult.expanded in texts."""
    return Highlighter([_leaf(node) for node, fields in placed_leaves(expanded, TEXT_FIELDS) if TEXT in fields])


def _leaf(node: Node) -> Leaf:
    match node:
        case Forms(forms=forms):
            return Leaf(tuple(tuple(form.text.split(" ")) for form in forms))
        case Phrase(words=words, slop=slop):
            return Leaf((words,), slop)
        case Symbol(symbol=symbol):
            return Leaf(symbol=symbol)
    raise TypeError(f"{type(node).__name__} stands at no place.")


class Highlighter:
    """Marks the leaves of one query; use it for all documents of a page."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._named = [leaf.symbol for leaf in leaves if leaf.symbol]
        self._marker = Marker(leaves)
        self._leaves = range(len(leaves))
        # Of words found near one another each is marked; of anything else what stands at a place is one mark.
        self.marks_a_place = max((len(leaf.rows[0]) for leaf in leaves if leaf.slop), default=1)

    def marks_of(self, texts: Sequence[str]) -> list[list[Mark]]:
        """What is to be marked in each paragraph of a document: one may name by its number what one before it named."""
        return self._marker.marks(texts, repeat(symbols.SymbolReader()))

    def marks_where_found(self, texts: Sequence[str]) -> list[list[Mark]]:
        """What is to be marked in each of some paragraphs in which an engine found something.

        A symbol is taken as named in full before: the paragraph that did so may not be among these.
        """
        return self._marker.marks(texts, (symbols.SymbolReader(self._named) for _ in texts))

    def passages(
        self, documents: Sequence[Sequence[ParagraphText]], width: int = PASSAGE_CHARACTERS
    ) -> list[tuple[Passage, ...]]:
        """Of each document some paragraphs in which an engine found something, cut to about `width` characters."""
        marked = iter(self.marks_where_found([part.text for parts in documents for part in parts]))
        weights = [1.0] * len(self._leaves)
        return [tuple(_passage(part, next(marked), weights, width) for part in parts) for parts in documents]

    def find(
        self, paragraphs: Sequence[ParagraphText], limit: int = PASSAGES, width: int = PASSAGE_CHARACTERS
    ) -> Found:
        """The best of all paragraphs of a document, cut, in the order of reading, and how many hold something.

        Paragraphs with more of the words searched for go first, then those where they stand more often.
        """
        marked = zip(paragraphs, self.marks_of([paragraph.text for paragraph in paragraphs]), strict=True)
        found = [(paragraph, marks) for paragraph, marks in marked if marks]
        weights = self._weights([marks for _, marks in found])
        best = sorted(range(len(found)), key=lambda place: _worth(found[place][1], weights), reverse=True)[:limit]
        shown = [found[place] for place in sorted(best)]
        return Found(tuple(_passage(part, marks, weights, width) for part, marks in shown), len(found))

    def _weights(self, found: Sequence[Sequence[Mark]]) -> list[float]:
        """What each leaf counts: more where it stands in fewer of the document's paragraphs."""
        holding = Counter(leaf for marks in found for leaf in {mark.leaf for mark in marks})
        return [1 + 1 / holding[leaf] if holding[leaf] else 0.0 for leaf in self._leaves]


def _worth(marks: Sequence[Mark], weights: Sequence[float]) -> tuple[float, int]:
    return sum(weights[leaf] for leaf in sorted({mark.leaf for mark in marks})), len(marks)


def passage(paragraph: int, text: str, places: Iterable[tuple[int, int]], width: int = PASSAGE_CHARACTERS) -> Passage:
    """The words of the paragraph that hold most of these places (characters, in order), which are marked."""
    marks = [Mark(start, end, 0) for start, end in places]
    if marks:
        return Passage(paragraph, _window(text, marks, [1.0], width))
    return Passage(paragraph, _beginning(text, width))


def _passage(paragraph: ParagraphText, marks: Sequence[Mark], weights: Sequence[float], width: int) -> Passage:
    text = paragraph.text
    return Passage(paragraph.number, _window(text, marks, weights, width) if marks else _beginning(text, width))


# --- Cutting ----------------------------------------------------------------------------------------------------------


def _beginning(text: str, width: int) -> str:
    end = len(text) if len(text) <= width else _word_end(text, width, 1)
    return _html(text, 0, end, ()) + (AFTER if end < len(text) else "")


def _window(text: str, marks: Sequence[Mark], weights: Sequence[float], width: int) -> str:
    """The `width` characters of the text that show most, from word to word; the whole text where it is not longer."""
    if len(text) <= width:
        return _html(text, 0, len(text), marks)
    shown = _best_run(marks, weights, width)
    first, last = shown[0].start, shown[-1].end
    margin = max(0, width - (last - first)) // 2
    start = max(0, min(first - margin, len(text) - width))
    end = min(len(text), max(last, start + width))
    start, end = _word_start(text, start, first), _word_end(text, end, last)
    before = BEFORE if start else ""
    after = AFTER if end < len(text) else ""
    return before + _html(text, start, end, [mark for mark in marks if start <= mark.start and mark.end <= end]) + after


def _best_run(marks: Sequence[Mark], weights: Sequence[float], width: int) -> Sequence[Mark]:
    """The marks that are worth most of those that fit into the width; of equal ones the first."""
    if marks[-1].end - marks[0].start <= width:
        return marks
    best, best_worth = (0, 1), (0.0, 0)
    held = [0] * len(weights)
    weight, last = 0.0, 0
    for first, (start, _, leaf) in enumerate(marks):
        while last < len(marks) and (last <= first or marks[last][1] - start <= width):
            entering = marks[last][2]
            weight += weights[entering] if not held[entering] else 0.0
            held[entering] += 1
            last += 1
        if (weight, last - first) > best_worth:
            best, best_worth = (first, last), (weight, last - first)
        held[leaf] -= 1
        weight -= weights[leaf] if not held[leaf] else 0.0
    return marks[slice(*best)]


def _word_start(text: str, start: int, first_mark: int) -> int:
    """The first place from `start` on where a word begins, at the latest the first mark."""
    if not start:
        return 0
    found = _WORD_START.search(text, start, first_mark)
    return found.start() if found else first_mark


def _word_end(text: str, end: int, last_mark: int) -> int:
    """The last place up to `end` where a word ends, at the earliest the last mark's end."""
    if end < len(text):
        found = _UP_TO_WORD_END.match(text, last_mark, end + 1)
        end = found.end() - 1 if found else last_mark
    return last_mark + len(text[last_mark:end].rstrip())


def _html(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Characters `start` to `end` of the text, escaped; the marks stand in order and do not overlap."""
    escape = html.escape if _ESCAPED.search(text, start, end) else str
    pieces = []
    for mark in marks:
        pieces.append(escape(text[start : mark.start]))
        pieces.append(f"<mark>{escape(text[mark.start : mark.end])}</mark>")
        start = mark.end
    return "".join(pieces) + escape(text[start:end])
