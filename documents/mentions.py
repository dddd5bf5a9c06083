"""Where a text names something that has a page of its own: an entry of the authority file, or a UN document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents import symbols

_HYPHENS, _APOSTROPHES = "-‐‑", "'’"
_ALIKE = {sign: f"[{signs}]" for signs in (_HYPHENS, _APOSTROPHES) for sign in signs}
_WORD = re.compile(r"\w+")
FIRST_WORD = re.compile(r"\w")


class MentionKind(StrEnum):
    NAME = "name"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text, by their offsets, and what they name.

    target: the slug of a name, or a symbol in normal form. is_inferred: only what the text said before tells it.
    """

    start: int
    end: int
    kind: MentionKind
    target: str
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way in which a name is written, and the slug of the name."""

    text: str
    slug: str


class NameFinder:
    """Finds forms of names by whole words, the longest first, in whatever case the text has them.

    A form all in capitals, an acronym, is found in capitals alone: "WHO" is no "who".
    """

    def __init__(self, forms: Iterable[NameForm]) -> None:
        self._by_first_word: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for form in sorted(forms, key=lambda form: (-len(form.text), form.text)):
            if first := _WORD.search(form.text):
                held = self._by_first_word.setdefault(_folded(first[0]), [])
                held.append((_pattern(form.text[first.start() :]), form.slug))

    def find(self, text: str) -> list[Mention]:
        """The mentions in order; they do not overlap."""
        found: list[Mention] = []
        end = 0
        by_first_word = self._by_first_word
        for word in _WORD.finditer(_folded(text)):
            patterns = by_first_word.get(word[0])
            if patterns and word.start() >= end and (mention := _at(text, word.start(), patterns)):
                found.append(mention)
                end = mention.end
        return found


def _at(text: str, start: int, patterns: Sequence[tuple[re.Pattern[str], str]]) -> Mention | None:
    """The longest form that begins here, unless a hyphen or an apostrophe joins it to a word before: "non-UNCCT"."""
    if start > 1 and text[start - 1] in _ALIKE and _WORD.match(text, start - 2):
        return None
    for pattern, slug in patterns:
        if match := pattern.match(text, start):
            return Mention(start, match.end(), MentionKind.NAME, slug)
    return None


def _folded(text: str) -> str:
    """In lower case, every character at its place; the few that two would take the place of stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(_lower(character) for character in text)


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _pattern(form: str) -> re.Pattern[str]:
    """The form's words with any white space between them and any hyphen or apostrophe, and nothing of a word after."""
    words = r"\s+".join("".join(_ALIKE.get(sign) or re.escape(sign) for sign in part) for part in form.split())
    is_acronym = form.isupper()
    return re.compile(rf"{words}(?!\w)", 0 if is_acronym else re.IGNORECASE)


class MentionFinder:
    """Reads one document's paragraphs in order, and remembers the symbols that it named so far."""

    def __init__(self, names: NameFinder) -> None:
        self._names = names
        self._symbols = symbols.SymbolReader()

    def find(self, text: str) -> list[Mention]:
        """The mentions in this text, in order; where a symbol and a name overlap, the symbol is meant."""
        cited = [
            Mention(found.start, found.end, MentionKind.SYMBOL, found.symbol, found.is_inferred)
            for found in self._symbols.read(text)
        ]
        named = [mention for mention in self._names.find(text) if not _overlaps(mention, cited)]
        return sorted([*cited, *named], key=lambda mention: mention.start)


def _overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)
