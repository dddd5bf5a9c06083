"""Highlighted passages: which paragraphs of a document show best why it was found, and the words marked in them."""

from __future__ import annotations

import html
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from documents import symbols
from documents.search import analysis, schema
from documents.search.analysis import Token
from documents.search.types import And, AtLeast, Forms, InField, Node, Or, ParagraphText, Phrase, Symbol

PASSAGE_CHARACTERS = 240
PASSAGES = 3
ELLIPSIS = "…"
SHARED_LETTERS = 3  # fewer stand in every text

Row = tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a text, found by the query's leaf number `leaf`."""

    start: int
    end: int
    leaf: int


def highlighter(expanded: Node, field: str = "text") -> Highlighter:
    """What marks the words of SearchResult.expanded in texts, or in titles. Negated parts mark nothing."""
    return Highlighter(tuple(_leaves(expanded, field)))


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was searched for: any of the rows of words, with `slop` all words of the one row near by, or a symbol."""

    rows: tuple[Row, ...] = ()
    slop: int = 0
    symbol: str = ""  # its slug


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
            yield Leaf(symbol=symbols.slug(symbol))


class Highlighter:
    """Finds and marks the leaves of one query; use it for all documents of a page."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        self._rows_by_first: dict[str, list[tuple[Row, int]]] = {}
        for number, leaf in enumerate(leaves):
            for row in leaf.rows if not leaf.slop else ():
                self._rows_by_first.setdefault(row[0], []).append((row, number))
        self._has_long_rows = any(len(row) > 1 for leaf in leaves for row in leaf.rows)
        self._beginnings = {beginning for leaf in leaves for beginning in _beginnings(leaf)}

    def mark(self, text: str) -> str:
        """The whole text as escaped HTML with its marks."""
        return _html(text, 0, len(text), self.marks(text))

    def marks(self, text: str) -> list[Mark]:
        """What is to be marked, in order, none inside or across another."""
        return self._marks(text, symbols.SymbolReader())

    def _marks(self, text: str, reader: symbols.SymbolReader) -> list[Mark]:
        tokens = analysis.tokens(text) if self._may_hold_words(text) else ()
        return _apart([*self._row_marks(tokens), *self._near_marks(tokens), *self._symbol_marks(text, reader)])

    def find(
        self, paragraphs: Sequence[ParagraphText], limit: int = PASSAGES, width: int = PASSAGE_CHARACTERS
    ) -> Found:
        """The best paragraphs, each cut to about `width` characters, in the order of reading, and how many there are.

        Paragraphs with more of the words searched for go first, then those where they stand more often.
        """
        reader = symbols.SymbolReader()  # a paragraph may name by its number alone what one before it named in full
        marked = [(paragraph, self._marks(paragraph.text, reader)) for paragraph in paragraphs]
        found = [(paragraph, marks) for paragraph, marks in marked if marks]
        weights = self._weights([marks for _, marks in found])
        best = sorted(range(len(found)), key=lambda place: _worth(found[place][1], weights), reverse=True)[:limit]
        shown = [found[place] for place in sorted(best)]
        passages = (Passage(part.number, _window(part.text, marks, weights, width)) for part, marks in shown)
        return Found(tuple(passages), len(found))

    def _weights(self, found: Sequence[Sequence[Mark]]) -> list[float]:
        """What each leaf counts: more where it stands in fewer of the document's paragraphs."""
        holding = Counter(leaf for marks in found for leaf in {mark.leaf for mark in marks})
        return [1 + 1 / holding[leaf] if holding[leaf] else 0.0 for leaf in range(len(self._leaves))]

    def _may_hold_words(self, text: str) -> bool:
        """False where none can be found; most paragraphs are spared the cutting into words by this."""
        folded = analysis.fold(text).replace("-", "")
        return any(beginning in folded for beginning in self._beginnings)

    def _row_marks(self, tokens: Sequence[Token]) -> Iterator[Mark]:
        places = {(token.position, token.text): token for token in tokens} if self._has_long_rows else {}
        for token in tokens:
            for row, leaf in self._rows_by_first.get(token.text, ()):
                if len(row) == 1:
                    yield Mark(token.start, token.end, leaf)
                elif end := _end_of_row(row, token, places):
                    yield Mark(token.start, end, leaf)

    def _near_marks(self, tokens: Sequence[Token]) -> Iterator[Mark]:
        for number, leaf in enumerate(self._leaves):
            if leaf.slop:
                for token in _near(leaf.rows[0], leaf.slop, tokens):
                    yield Mark(token.start, token.end, number)

    def _symbol_marks(self, text: str, reader: symbols.SymbolReader) -> Iterator[Mark]:
        asked = [(leaf.symbol, number) for number, leaf in enumerate(self._leaves) if leaf.symbol]
        for found in reader.read(text) if asked else ():
            slug = symbols.slug(found.symbol)
            for symbol, number in asked:
                if schema.is_symbol_asked(symbol, slug):
                    yield Mark(found.start, found.end, number)


