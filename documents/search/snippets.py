"""Highlighted passages: which paragraphs of a document show best why it was found, and the words marked in them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from documents import symbols
from documents.search import analysis
from documents.search.marks import Leaf, Mark, Marker
from documents.search.trees import (
    And,
    AtLeast,
    Forms,
    InField,
    Node,
    Or,
    Phrase,
    Symbol,
)
from documents.search.types import ParagraphText

PASSAGE_CHARACTERS = 240
PASSAGES = 3
ELLIPSIS = "…"
_ESCAPED = re.compile("[<>&\"']")  # what html.escape() changes


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


def highlighter(expanded: Node, field: str = "text") -> Highlighter:
    """What marks the words of SearchResult.expanded in texts, or in titles. Negated parts mark nothing."""
    return Highlighter(tuple(_leaves(expanded, field)))


def _leaves(node: Node, field: str) -> Iterator[Leaf]:
    match node:
        case And(children=children) | Or(children=children) | AtLeast(children=children):
            for child in children:
                yield from _leaves(child, field)
        case InField(field=of_child, child=child) if of_child == field:
            yield from _leaves(child, field)
        case Forms(forms=forms):
            yield Leaf(tuple(tuple(form.text.split(" ")) for form in forms))
        case Phrase(words=words, slop=slop):
            yield Leaf((words,), slop)
        case Symbol(symbol=symbol):
            yield Leaf(symbol=symbol)


class Highlighter:
    """Marks the leaves of one query; use it for all documents of a page."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._named = " ".join(leaf.symbol for leaf in leaves)
        self._marker = Marker(leaves)
        self._leaves = range(len(leaves))
        # Of words found near one another each is marked; of anything else what stands at a place is one mark.
        self.marks_a_place = max((len(leaf.rows[0]) for leaf in leaves if leaf.slop), default=1)

    def mark(self, text: str) -> str:
        """The whole text as escaped HTML with its marks."""
        return _html(text, 0, len(text), self.marks(text))

    def marks(self, text: str) -> list[Mark]:
        """What is to be marked, in order, none inside or across another."""
        return self._marker.marks(text, symbols.SymbolReader())

    def marks_where_found(self, text: str) -> list[Mark]:
        """The same in a paragraph in which an engine found something: a symbol is taken as named in full before."""
        return self._marker.marks(text, self._reader())

    def marks_of(self, texts: Iterable[str]) -> list[list[Mark]]:
        """What is to be marked in each paragraph of a document: one may name by its number what one before it named."""
        reader = symbols.SymbolReader()
        return [self._marker.marks(text, reader) for text in texts]

    def passages(self, paragraphs: Iterable[ParagraphText], width: int = PASSAGE_CHARACTERS) -> tuple[Passage, ...]:
        """Each of some paragraphs in which an engine found something, cut to about `width` characters.

        A symbol is taken as named in full before: the paragraph that did so may not be among these.
        """
        reader = self._reader()
        marked = [(part, self._marker.marks(part.text, reader)) for part in paragraphs]
        return tuple(_passage(part, marks, [1.0] * len(self._leaves), width) for part, marks in marked)

    def find(
        self, paragraphs: Sequence[ParagraphText], limit: int = PASSAGES, width: int = PASSAGE_CHARACTERS
    ) -> Found:
        """The best of all paragraphs of a document, cut, in the order of reading, and how many hold something.

        Paragraphs with more of the words searched for go first, then those where they stand more often.
        """
        marked = zip(paragraphs, self.marks_of(paragraph.text for paragraph in paragraphs), strict=True)
        found = [(paragraph, marks) for paragraph, marks in marked if marks]
        weights = self._weights([marks for _, marks in found])
        best = sorted(range(len(found)), key=lambda place: _worth(found[place][1], weights), reverse=True)[:limit]
        shown = [found[place] for place in sorted(best)]
        return Found(tuple(_passage(part, marks, weights, width) for part, marks in shown), len(found))

    def _reader(self) -> symbols.SymbolReader:
        reader = symbols.SymbolReader()
        reader.read(self._named)
        return reader

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
    return _html(text, 0, end, ()) + (f" {ELLIPSIS}" if end < len(text) else "")


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
    before = f"{ELLIPSIS} " if start else ""
    after = f" {ELLIPSIS}" if end < len(text) else ""
    return before + _html(text, start, end, [mark for mark in marks if start <= mark.start and mark.end <= end]) + after


def _best_run(marks: Sequence[Mark], weights: Sequence[float], width: int) -> Sequence[Mark]:
    """The marks that are worth most of those that fit into the width; of equal ones the first."""
    best, best_worth = (0, 1), (0.0, 0)
    held = [0] * len(weights)
    weight, last = 0.0, 0
    for first, mark in enumerate(marks):
        while last < len(marks) and (last <= first or marks[last].end - mark.start <= width):
            weight += weights[marks[last].leaf] if not held[marks[last].leaf] else 0.0
            held[marks[last].leaf] += 1
            last += 1
        if (weight, last - first) > best_worth:
            best, best_worth = (first, last), (weight, last - first)
        held[mark.leaf] -= 1
        weight -= weights[mark.leaf] if not held[mark.leaf] else 0.0
    return marks[slice(*best)]


def _word_start(text: str, start: int, first_mark: int) -> int:
    """The first place from `start` on where a word begins, at the latest the first mark."""
    while 0 < start < first_mark and not (text[start - 1].isspace() and not text[start].isspace()):
        if _is_inside_run(text, start):
            break
        start += 1
    return min(start, first_mark)


def _word_end(text: str, end: int, last_mark: int) -> int:
    """The last place up to `end` where a word ends, at the earliest the last mark's end."""
    while last_mark < end < len(text) and not text[end].isspace() and not _is_inside_run(text, end):
        end -= 1
    return max(len(text[:end].rstrip()), last_mark)


def _is_inside_run(text: str, place: int) -> bool:
    """Whether the place is between two characters of a script without spaces, where a line may be broken."""
    pair = text[place - 1 : place + 1]
    return not pair.isascii() and all(map(analysis.is_unspaced, pair))


def _html(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Characters `start` to `end` of the text, escaped; the marks stand in order and do not overlap."""
    escape = html.escape if _ESCAPED.search(text, start, end) else str
    pieces = []
    for mark in marks:
        pieces.append(escape(text[start : mark.start]))
        pieces.append(f"<mark>{escape(text[mark.start : mark.end])}</mark>")
        start = mark.end
    return "".join(pieces) + escape(text[start:end])
