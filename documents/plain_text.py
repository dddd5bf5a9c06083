"""Plain text to canonical Markdown: paragraphs found, markup escaped, no word changed.

Texts come in three shapes: blank lines between paragraphs, one line a paragraph, hard-wrapped lines (with or without
blank lines). White space is free to change, words are not: "counter-" and "terrorism" on two lines stay two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from documents.dialect import CONTROL

COLUMN = range(30, 161)  # characters; shorter lines are a list, longer ones were not wrapped by hand or by a printer
MIN_WRAPPED_LINES = 4  # fewer lines say nothing about wrapping
GOING_ON = 0.5  # share of lines that go on in mid-sentence; 10,952 speeches have either over 0.55 or under 0.4
LONG_RUN = 16  # lines; where runs between blank lines are longer on average, the blank lines are page breaks
ROOM_LEFT = 0.95  # of the column; a line with room for the next word ended a paragraph (found: 87 %, wrongly: 2 %)
OVERLONG = 1.5  # columns; such a line was not wrapped, so its end is an end
SALUTATION = 0.4  # of the column: "Mr. President," on a line of its own

_LINE_END = re.compile(r"\r\n|\n\r|[\r\n\x0b\x0c\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"""[.!?:;…。！？：；؟][\s"'”’»)\]*_]*$""")
_CLAUSE_END = re.compile(r"""[,،，–—-]["'”’»)\]]*$""")
_OPENS_NUMBERED = re.compile(r"\d{1,4}\s?[.)]\s")
_ESCAPED = re.compile(r"[\\`*_\[<]|&(?=#?\w{1,32};)")
_OPENING_SIGN = re.compile(r"[#>=]|[-+](?=\s|$)|-(?=--)|\{(?=:)")
_OPENING_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")


class Shape(StrEnum):
    """How a plain text tells its paragraphs."""

    BLANK_LINES = "blank lines between paragraphs"
    LINES = "one line a paragraph"
    WRAPPED = "hard-wrapped lines"
    WRAPPED_BLANK_LINES = "hard-wrapped lines with blank lines between paragraphs"


def to_markdown(text: str) -> str:
    """The text as canonical Markdown: one line a paragraph, blank lines between; it renders to the same words."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in _paragraphs(_lines(text)))
    return "".join(f"{_escape(paragraph)}\n\n" for paragraph in paragraphs if paragraph).rstrip("\n") + "\n"


def shape_of(text: str) -> Shape:
    """The shape in which to_markdown reads the text."""
    return _shape(_lines(text))


def words_of(text: str) -> list[str]:
    """What two editions of a text must share: all between white space, signs included; control characters are space."""
    return CONTROL.sub(" ", text).split()


def _lines(text: str) -> list[str]:
    return [CONTROL.sub(" ", line).strip() for line in _LINE_END.split(text.removeprefix("\ufeff"))]


def _shape(lines: list[str]) -> Shape:
    filled = [line for line in lines if line]
    has_gaps = len(filled) < len(_trimmed(lines))
    if not _is_wrapped(lines, filled):
        return Shape.BLANK_LINES if has_gaps else Shape.LINES
    runs = 1 + sum(1 for line, following in pairwise(_trimmed(lines)) if line and not following)
    return Shape.WRAPPED_BLANK_LINES if has_gaps and len(filled) / runs <= LONG_RUN else Shape.WRAPPED


def _trimmed(lines: list[str]) -> list[str]:
    """Without the blank lines at both ends."""
    filled = [position for position, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _is_wrapped(lines: list[str], filled: list[str]) -> bool:
    """Lines of one width that mostly go on in mid-sentence."""
    pairs = [pair for pair in pairwise(lines) if all(pair)]
    if len(pairs) < MIN_WRAPPED_LINES or _column(filled) not in COLUMN:
        return False
    return sum(1 for line, following in pairs if _goes_on(line, following)) >= GOING_ON * len(pairs)


def _goes_on(line: str, following: str) -> bool:
    """Told by a small letter; in a script without small letters, by the lack of a full stop."""
    letter = following[0]
    is_caseless = letter.isalpha() and letter.lower() == letter.upper()
    return letter.islower() or (is_caseless and not _SENTENCE_END.search(line))


def _column(filled: list[str]) -> int:
    """The width that four fifths of the lines keep to."""
    return sorted(len(line) for line in filled)[int(len(filled) * 0.8)] if filled else 0


def _paragraphs(lines: list[str]) -> Iterator[str]:
    shape = _shape(lines)
    column = _column([line for line in lines if line])
    gathered: list[str] = []
    was_blank = False
    for line in lines:
        if not line:
            was_blank = True
            continue
        if gathered and _parts(shape, gathered[-1], line, column, after_blank=was_blank):
            yield " ".join(gathered)
            gathered = []
        gathered.append(line)
        was_blank = False
    yield " ".join(gathered)


def _parts(shape: Shape, line: str, following: str, column: int, *, after_blank: bool) -> bool:
    """Whether a paragraph ends between these two lines."""
    if after_blank or shape in {Shape.BLANK_LINES, Shape.LINES}:
        return not _breaks_off(line, following)
    if not _SENTENCE_END.search(line):
        return line.endswith(",") and len(line) <= SALUTATION * column and following[0].isupper()
    if _OPENS_NUMBERED.match(following) or len(line) > OVERLONG * column:
        return True
    first_word = following.split(maxsplit=1)[0]
    had_room = len(line) + 1 + len(first_word) <= ROOM_LEFT * column
    return shape is Shape.WRAPPED and had_room and not following[0].islower()


def _breaks_off(line: str, following: str) -> bool:
    """A sentence that goes on behind a page or a stray line end."""
    return following[0].islower() and not _SENTENCE_END.search(line) and not _CLAUSE_END.search(line)


def _escape(paragraph: str) -> str:
    """What Markdown would read as markup, with a backslash; a number that opens a paragraph stays as it is."""
    escaped = _ESCAPED.sub(r"\\\g<0>", paragraph)
    escaped = _OPENING_NUMBER.sub(r"\1\\\2", escaped, count=1) if _OPENING_NUMBER.match(escaped) else escaped
    return f"\\{escaped}" if _OPENING_SIGN.match(escaped) else escaped
