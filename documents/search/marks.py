"""Where the words of a query stand in a text, by character, exactly as an index has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, takewhile
from typing import NamedTuple

from documents import symbols
from documents.search import analysis, schema
from documents.search.analysis import MAX_WORD_CHARACTERS, Token
from documents.search.folding import fold, fold_with_offsets, keeps_places

SHARED_LETTERS = 3  # fewer stand in every text
FEW_WORDS = 8  # which are looked for one by one where they share fewer letters

Row = tuple[str, ...]

# What parts two words side by side, the ending of a possessive included. No pattern is made of the words of a query: to
# make one takes longer than to look through a page of passages.
_BETWEEN = re.compile(r"(?:'s(?![^\W_]))?[\W_]+")
_REST_OF_WORD = re.compile(r"[^\W_]*")
_WORD_GOES_ON = re.compile(r"[^\W_]")
_COMPOUND_REST = re.compile(r"-[^\W_]++(?:-[^\W_]++)*")  # hyphens are rarer than the words of which one may follow
_POSSESSIVE = "s"
_NOTHING = ""  # after the last word of a row
_PARTS_TEXTS = "\0"  # no text holds it, and no word


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was searched for: any of the rows of words, with `slop` all words of the one row near by, or a symbol."""

    rows: tuple[Row, ...] = ()
    slop: int = 0
    symbol: str = ""  # in normal form


class Mark(NamedTuple):  # a page has a thousand, and a frozen dataclass takes three times as long to make
    """Characters `start` to `end` of a text, found by the query's leaf number `leaf`."""

    start: int
    end: int
    leaf: int


_Place = tuple[int, int, int]  # a Mark's numbers, in several texts joined


class _Compound(NamedTuple):
    """A hyphenated word of a folded text, and where it starts."""

    text: str
    start: int

    @property
    def joined(self) -> str:
        return self.text.replace("-", "")


class Marker:
    """Finds the leaves of one query in texts.

    A text is cut into words only where that is needed; elsewhere they are looked for as they stand in the folded text,
    and a test holds that the marks are the same.
    """

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        rows = [(row, number) for number, leaf in enumerate(leaves) if not leaf.slop for row in leaf.rows]
        self._leaves_by_word: dict[str, list[int]] = {}
        self._rows_by_first: dict[str, list[tuple[Row, int]]] = {}
        for row, number in rows:
            self._rows_by_first.setdefault(row[0], []).append((row, number))
            if len(row) == 1:
                self._leaves_by_word.setdefault(row[0], []).append(number)
        self._long_rows = [(row, number) for row, number in rows if len(row) > 1]
        self._following: dict[str, set[str]] = {}  # by word of a long row, the words after it there
        for row, _ in self._long_rows:
            for word, following in zip(row, (*row[1:], _NOTHING), strict=True):
                self._following.setdefault(word, set()).add(following)
        self._word_beginnings = _without_longer(
            beginning
            for leaf in leaves
            if not leaf.slop
            for beginning in _beginnings([row for row in leaf.rows if len(row) == 1])
        )
        self._beginnings = {beginning for leaf in leaves for beginning in _beginnings(leaf.rows)}
        words = {word for leaf in leaves for row in leaf.rows for word in row}
        self._has_odd_words = any(word == _POSSESSIVE or len(word) >= MAX_WORD_CHARACTERS for word in words)
        self._symbols = [(symbols.slug(leaf.symbol), number) for number, leaf in enumerate(leaves) if leaf.symbol]
        self._has_near = any(leaf.slop for leaf in leaves)

    def marks(self, texts: Sequence[str], readers: Iterable[symbols.SymbolReader]) -> list[list[Mark]]:
        """Of each text its marks in order, none inside or across another.

        readers: for each text the one that has read what stands before it, for a text may name by its number alone what
        another named in full.
        """
        found = self.word_marks(texts)
        if self._symbols:
            for text, reader, marks in zip(texts, readers, found, strict=False):
                marks.extend(self._symbol_marks(text, reader))
        return [_apart(marks) for marks in found]

    def word_marks_by_tokens(self, text: str) -> list[Mark]:
        """All marks of words in one text, by cutting it into words, whatever it holds."""
        tokens = analysis.tokens(text)
        return [*self._row_marks(tokens), *self._near_marks(tokens)]

    def word_marks(self, texts: Sequence[str]) -> list[list[Mark]]:
        """Of each text all marks of words, those inside or across another too.

        All the texts are looked through at once: to begin with a short one costs more than to go through it.
        """
        folded = [fold(text) for text in texts]
        compounds = self._compounds(joined := _PARTS_TEXTS.join(folded))
        starts = [0, *accumulate(len(text) + len(_PARTS_TEXTS) for text in folded)]
        found = _by_text(
            chain(self._found_words(joined), self._found_compounds(compounds), self._found_rows(joined)), starts
        )
        to_be_cut = self._to_be_cut(folded, compounds, starts)
        for number, text in enumerate(texts):
            if number in to_be_cut:
                found[number] = self.word_marks_by_tokens(text) if self._may_hold_words(folded[number]) else []
            elif found[number]:
                found[number] = _unfolded(text, found[number])
        return found

    def _to_be_cut(
        self, folded: Sequence[str], compounds: Iterable[_Compound], starts: Sequence[int]
    ) -> Collection[int]:
        """The numbers of the texts in which words looked for as they stand would not be found alike."""
        if self._has_near or self._has_odd_words:
            return range(len(folded))
        numbers = {number for number, text in enumerate(folded) if "'s-" in text or not analysis.is_plain(text)}
        if self._following:
            numbers |= {_text_at(compound.start, starts) for compound in compounds if self._may_be_in_row(compound)}
        return numbers

    def _may_hold_words(self, folded: str) -> bool:
        """False where none can be found; most paragraphs of a document are spared the rest by this."""
        joined = folded.replace("-", "")
        return any(beginning in joined for beginning in self._beginnings)

    def _compounds(self, folded: str) -> list[_Compound]:
        if "-" not in folded:
            return []
        spans = ((_word_start(folded, match.start()), match.end()) for match in _COMPOUND_REST.finditer(folded))
        found = (_Compound(folded[start:end], start) for start, end in spans)
        return [compound for compound in found if "-" in compound.text and not compound.joined.isdigit()]

    def _may_be_in_row(self, compound: _Compound) -> bool:
        """Whether it may stand joined in a long row: at its end, or before its own second part, for the joined form has
        the place of the first.
        """
        following = self._following.get(compound.joined, ())
        return _NOTHING in following or (len(following) > 0 and compound.text.split("-")[1] in following)

    def _found_compounds(self, compounds: Iterable[_Compound]) -> Iterator[_Place]:
        for compound in compounds:
            for leaf in self._leaves_by_word.get(compound.joined, ()):
                yield compound.start, compound.start + len(compound.text), leaf

    def _found_words(self, folded: str) -> Iterator[_Place]:
        leaves_by_word = self._leaves_by_word
        for beginning in self._word_beginnings:
            start = folded.find(beginning)
            while start >= 0:
                end = _REST_OF_WORD.match(folded, start + len(beginning)).end()  # type: ignore[union-attr]  # it may be empty
                leaves = leaves_by_word.get(folded[start:end])
                if leaves and not (start and folded[start - 1].isalnum()):
                    for leaf in leaves:
                        yield start, end, leaf
                start = folded.find(beginning, end)

    def _found_rows(self, folded: str) -> Iterator[_Place]:
        for row, leaf in self._long_rows:
            start = folded.find(row[0]) if all(word in folded for word in row) else -1
            while start >= 0:
                end = _end_of_phrase(folded, start, row)
                if end and not (start and folded[start - 1].isalnum()):
                    yield start, end, leaf
                start = folded.find(row[0], start + 1)

    def _row_marks(self, tokens: Sequence[Token]) -> Iterator[Mark]:
        places = {(token.position, token.text): token for token in tokens} if self._long_rows else {}
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
        for found in reader.read(text) if self._symbols else ():
            slug = symbols.slug(found.symbol)
            for symbol, number in self._symbols:
                if schema.is_symbol_asked(symbol, slug):
                    yield Mark(found.start, found.end, number)


