"""Words marked in rendered HTML: the same characters that were found in the paragraphs' plain text.

A paragraph's plain text is read out of its HTML as rendering.py reads it out of the Markdown: white space collapsed,
cells and line breaks part words, the marks of notes are no words. What is found in it is led back to the runs of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import repeat
from typing import Protocol

_TAG_OR_TEXT = re.compile(r"<[^>]*>|[^<]+")
_ADDRESS = re.compile(r'<(?!span)[^>]* id="p(\d+)"')
_NO_WORDS = re.compile(r'<(sup) class="ref"|<(a|span) class="back"')  # what they hold are marks of notes
_SOLID = re.compile(r"\S+")
_PARTS_WORDS = re.compile(r"<(?:br|td|th)\b")


class Span(Protocol):
    """Characters `start` to `end` of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Find = Callable[[Sequence[str]], Sequence[Sequence[Span]]]  # for each text, in order, spans that do not overlap


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph with something in it: its number and words, what was found, and the number of the first mark."""

    number: int
    text: str
    spans: tuple[Span, ...]
    first_mark: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """html: the same text with each mark at `#m1`, `#m2` and so on; places: how many there are."""

    html: str
    places: int
    paragraphs: tuple[MarkedParagraph, ...]


@dataclass(slots=True)
class _Block:
    """One paragraph: the runs of its words, by their places among the tokens of the HTML; -1 parts words."""

    number: int
    runs: list[tuple[int, str]] = field(default_factory=list)

    def text(self) -> str:
        return " ".join("".join(words for _, words in self.runs).split())

    def places(self) -> list[tuple[int, int]]:
        """For each character of the text the token and the offset in it where it stands."""
        found: list[tuple[int, int]] = []
        is_apart = False  # white space stands before
        for token, words in self.runs:
            end = 0
            for solid in _SOLID.finditer(words):
                if found and (is_apart or solid.start() > end):
                    found.append((-1, 0))
                found += zip(repeat(token), range(*solid.span()), strict=False)
                is_apart, end = False, solid.end()
            is_apart = is_apart or end < len(words)
        return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """A mark, or what of it stands in one token."""

    start: int
    end: int
    mark: int
    is_first: bool


def mark_html(html: str, find: Find) -> MarkedText:
    """The rendered text with what `find` finds in its paragraphs marked; no word and no tag of it is changed.

    html: as nh3 writes it, every paragraph with its address.
    """
    tokens = _TAG_OR_TEXT.findall(html)
    blocks = list(_blocks(tokens))
    texts = [block.text() for block in blocks]
    pieces: dict[int, list[_Piece]] = {}
    paragraphs = []
    places = 0
    for block, text, spans in zip(blocks, texts, find(texts), strict=True):
        if spans:
            paragraphs.append(MarkedParagraph(block.number, text, tuple(spans), places + 1))
            _lead_back(block, spans, places, pieces)
            places += len(spans)
    return MarkedText("".join(_written(tokens, pieces, places)), places, tuple(paragraphs))


def _blocks(tokens: Sequence[str]) -> Iterator[_Block]:
    """Every paragraph reaches up to the next: nothing but white space stands between them."""
    block: _Block | None = None
    closing = ""  # of what holds no words
    for place, token in enumerate(tokens):
        if closing:
            closing = "" if token == closing else closing
        elif address := _ADDRESS.match(token):
            if block:
                yield block
            block = _Block(int(address[1]))
        elif silent := _NO_WORDS.match(token):
            closing = f"</{silent[1] or silent[2]}>"
        elif block and not token.startswith("<"):
            block.runs.append((place, unescape(token)))
        elif block and _PARTS_WORDS.match(token):
            block.runs.append((-1, " "))
    if block:
        yield block


def _lead_back(block: _Block, spans: Sequence[Span], marks_before: int, pieces: dict[int, list[_Piece]]) -> None:
    places = block.places()
    for mark, span in enumerate(spans, start=marks_before + 1):
        bounds: dict[int, tuple[int, int]] = {}
        for token, offset in places[span.start : span.end]:
            if token >= 0:
                bounds[token] = (bounds.get(token, (offset, 0))[0], offset + 1)
        for position, (token, (start, end)) in enumerate(bounds.items()):
            pieces.setdefault(token, []).append(_Piece(start, end, mark, position == 0))


# --- Writing ----------------------------------------------------------------------------------------------------------


def _written(tokens: Sequence[str], pieces: dict[int, list[_Piece]], places: int) -> Iterator[str]:
    """The tokens with their marks, and behind each mark the links to its neighbours; behind a link, if it is in one."""
    is_in_link = False
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token.startswith("<"):
            is_in_link = token.startswith(("<a ", "<a>")) or (is_in_link and token != "</a>")
            yield token
            if waiting and not is_in_link:
                yield _steps(waiting[0], waiting[-1], places)
                waiting = []
        elif place not in pieces:
            yield token
        else:
            text, end = unescape(token), 0
            for piece in pieces[place]:
                yield escape(text[end : piece.start], quote=False)
                address = f' id="m{piece.mark}"' if piece.is_first else ""
                yield f"<mark{address}>{escape(text[piece.start : piece.end], quote=False)}</mark>"
                end = piece.end
                if piece.is_first and is_in_link:
                    waiting.append(piece.mark)
                elif piece.is_first:
                    yield _steps(piece.mark, piece.mark, places)
            yield escape(text[end:], quote=False)


def _steps(first: int, last: int, places: int) -> str:
    """Links from these marks to those before and after them, without words: the style sheet draws them."""
    before = f'<a rel="prev" href="#m{first - 1}" aria-label="Place {first - 1}"></a>' if first > 1 else ""
    after = f'<a rel="next" href="#m{last + 1}" aria-label="Place {last + 1}"></a>' if last < places else ""
    return f'<span class="steps" lang="en" data-place="{last}/{places}">{before}{after}</span>'
