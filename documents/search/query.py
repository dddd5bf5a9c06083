"""The query language: what a reader typed becomes a tree of `search.types`, and a tree becomes text again for links.

Hand-written recursive descent over the lexemes of `query_lexer`. OR binds less than what stands side by side, NOT most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from documents.search.analysis import compounds, fold, is_unspaced, slug_of, words
from documents.search.dates import parse_day_range
from documents.search.query_lexer import DATE, FIELDS, Kind, Lexeme, Lexer
from documents.search.types import (
    TEXT_FIELDS,
    And,
    Compound,
    DateRange,
    Exact,
    Fuzzy,
    InField,
    Keyword,
    MatchAll,
    MatchNone,
    Node,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Symbol,
    Wildcard,
    Word,
    walk,
)
from documents.symbols import normalise, slug

MAX_WORDS = 32  # leaves of a query tree; each costs the engine a look-up
MAX_PHRASE_WORDS = 20
MAX_SLOP = 20
MAX_PATTERNS = 3  # words with * or ?, each of which may stand for thousands of forms
MIN_PATTERN_LETTERS = 3  # at its beginning, so that few words need be looked at
MAX_FUZZY = 2
MIN_FUZZY_LETTERS = 4  # in three letters nearly everything is a neighbour

_EDGES = " .,;:!'’‘…"
# French and Italian words that lose their vowel before another: in "l'homme" a reader looks for "homme".
_ELIDED = re.compile(r"(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|un|all|dall|dell|nell|sull)'(?=\w)")
_QUIET = set("-–—.,;:!?/&+'’‘=…·•|*~")  # what may stand alone between words without a note
_OPERAND = {Kind.WORD, Kind.PHRASE, Kind.SYMBOL, Kind.BARE_RESOLUTION, Kind.FIELD, Kind.OPEN, Kind.NOT}


def parse_query(text: str) -> ParsedQuery:
    """Turn what a reader typed into a query tree.

    text: as typed; characters past MAX_QUERY_CHARACTERS (1,000) are cut, and `notes` says so.
    Returns the root node and the notes to show above the results; blank input gives MatchAll().
    Never raises. Grammar: DESIGN, section 5; for readers, /search/help/.
    """
    lexer = Lexer(text)
    parser = _Parser(lexer.lexemes, lexer.notes)
    root = parser.parse()
    if root is None and text.strip():
        parser.note("There was no word to search for, so every document is shown.")
    return ParsedQuery(root or MatchAll(), tuple(parser.notes))


class _Parser:
    """Recursive descent; a method gives None where nothing of its part can be searched."""

    def __init__(self, lexemes: list[Lexeme], notes: list[str]) -> None:
        self.notes = notes
        self._lexemes = lexemes
        self._position = 0
        self._field = ""  # the field whose value or bracket is being read
        self._leaves = 0
        self._patterns = 0
        self._fuzzy = 0

    def parse(self) -> Node | None:
        return self._either()

    def note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    # --- Operators ----------------------------------------------------------------------------------------------------

    def _peek(self) -> Kind | None:
        return self._lexemes[self._position].kind if self._position < len(self._lexemes) else None

    def _next(self) -> Lexeme:
        self._position += 1
        return self._lexemes[self._position - 1]

    def _either(self) -> Node | None:
        """`a OR b`, up to the closing bracket or the end."""
        operands = [self._all()]
        while self._peek() is Kind.OR:
            operator = self._next()
            if self._peek() in (None, Kind.CLOSE):
                operands.append(both([operands.pop(), self._as_word(operator)]))
            else:
                operands.append(self._all())
        return either(operands)

    def _all(self) -> Node | None:
        """`a b`, `a AND b`; an operator that has nothing to join is read as a word."""
        operands: list[Node | None] = []
        while self._peek() not in (None, Kind.CLOSE) and not (self._peek() is Kind.OR and operands):
            if self._peek() in (Kind.OR, Kind.AND):
                operator = self._next()
                has_sides = operator.kind is Kind.AND and operands and self._peek() in _OPERAND
                operands.append(None if has_sides else self._as_word(operator))
            else:
                operands.append(self._negated())
        return both(operands)

    def _negated(self) -> Node | None:
        is_negated = False
        while self._peek() is Kind.NOT:
            operator = self._next()
            if self._peek() not in _OPERAND:
                return self._as_word(operator)
            is_negated = not is_negated
        node = self._operand()
        return negation(node) if is_negated and node else node

    def _as_word(self, operator: Lexeme) -> Node | None:
        if operator.text == "-":
            return None
        self.note(f"{operator.text} had nothing to work on, so it was read as a word.")
        return self._counted(Word(operator.text.lower()))

    def _operand(self) -> Node | None:
        lexeme = self._next()
        if lexeme.kind is Kind.OPEN:
            return self._bracket()
        if lexeme.kind is Kind.FIELD:
            return self._in_field(lexeme)
        return self._counted(self._leaf(lexeme))

    def _bracket(self) -> Node | None:
        node = self._either()
        self._next()  # the lexer has balanced the brackets
        return node

    def _in_field(self, lexeme: Lexeme) -> Node | None:
        if self._field or self._peek() not in _OPERAND or self._peek() is Kind.FIELD:
            reason = "cannot stand within another field" if self._field else "needs a value right after it"
            self.note(f"{lexeme.text}: {reason}, so it was read as a word.")
            return self._counted(self._plain(lexeme.text))
        self._field = lexeme.value
        node = self._negated()
        self._field = ""
        return within(lexeme.value, node) if node and lexeme.value in TEXT_FIELDS else node

    def _counted(self, node: Node | None) -> Node | None:
        """The node, unless the query has grown too long."""
        if node is None:
            return None
        self._leaves += sum(1 for part in walk(node) if not isinstance(part, Or))
        if self._leaves <= MAX_WORDS:
            return node
        self.note(f"Only the first {MAX_WORDS} words were searched.")
        return None

    # --- Leaves -------------------------------------------------------------------------------------------------------

    def _leaf(self, lexeme: Lexeme) -> Node | None:
        if self._field == DATE:
            return self._date(lexeme.text)
        if self._field and self._field not in TEXT_FIELDS:
            return self._keyword(lexeme.text)
        if lexeme.kind is Kind.PHRASE:
            return self._phrase(lexeme)
        if lexeme.kind in (Kind.SYMBOL, Kind.BARE_RESOLUTION):
            return self._symbol(lexeme)
        return self._word(lexeme.text)

    def _date(self, text: str) -> Node | None:
        try:
            return DateRange(*parse_day_range(text.strip(" ,;")))
        except ValueError as error:
            self.note(f"{error} It was read as plain words.")
            return self._plain(text)

    def _keyword(self, text: str) -> Node | None:
        symbol = normalise(text) if self._field == "symbol" else None
        value = slug(symbol) if symbol else slug_of(text)
        if not value:
            self.note(f"'{text}' is no value of a field, so it was left out.")
            return None
        if set(text) & set("*?~"):
            self.note("The value of a field is compared whole; *, ? and ~ in it were left out.")
        return Keyword(self._field, value)

    def _symbol(self, lexeme: Lexeme) -> Node | None:
        if self._field:
            return self._plain(lexeme.text)
        if lexeme.kind is Kind.SYMBOL:
            return Symbol(lexeme.value)
        # The Security Council alone numbers its resolutions through all years, so a bare number is most likely one of
        # its. The Assembly's older ones are cited alike ("resolution 1514 (XV)"): the words as typed find those, and
        # neither reading finds A/RES/1373, which does not hold them in a row.
        return Or((Symbol(lexeme.value), Phrase(tuple(words(lexeme.text)))))

    def _phrase(self, lexeme: Lexeme) -> Node | None:
        symbol = normalise(lexeme.text) if "/" in lexeme.text else None
        if symbol and not self._field:
            return Symbol(symbol)
        if "*" in lexeme.text:
            self.note("Between quotation marks every word is exact; * stands for nothing there.")
        found = self._limited(words(lexeme.text))
        if len(found) > 1:
            return Phrase(found, self._slop(lexeme.slop))
        return self._single(found[0], Exact) if found else self._nothing(lexeme.text)

    def _slop(self, slop: int | None) -> int:
        if slop is not None and slop > MAX_SLOP:
            self.note(f"Words are searched for at most {MAX_SLOP} words apart.")
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
            self.note("? stands for one letter within a word; at the end of a word it is a question mark.")
            core = core.rstrip("?").strip(_EDGES)
        if "*" in core or "?" in core:
            return self._pattern(core)
        return self._plain(core or text, is_exact=is_exact)

    def _fuzzy_word(self, text: str) -> Node | None:
        base, _, rest = text.partition("~")
        term = _one_term(base)
        if rest.strip("012") or len(term) < MIN_FUZZY_LETTERS or self._fuzzy == MAX_FUZZY:
            self.note(
                f"~ finds other spellings of one word of at least {MIN_FUZZY_LETTERS} letters, "
                f"{MAX_FUZZY} times in a search; '{text}' was read as it stands."
            )
            return self._plain(text)
        self._fuzzy += 1
        return Fuzzy(term)

    def _pattern(self, text: str) -> Node | None:
        body = text.rstrip("*")
        if body and is_unspaced(fold(body)[:1]):
            return self._plain(body)  # its texts are searched by bigrams, so every search is open at both ends
        term = _one_term(body, letters="?")
        is_mixed = "*" in body or ("?" in body and body != text)
        literal = term.partition("?")[0]
        if is_mixed or len(literal) < MIN_PATTERN_LETTERS or self._patterns == MAX_PATTERNS:
            self.note(
                f"* stands for the end of one word, ? for one letter in it; at least {MIN_PATTERN_LETTERS} letters must "
                f"come first, and a search holds at most {MAX_PATTERNS} of them. '{text}' was read as plain words."
            )
            return self._plain(text)
        self._patterns += 1
        return Wildcard(term) if "?" in term else Prefix(term)

    def _plain(self, text: str, *, is_exact: bool = False) -> Node | None:
        """The words of a piece without blanks; several of them, as in 6+1, are meant in a row."""
        found = self._limited(words(text))
        if not found:
            return self._nothing(text)
        if len(found) == 1:
            return self._single(found[0], Exact if is_exact else Word)
        elided = _ELIDED.match(fold(text))
        if elided:
            return self._plain(fold(text)[elided.end() :], is_exact=is_exact)
        if compounds(text) != {"-".join(found)}:
            return Phrase(found)
        return Or((Exact("".join(found)), Phrase(found))) if is_exact else Compound(found)

    def _single(self, word: str, kind: Callable[[str], Node]) -> Node:
        """A word; a single character of a script without spaces is the beginning of a bigram."""
        return Prefix(word) if len(word) == 1 and is_unspaced(word) else kind(word)

    def _limited(self, found: list[str]) -> tuple[str, ...]:
        if len(found) > MAX_PHRASE_WORDS:
            self.note(f"Only the first {MAX_PHRASE_WORDS} words of a phrase were searched.")
        return tuple(found[:MAX_PHRASE_WORDS])

    def _nothing(self, text: str) -> None:
        if not text.strip() or set(text) - _QUIET:
            self.note(f"'{text.strip()}' holds no letter or digit, so it was left out.")


def _one_term(text: str, *, letters: str = "") -> str:
    """The text as one folded term, hyphens taken out as an index joins compounds; empty where it is not one word.

    letters: characters that count as letters, such as the ? of a pattern.
    """
    folded = fold(text).replace("-", "")
    stand_in = re.sub(f"[{re.escape(letters)}]", "x", folded) if letters else folded
    return folded if words(stand_in) == [stand_in] else ""


# --- Building: the one normal form of a tree --------------------------------------------------------------------------


def both(nodes: Iterable[Node | None]) -> Node | None:
    """The nodes joined by AND: nested ones opened, repeated ones once, MatchAll dropped; None where there are none."""
    parts = _opened(nodes, And)
    if any(not isinstance(part, MatchAll) for part in parts):
        parts = [part for part in parts if not isinstance(part, MatchAll)]
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def either(nodes: Iterable[Node | None]) -> Node | None:
    """The nodes joined by OR, as both() does; MatchAll takes all."""
    parts = _opened(nodes, Or)
    if MatchAll() in parts:
        return MatchAll()
    return Or(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def negation(node: Node) -> Node:
    match node:
        case Not(child=child):
            return child
        case MatchAll():
            return MatchNone()
        case MatchNone():
            return MatchAll()
    return Not(node)


def within(field: str, node: Node) -> Node:
    """The node looked for in a field alone."""
    return node if isinstance(node, MatchAll | MatchNone) else InField(field, node)


def _opened(nodes: Iterable[Node | None], kind: type[And] | type[Or]) -> list[Node]:
    opened: list[Node] = []
    for node in nodes:
        opened.extend(node.children if isinstance(node, kind) else [node] if node else [])
    return list(dict.fromkeys(opened))


# --- Writing ----------------------------------------------------------------------------------------------------------

_TYPED = {field: typed for typed, field in FIELDS.items()}


def to_text(node: Node) -> str:
    """A tree in the query language; parse_query() of it gives the same tree. TypeError for nodes that only engines make."""
    match node:
        case And(children=children):
            return _row(_grouped(child, Or) for child in children)
        case Or(children=children):
            return " OR ".join(to_text(child) for child in children)
        case Not(child=child):
            return "-" + _grouped(child, And, Or)
        case InField(field=field, child=child):
            return f"{field}:" + _grouped(child, And, Or, Not)
        case Keyword(field=field, value=value):
            return f"{_TYPED[field]}:{value}"
        case DateRange(earliest=earliest, latest=latest):
            return f"{DATE}:{_range(earliest, latest)}"
    return _leaf_text(node)


def _leaf_text(node: Node) -> str:
    match node:
        case Word(text=text):
            return text
        case Exact(text=text):
            return "=" + text
        case Compound(parts=parts):
            return "-".join(parts)
        case Phrase(words=phrase, slop=slop):
            return f'"{" ".join(phrase)}"' + (f"~{slop}" if slop else "")
        case Prefix(text=text):
            return text + "*"
        case Wildcard(pattern=pattern):
            return pattern
        case Fuzzy(text=text):
            return text + "~"
        case Symbol(symbol=symbol):
            return symbol
        case MatchAll():
            return "*"
        case MatchNone():
            return "-*"
    raise TypeError(f"{type(node).__name__} cannot be typed in a query; write the node it came from.")


def _grouped(node: Node, *kinds: type[Node]) -> str:
    return f"({to_text(node)})" if isinstance(node, kinds) else to_text(node)


def _row(parts: Iterable[str]) -> str:
    """Parts side by side; before a number AND keeps "resolution" and "1373" two words."""
    first, *others = parts
    return first + "".join((" AND " if part[0].isdigit() else " ") + part for part in others)


def _range(earliest: date | None, latest: date | None) -> str:
    if earliest and latest and (earliest, latest) == (date(earliest.year, 1, 1), date(earliest.year, 12, 31)):
        return f"{earliest.year:04}"
    if earliest and earliest == latest:
        return earliest.isoformat()
    return f"{earliest or ''}..{latest or ''}"