def _by_text(places: Iterable[_Place], starts: Sequence[int]) -> list[list[Mark]]:
    """The places in the joined texts as marks of each; a row that ends in another text is none."""
    found: list[list[Mark]] = [[] for _ in starts[1:]]
    for start, end, leaf in places:
        number = _text_at(start, starts)
        if end < starts[number + 1]:
            found[number].append(Mark(start - starts[number], end - starts[number], leaf))
    return found


def _text_at(place: int, starts: Sequence[int]) -> int:
    return bisect_right(starts, place) - 1


def _end_of_phrase(folded: str, place: int, row: Row) -> int:
    """Where the words end that stand at this place in a row; 0 where they do not."""
    end = place + len(row[0])
    for word in row[1:]:
        between = _BETWEEN.match(folded, end)
        if not between or not folded.startswith(word, between.end()):
            return 0
        end = between.end() + len(word)
    return 0 if _WORD_GOES_ON.match(folded, end) else end


def _without_longer(beginnings: Iterable[str]) -> list[str]:
    """Those that begin with no other: what one finds is not found again."""
    kept: list[str] = []
    for beginning in sorted(set(beginnings)):
        if not kept or not beginning.startswith(kept[-1]):
            kept.append(beginning)
    return kept


def _beginnings(rows: Sequence[Row]) -> Iterable[str]:
    """Letters of which some must stand in a text that holds a row: what the longest words share, else each of them."""
    words = {max(row, key=len) for row in rows}
    if not words:
        return ()
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(words), max(words), strict=False))
    shared = "".join(letter for letter, _ in pairs)
    return (shared,) if len(shared) >= SHARED_LETTERS or (shared and len(words) > FEW_WORDS) else words


def _unfolded(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks of the folded text as marks of the text."""
    if not marks or keeps_places(text):
        return marks
    _, starts, ends = fold_with_offsets(text)
    return [Mark(starts[mark.start], ends[mark.end - 1], mark.leaf) for mark in marks]


def _word_start(folded: str, hyphen: int) -> int:
    """Where the word before a hyphen starts; where there is none, the one behind it."""
    start = hyphen
    while start and folded[start - 1].isalnum():
        start -= 1
    return start if start < hyphen else hyphen + 1


def _end_of_row(row: Row, first: Token, places: dict[tuple[int, str], Token]) -> int:
    """Where the row that begins with the token ends in the text; 0 where it does not stand there."""
    end = first.end
    for place in enumerate(row[1:], first.position + 1):
        if place not in places:
            return 0
        end = places[place].end
    return end


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


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in order; of those that overlap the longest, which shows the compound or phrase whole."""
    in_order = sorted(set(marks))
    if all(one.end <= other.start for one, other in pairwise(in_order)):
        return in_order
    kept: list[Mark] = []
    for mark in sorted(in_order, key=lambda mark: (mark.start, -mark.end, mark.leaf)):
        if kept and mark.start < kept[-1].end:
            if mark.end <= kept[-1].end:
                continue
            kept[-1] = Mark(kept[-1].start, mark.end, kept[-1].leaf)
        else:
            kept.append(mark)
    return kept