def _end_of_row(row: Row, first: Token, places: dict[tuple[int, str], Token]) -> int:
    """Where the row that begins with the token ends in the text; 0 where it does not stand there."""
    end = first.end
    for place in enumerate(row[1:], first.position + 1):
        if place not in places:
            return 0
        end = places[place].end
    return end


def _beginnings(leaf: Leaf) -> Iterable[str]:
    """Letters of which some must stand in a text that holds the leaf: what its words share, else each of them."""
    words = {max(row, key=len) for row in leaf.rows}
    if not words:
        return ()
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(words), max(words), strict=False))
    shared = "".join(letter for letter, _ in pairs)
    return (shared,) if len(shared) >= SHARED_LETTERS else words


def _near(words: Row, slop: int, tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of the words where all of them stand within `slop` words of one another."""
    span = max(slop, len(words) - 1)
    held = sorted((token for token in tokens if token.text in words), key=lambda token: token.position)
    positions = [token.position for token in held]
    needed = Counter(words)
    chosen: dict[tuple[int, int], Token] = {}
    for place, first in enumerate(positions):
        window = held[place : bisect_right(positions, first + span)]
        if not needed - Counter(token.text for token in window):
            chosen.update({(token.start, token.end): token for token in window})
    return iter(chosen.values())


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """The marks in order; of those that overlap the longest, which shows the compound or phrase whole."""
    kept: list[Mark] = []
    for mark in sorted(set(marks), key=lambda mark: (mark.start, -mark.end, mark.leaf)):
        if kept and mark.start < kept[-1].end:
            if mark.end <= kept[-1].end:
                continue
            kept[-1] = Mark(kept[-1].start, mark.end, kept[-1].leaf)
        else:
            kept.append(mark)
    return kept


def _worth(marks: Sequence[Mark], weights: Sequence[float]) -> tuple[float, int]:
    return sum(weights[leaf] for leaf in sorted({mark.leaf for mark in marks})), len(marks)


def passage(paragraph: int, text: str, places: Iterable[tuple[int, int]], width: int = PASSAGE_CHARACTERS) -> Passage:
    """The words of the paragraph that hold most of these places (characters, in order), which are marked."""
    marks = [Mark(start, end, 0) for start, end in places]
    if marks:
        return Passage(paragraph, _window(text, marks, [1.0], width))
    end = len(text) if len(text) <= width else _word_end(text, width, 1)
    return Passage(paragraph, _html(text, 0, end, ()) + (f" {ELLIPSIS}" if end < len(text) else ""))


# --- Cutting ----------------------------------------------------------------------------------------------------------


def _window(text: str, marks: Sequence[Mark], weights: Sequence[float], width: int) -> str:
    """The `width` characters of the text that show most, from word to word; the whole text where it is not longer."""
    if len(text) <= width:
        return _html(text, 0, len(text), marks)
    shown = max(_runs(marks, width), key=lambda run: _worth(run, weights))
    first, last = shown[0].start, shown[-1].end
    margin = max(0, width - (last - first)) // 2
    start = max(0, min(first - margin, len(text) - width))
    end = min(len(text), max(last, start + width))
    start, end = _word_start(text, start, first), _word_end(text, end, last)
    before = f"{ELLIPSIS} " if start else ""
    after = f" {ELLIPSIS}" if end < len(text) else ""
    return before + _html(text, start, end, [mark for mark in marks if start <= mark.start and mark.end <= end]) + after


def _runs(marks: Sequence[Mark], width: int) -> Iterator[Sequence[Mark]]:
    """For each mark, those from it on that fit into the width; it alone where it is longer itself."""
    last = 0
    for first, mark in enumerate(marks):
        last = max(last, first + 1)
        while last < len(marks) and marks[last].end - mark.start <= width:
            last += 1
        yield marks[first:last]


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
    return analysis.is_unspaced(text[place - 1]) and analysis.is_unspaced(text[place])


def _html(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Characters `start` to `end` of the text, escaped; the marks stand in order and do not overlap."""
    pieces = []
    for mark in marks:
        pieces.append(html.escape(text[start : mark.start]))
        pieces.append(f"<mark>{html.escape(text[mark.start : mark.end])}</mark>")
        start = mark.end
    return "".join(pieces) + html.escape(text[start:end])
