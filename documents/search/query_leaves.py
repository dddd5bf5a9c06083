"""The leaves of a query: what a word, phrase, symbol, pattern or value means, and what is said of odd ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from documents.search.analysis import compounds, fold, is_unspaced, slug_of, words
from documents.search.dates import parse_day_range
from documents.search.query_lexer import DATE, Kind, Lexeme, Notes
from documents.search.trees import (
    Compound,
    DateRange,
    Exact,
    Fuzzy,
    Keyword,
    MatchAll,
    Node,
    Or,
    Phrase,
    Prefix,
    Symbol,
    Wildcard,
    Word,
)
from documents.search.types import TEXT_FIELDS
from documents.symbols import normalise, slug

MAX_PHRASE_WORDS = 20
MAX_SLOP = 20
MAX_PATTERNS = 3  # words with * or ?, each of which may stand for thousands of forms
MIN_PATTERN_LETTERS = 3  # at its beginning, so that few words need be looked at
MAX_FUZZY = 2
MIN_FUZZY_LETTERS = 4  # in three letters nearly everything is a neighbour

_EDGES = " .,;:!'’‘…-"
# French and Italian words that lose their vowel before another: in "l'homme" a reader looks for "homme".
_ELIDED = re.compile(r"(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|un|all|dall|dell|nell|sull)'(?=\w)")
_QUIET = set("-–—.,;:!?/&+'’‘=…·•|*~")  # what may stand alone between words without a note


class LeafReader:
    """Reads leaves and keeps count of the dear ones; a method gives None where nothing can be searched."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._patterns = 0
        self._fuzzy = 0

    def read(self, lexeme: Lexeme, field: str) -> Node | None:
        """The node of a lexeme; `field` is that whose value or bracket it stands in, or empty."""
        if field == DATE:
            return self._date(lexeme.text)
        if field and field not in TEXT_FIELDS:
            return self._keyword(lexeme.text, field)
        if lexeme.kind is Kind.PHRASE:
            return self._phrase(lexeme, field)
        if lexeme.kind in (Kind.SYMBOL, Kind.BARE_RESOLUTION):
            return self.plain(lexeme.text) if field else Symbol(lexeme.value)
        return self._word(lexeme.text)

    def plain(self, text: str, *, is_exact: bool = False) -> Node | None:
        """The words of a piece without blanks; several of them, as in 6+1, are meant in a row."""
        found = self._limited(words(text))
        if not found:
            self._note_empty(text)
            return None
        if len(found) == 1:
            return _single(found[0], Exact if is_exact else Word)
        elided = _ELIDED.match(fold(text))
        if elided:
            return self.plain(fold(text)[elided.end() :], is_exact=is_exact)
        if compounds(text) != {"-".join(found)}:
            return Phrase(found)
        return Or((Exact("".join(found)), Phrase(found))) if is_exact else Compound(found)

    def _date(self, text: str) -> Node | None:
        try:
            return DateRange(*parse_day_range(text.strip(" ,;")))
        except ValueError as error:
            self._notes.add(f"{error} It was read as plain words.")
            return self.plain(text)

    def _keyword(self, text: str, field: str) -> Node | None:
        symbol = normalise(text) if field == "symbol" else None
        value = slug(symbol) if symbol else slug_of(text)
        if not value or not words(text):
            self._note_empty(text)
            return None
        if set(text) & set("*?~"):
            self._notes.add("The value of a field is compared whole; *, ? and ~ in it were left out.")
        return Keyword(field, value)

    def _phrase(self, lexeme: Lexeme, field: str) -> Node | None:
        symbol = normalise(lexeme.text) if "/" in lexeme.text else None
        if symbol and not field:
            return Symbol(symbol)
        if "*" in lexeme.text:
            self._notes.add("Between quotation marks every word is exact; * stands for nothing there.")
        found = self._limited(words(lexeme.text))
        if len(found) > 1:
            return Phrase(found, self._slop(lexeme.slop))
        if not found:
            self._note_empty(lexeme.text)
            return None
        return _single(found[0], Exact)

    def _slop(self, slop: int | None) -> int:
        if slop is not None and slop > MAX_SLOP:
            self._notes.add(f"Words are searched for at most {MAX_SLOP} words apart.")
        return min(slop or 0, MAX_SLOP)

    def _word(self, text: str) -> Node | None:
        core = text.strip(_EDGES)
        if core and not core.strip("*"):
            return MatchAll()
        is_exact = core.startswith("=")
        core = core.lstrip("=")
        if "~" in core:
            return self._fuzzy_word(core)
        if core.endswith("?") and words(core):
            self._notes.add("? stands for one letter within a word; at the end of a word it is a question mark.")
            core = core.rstrip("?").strip(_EDGES)
        if "*" in core or "?" in core:
            return self._pattern(core)
        return self.plain(core or text, is_exact=is_exact)

    def _fuzzy_word(self, text: str) -> Node | None:
        base, _, distance = text.partition("~")
        term = _one_term(base)
        if distance in {"", "1", "2"} and len(term) >= MIN_FUZZY_LETTERS and self._fuzzy < MAX_FUZZY:
            self._fuzzy += 1
            return Fuzzy(term)
        self._notes.add(
            f"~ finds other spellings of one word of at least {MIN_FUZZY_LETTERS} letters, "
            f"{MAX_FUZZY} times in a search; '{text}' was read as it stands."
        )
        return self.plain(text)

    def _pattern(self, text: str) -> Node | None:
        body = text.rstrip("*")
        if body and is_unspaced(fold(body)[:1]):
            return self.plain(body)  # its texts are searched by bigrams, so every search is open at both ends
        term = _one_term(body, letters="?")
        is_mixed = "*" in body or ("?" in body and body != text)
        letters = len(term.partition("?")[0])
        if not is_mixed and letters >= MIN_PATTERN_LETTERS and self._patterns < MAX_PATTERNS:
            self._patterns += 1
            return Wildcard(term) if "?" in term else Prefix(term)
        self._notes.add(
            f"* stands for the end of one word, ? for one letter in it, after at least {MIN_PATTERN_LETTERS} letters "
            f"and {MAX_PATTERNS} times in a search; '{text}' was read as it stands."
        )
        return self.plain(text)

    def _limited(self, found: list[str]) -> tuple[str, ...]:
        if len(found) > MAX_PHRASE_WORDS:
            self._notes.add(f"Only the first {MAX_PHRASE_WORDS} words of a phrase were searched.")
        return tuple(found[:MAX_PHRASE_WORDS])

    def _note_empty(self, text: str) -> None:
        if not text.strip() or set(text) - _QUIET:
            self._notes.add(f"'{text.strip()}' holds no letter or digit, so it was left out.")


def _single(word: str, kind: Callable[[str], Node]) -> Node:
    """A word; a single character of a script without spaces is the beginning of a bigram."""
    return Prefix(word) if len(word) == 1 and is_unspaced(word) else kind(word)


def _one_term(text: str, *, letters: str = "") -> str:
    """The text as one folded term, hyphens taken out as an index joins compounds; empty where it is not one word.

    letters: characters that count as letters, such as the ? of a pattern.
    """
    folded = fold(text).replace("-", "")
    stand_in = re.sub(f"[{re.escape(letters)}]", "x", folded) if letters else folded
    return folded if words(stand_in) == [stand_in] else ""
