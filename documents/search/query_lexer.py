"""The scanner of the query language: cuts what was typed into lexemes, never raises, and notes what it passed over.

Grammar: DESIGN, section 5. Brackets come out balanced, so that the parser above need not look for their ends.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from documents.symbols import FoundSymbol, find_bare_resolutions, find_symbols

MAX_QUERY_CHARACTERS = 1000  # more than any query typed by hand; a pasted page is cut
MAX_DEPTH = 10  # of brackets in brackets

# What is typed before the colon, and the field meant.
DATE = "date"
FIELDS = {
    **{name: name for name in ("body", "collection", DATE, "name", "place", "symbol", "tag", "text", "title", "type")},
    "lang": "language",
}

_PUNCTUATION = str.maketrans("“”„‟«»″＂「」『』（）：＊？＝～", '""""""""""""():*?=~')
_PHRASE_END = re.compile(r"(?:~(?P<slop>\d{0,9}))?(?P<rest>[*?~\d]*)", re.ASCII)
_FIELD = re.compile(r"([^\W\d_]{2,}):(?!//)")
_CHUNK = re.compile(r'[^\s()"]+')
_AFTER_SYMBOL = re.compile(r"[*?~.,;:!]*")
_SYMBOL_FIELDS = {"symbol", "title", "text"}


class Kind(Enum):
    WORD = auto()
    PHRASE = auto()
    SYMBOL = auto()
    BARE_RESOLUTION = auto()  # "resolution 1373", which names no year
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query. text: as typed, without quotes; value: the symbol or the field; slop: of a phrase."""

    kind: Kind
    text: str
    value: str = ""
    slop: int | None = None


class Notes:
    """The sentences that a page shows above its results, each once."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def add(self, sentence: str) -> None:
        self._sentences[sentence] = None

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self._sentences)


class Lexer:
    """One pass over a query; `lexemes` is there when it is made."""

    def __init__(self, text: str, notes: Notes) -> None:
        self._notes = notes
        self.lexemes: list[Lexeme] = []
        self._text = self._cleaned(text)
        self._symbols = _symbols_by_start(self._text)
        self._brackets: list[bool] = []  # the open ones; False marks one that lies too deep and was left out
        self._position = 0
        while self._position < len(self._text):
            self._scan()
        self._close_brackets()

    def _cleaned(self, text: str) -> str:
        if len(text) > MAX_QUERY_CHARACTERS:
            self._notes.add(f"Only the first {MAX_QUERY_CHARACTERS:,} characters of the search were read.")
            text = text[:MAX_QUERY_CHARACTERS]
        readable = "".join(character if _is_readable(character) else " " for character in text)
        if readable != text:
            self._notes.add("Characters that cannot be shown were left out.")
        return readable.translate(_PUNCTUATION)

    def _scan(self) -> None:
        character = self._text[self._position]
        if character.isspace():
            self._position += 1
        elif character == '"':
            self._scan_phrase()
        elif character in "()":
            self._scan_bracket(character)
        elif not (self._scan_symbol() or self._scan_minus() or self._scan_field()):
            self._scan_chunk()

    def _scan_phrase(self) -> None:
        end = self._text.find('"', self._position + 1)
        if end < 0:
            self._notes.add("A quotation mark was opened but not closed, so what follows it was read as plain words.")
            self._position += 1
            return
        after = _PHRASE_END.match(self._text, end + 1)
        assert after is not None  # the pattern matches the empty string too
        slop = after["slop"]
        if after["rest"] or slop == "":
            self._notes.add(
                'After a closing quotation mark only a number of words is understood, as in "border security"~5.'
            )
        self._add(Kind.PHRASE, self._text[self._position + 1 : end], slop=int(slop) if slop else None)
        self._position = after.end()

    def _scan_bracket(self, character: str) -> None:
        self._position += 1
        if character == "(":
            self._brackets.append(sum(self._brackets) < MAX_DEPTH)
            if self._brackets[-1]:
                self._add(Kind.OPEN, "(")
            else:
                self._notes.add(f"Brackets were read to a depth of {MAX_DEPTH} only.")
        elif not self._brackets:
            self._notes.add("A bracket was closed but not opened, so it was left out.")
        elif self._brackets.pop():
            self._add(Kind.CLOSE, ")")

    def _close_brackets(self) -> None:
        if self._brackets:
            self._notes.add("A bracket was opened but not closed, so it was closed at the end.")
        for is_kept in self._brackets:
            if is_kept:
                self._add(Kind.CLOSE, ")")

    def _scan_symbol(self) -> bool:
        kind, symbol = self._symbols.get(self._position, (Kind.WORD, None))
        if symbol is None or self._follows_field_without_symbols():
            return False
        self._add(kind, self._text[symbol.start : symbol.end], value=symbol.symbol)
        after = _AFTER_SYMBOL.match(self._text, symbol.end)
        assert after is not None  # the pattern matches the empty string too
        if set(after[0]) & set("*?~"):
            self._notes.add("A symbol is searched whole; *, ? and ~ after it were left out.")
        self._position = after.end()
        return True

    def _follows_field_without_symbols(self) -> bool:
        last = self.lexemes[-1] if self.lexemes else None
        return last is not None and last.kind is Kind.FIELD and last.value not in _SYMBOL_FIELDS

    def _scan_minus(self) -> bool:
        following = self._text[self._position + 1 : self._position + 2]
        if self._text[self._position] != "-" or not following or following.isspace() or following in "-)":
            return False
        self._add(Kind.NOT, "-")
        self._position += 1
        return True

    def _scan_field(self) -> bool:
        match = _FIELD.match(self._text, self._position)
        if not match:
            return False
        field = FIELDS.get(match[1].lower())
        if field:
            self._add(Kind.FIELD, match[1], value=field)
        elif _CHUNK.match(self._text, match.end()) or self._text.startswith(('"', "("), match.end()):
            self._notes.add(f"Unknown search field '{match[1]}'. Fields: {', '.join(sorted(FIELDS))}.")
            self._add(Kind.WORD, match[1])
        else:  # "Note: …" is a word with a colon after it
            self._add(Kind.WORD, match[1])
        self._position = match.end()
        return True

    def _scan_chunk(self) -> None:
        match = _CHUNK.match(self._text, self._position)
        assert match is not None  # _scan() has ruled out what a chunk cannot begin with
        kind = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}.get(match[0], Kind.WORD)
        self._add(kind, match[0])
        self._position = match.end()

    def _add(self, kind: Kind, text: str, *, value: str = "", slop: int | None = None) -> None:
        self.lexemes.append(Lexeme(kind, text, value, slop))


def _is_readable(character: str) -> bool:
    return character in "\t\n\r" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}


def _symbols_by_start(text: str) -> dict[int, tuple[Kind, FoundSymbol]]:
    bare = {symbol.start: (Kind.BARE_RESOLUTION, symbol) for symbol in find_bare_resolutions(text)}
    return bare | {symbol.start: (Kind.SYMBOL, symbol) for symbol in find_symbols(text, ignore_case=True)}
