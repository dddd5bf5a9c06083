"""Folding: a text without regard to case, accents and typography, as the analysis of texts and queries cuts it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

_LETTERS = dict(
    zip(
        "øđðłħıæœþŋىیکёѐѝ",  # ى is the final form of ya; the next two are of Persian and Urdu keyboards
        ("o", "d", "d", "l", "h", "i", "ae", "oe", "th", "n", *"ييك", *"еие"),  # й, ї and ў stay: they are letters
        strict=True,
    )
)
_TYPOGRAPHY = {
    **dict.fromkeys("\u2010\u2011\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201b\u02bb\u02bc\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
    "ŉ": "n",  # an apostrophe and n
    "\u200b": " ",  # the zero-width space parts words; other invisible characters do not
    "\u0640": "",  # tatweel stretches an Arabic word
}
_MARKS_DROPPED_AFTER = {"LATIN", "GREEK", "ARABIC", "HEBREW", "DIGIT"}  # scripts, as Unicode's names begin
_MARKS_DROPPED = (
    (0x0300, 0x036F),  # what is still apart after NFC: stress on Cyrillic, marks piled up
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A),
    (0x064B, 0x065F),  # Arabic vowels
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),  # rings and boxes around characters
    (0xFE00, 0xFE0F),  # emoji or text
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)


def fold(text: str) -> str:
    """The text without regard to case, accents and typography, per script: `É` is `e`, `й` stays, `ё` is `е`.

    Latin, Greek, Arabic and Hebrew lose their marks; hyphens, quotes and apostrophes become ASCII; digits of any script
    become 0 to 9; soft hyphens and other invisible characters go. The length may change: see fold_with_offsets().
    """
    if text.isascii():
        return text.lower()
    pieces = _OTHER_THAN_ASCII.split(unicodedata.normalize("NFC", text))
    pieces[::2] = [piece.lower() for piece in pieces[::2]]
    pieces[1::2] = [piece.translate(_FOLDED) for piece in pieces[1::2]]
    return "".join(pieces)


def fold_with_offsets(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """fold(text), and where in `text` each of its characters starts and ends."""
    if keeps_places(text):
        return fold(text), range(len(text)), range(1, len(text) + 1)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        start, end = cluster.span()
        piece = fold(cluster[0])
        pieces.append(piece)
        is_ascii = cluster[0].isascii()  # then the stretch is folded character by character
        starts.extend(range(start, end) if is_ascii else [start] * len(piece))
        ends.extend(range(start + 1, end + 1) if is_ascii else [end] * len(piece))
    return "".join(pieces), starts, ends


def keeps_places(text: str) -> bool:
    """Whether each character folds to one of its own, so that a place in fold(text) is the same in the text."""
    if text.isascii():
        return True
    return unicodedata.is_normalized("NFC", text) and all(map(_keeps_its_place, set(_ASCII.sub("", text))))


class _Folding(dict[int, str]):
    """What each character folds to, worked out when first met; the shape that str.translate() takes."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _TYPOGRAPHY:
        return _TYPOGRAPHY[character]
    if _is_invisible(character):
        return ""
    if not character.isalnum():
        return character
    decomposition = unicodedata.decomposition(character)
    if decomposition.startswith("<super>") and character.isdigit():
        return " "  # the number of a footnote is no part of the word before it
    return _fold_letter(character)


@lru_cache(maxsize=1024)  # a text has a few dozen
def _keeps_its_place(character: str) -> bool:
    return len(_FOLDED[ord(character)]) == 1 and not _JOINS_OTHERS.match(character)


def _is_invisible(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) == "Cf" or any(first <= code <= last for first, last in _MARKS_DROPPED)


def _fold_letter(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    decomposed = unicodedata.normalize("NFKD", character)
    script = unicodedata.name(decomposed[0], "").split(" ")[0]
    if script not in _MARKS_DROPPED_AFTER:
        return "".join(_LETTERS.get(letter, letter) for letter in character.casefold())
    bare = unicodedata.normalize("NFKD", decomposed.casefold())
    folded = "".join(
        _LETTERS.get(letter, letter) for letter in bare if not unicodedata.category(letter).startswith("M")
    )
    return folded if folded.isalnum() else character.casefold()  # "½" and the like stay whole


def character_class(spans: Iterable[tuple[int, int]], holds: Callable[[str], bool]) -> str:
    """The inside of a regular expression's character class: the characters within the spans that `holds` accepts."""
    codes = [code for first, last in spans for code in range(first, last + 1) if holds(chr(code))]
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)


def is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


_FOLDED = _Folding()
MARKS = character_class([(0x0300, 0x1FFFF), (0xE0100, 0xE01EF)], is_mark)
_ASCII = re.compile(r"[\x00-\x7f]+")
# Up to the next Latin letter, so that the words of other scripts are folded at once.
_OTHER_THAN_ASCII = re.compile(r"([^\x00-\x7f]++(?:[^A-Za-z\x80-\U0010ffff]++[^\x00-\x7f]++)*+)")
_JOINS_OTHERS = re.compile(rf"[{MARKS}\u1100-\u11ff]")
# A stretch of ASCII, or what NFC may compose: a base and its marks, a Hangul syllable and its letters.
_CLUSTER = re.compile(rf"[\x00-\x7f]+(?![{MARKS}])|(?:[\u1100-\u115f\uac00-\ud7a3][\u1160-\u11ff]*|[\s\S])[{MARKS}]*")
