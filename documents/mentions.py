"""Where a text names something that has a page of its own: an entry of the authority file, or a UN document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents import symbols

_HYPHENS, _APOSTROPHES = "-‐‑", "'’"
_JOINS = _HYPHENS + _APOSTROPHES
_WORD = re.compile(rf"\w+(?:[{_JOINS}]\w+)*")
_ALIKE = {sign: f"[{signs}]" for signs in (_HYPHENS, _APOSTROPHES) for sign in signs}
_FOLDED = str.maketrans({sign: signs[0] for signs in (_HYPHENS, _APOSTROPHES) for sign in signs})
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
        self._by_first_word: dict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
        for form in sorted(forms, key=lambda form: (-len(form.text), form.text)):
            if first := _WORD.search(form.text):
                self._by_first_word[_folded(first[0])].append((_pattern(form.text[first.start() :]), form.slug))

    def find(self, text: str) -> list[Mention]:
        """The mentions in order; they do not overlap."""
        found: list[Mention] = []
        end = 0
        for word in _WORD.finditer(text):
            if word.start() >= end and (mention := self._at(text, word)):
                found.append(mention)
                end = mention.end
        return found

    def _at(self, text: str, word: re.Match[str]) -> Mention | None:
        for first in _beginnings(word[0]):
            for pattern, slug in self._by_first_word.get(first, ()):
                if match := pattern.match(text, word.start()):
                    return Mention(match.start(), match.end(), MentionKind.NAME, slug)
        return None


def _beginnings(word: str) -> Iterator[str]:
    """The word whole, and without what hangs on it: "UNCCT's", "Al-Qaida-related"; the longest first."""
    yield _folded(word)
    for place in range(len(word) - 1, 0, -1):
        if word[place] in _JOINS:
            yield _folded(word[:place])


def _folded(word: str) -> str:
    return word.casefold().translate(_FOLDED)


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
