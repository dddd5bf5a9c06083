"""The query language: what a reader typed becomes a tree of `search.trees`, and a tree becomes text again for links.

Hand-written recursive descent over the lexemes of `query_lexer`. OR binds less than what stands side by side, NOT most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from documents.search.dates import day_range_text
from documents.search.query_leaves import LeafReader
from documents.search.query_lexer import DATE, FIELDS, Kind, Lexeme, Lexer, Notes
from documents.search.trees import (
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
    Variants,
    Wildcard,
    Word,
    walk,
)
from documents.search.types import TEXT_FIELDS
from documents.symbols import find_bare_resolutions

MAX_WORDS = 32  # leaves of a query tree; each costs the engine a look-up

_OPERAND = {Kind.WORD, Kind.PHRASE, Kind.SYMBOL, Kind.BARE_RESOLUTION, Kind.FIELD, Kind.OPEN, Kind.NOT}


def parse_query(text: str) -> ParsedQuery:
    """Turn what a reader typed into a query tree.

    text: as typed; characters past MAX_QUERY_CHARACTERS (1,000) are cut, and `notes` says so.
    Returns the root node and the notes to show above the results; blank input gives MatchAll().
    Never raises. Grammar: DESIGN, section 5; for readers, /search/help/.
    """
    notes = Notes()
    root = _Parser(Lexer(text, notes).lexemes, notes).parse()
    if root is None and text.strip():
        notes.add("There was no word to search for, so every document is shown.")
    return ParsedQuery(root or MatchAll(), notes.sentences)


class _Parser:
    """Recursive descent; a method gives None where nothing of its part can be searched."""

    def __init__(self, lexemes: list[Lexeme], notes: Notes) -> None:
        self._notes = notes
        self._leaves = LeafReader(notes)
        self._lexemes = lexemes
        self._position = 0
        self._field = ""  # the field whose value or bracket is being read
        self._word_count = 0

    def parse(self) -> Node | None:
        return self._either()

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
        is_apart = False
        while self._peek() not in (None, Kind.CLOSE) and not (self._peek() is Kind.OR and operands):
            if self._peek() in (Kind.OR, Kind.AND):
                operator = self._next()
                has_sides = operator.kind is Kind.AND and operands and self._peek() in _OPERAND
                is_apart = bool(has_sides)
                operands.append(None if has_sides else self._as_word(operator))
            else:
                operand = self._negated()
                operands.append(apart(operand) if is_apart and operand else operand)
                is_apart = False
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
        self._notes.add(f"{operator.text} had nothing to work on, so it was read as a word.")
        return self._counted(Word(operator.text.lower()))

    def _operand(self) -> Node | None:
        lexeme = self._next()
        if lexeme.kind is Kind.OPEN:
            return self._bracket()
        if lexeme.kind is Kind.FIELD:
            return self._in_field(lexeme)
        return self._counted(self._leaves.read(lexeme, self._field))

    def _bracket(self) -> Node | None:
        node = self._either()
        self._next()  # the lexer has balanced the brackets
        return node

    def _in_field(self, lexeme: Lexeme) -> Node | None:
        if self._field or self._peek() not in _OPERAND or self._peek() is Kind.FIELD:
            reason = "cannot stand within another field" if self._field else "needs a value right after it"
            self._notes.add(f"{lexeme.text}: {reason}, so it was read as a word.")
            return self._counted(self._leaves.plain(lexeme.text))
        self._field = lexeme.value
        node = self._negated()
        self._field = ""
        return within(lexeme.value, node) if node and lexeme.value in TEXT_FIELDS else node

    def _counted(self, node: Node | None) -> Node | None:
        """The node, unless the query has grown too long."""
        if node is None:
            return None
        self._word_count += sum(1 for part in walk(node) if not isinstance(part, Or))
        if self._word_count <= MAX_WORDS:
            return node
        self._notes.add(f"Only the first {MAX_WORDS} words were searched.")
        return None


# --- Building: the one normal form of a tree --------------------------------------------------------------------------


def both(nodes: Iterable[Node | None]) -> Node | None:
    """The nodes joined by AND: nested ones opened, repeated ones once, MatchAll dropped; None where there are none."""
    parts = _opened(nodes, And)
    if any(not isinstance(part, MatchAll) for part in parts):
        parts = [part for part in parts if not isinstance(part, MatchAll)]
    parts = _kept_apart(parts)
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def apart(node: Node) -> Node:
    """The node as it stands behind AND: where it begins with a word, that makes no compound with the word before."""
    match node:
        case Word():
            return replace(node, is_apart=True)
        case And(children=(first, *others)):
            return And((apart(first), *others))
    return node


def _kept_apart(parts: Iterable[Node]) -> list[Node]:
    """The parts, each word once, and apart only where it stands behind a word."""
    kept: dict[Node, Node] = {}
    last: Node | None = None
    for part in parts:
        plain = replace(part, is_apart=False) if isinstance(part, Word) else part
        if plain not in kept:
            kept[plain] = part if isinstance(last, Word) else plain
            last = part
    return list(kept.values())


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
    return list(dict.fromkeys(opened)) if kind is And else opened


# --- Writing ----------------------------------------------------------------------------------------------------------

_TYPED = {field: typed for typed, field in FIELDS.items()}


def to_text(node: Node) -> str:
    """A tree in the query language; parse_query() of it gives the same tree, less the variants of names.

    Raises TypeError for nodes that no query can hold, such as those that engines make.
    """
    match node:
        case And(children=children):
            return _row(children)
        case Or(children=children):
            return " OR ".join(to_text(child) for child in children)
        case Not(child=child):
            return "-" + _grouped(child, And, Or)
        case InField(field=field, child=child):
            return f"{field}:" + _grouped(child, And, Or, Not)
        case Keyword(field=field, value=value):
            return f"{_TYPED[field]}:{value}"
        case DateRange(earliest=earliest, latest=latest):
            return f"{DATE}:{day_range_text(earliest, latest)}"
        case Variants(child=child):
            return to_text(child)
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
        case Fuzzy(text=text):
            return text + "~"
        case Symbol(symbol=text) | Wildcard(pattern=text):
            return text
        case MatchAll() | MatchNone():
            return "*" if isinstance(node, MatchAll) else "-*"
    raise TypeError(f"{type(node).__name__} cannot be typed in a query; write the node it came from.")


def _grouped(node: Node, *kinds: type[Node]) -> str:
    typed = node.child if isinstance(node, Variants) else node
    return f"({to_text(typed)})" if isinstance(typed, kinds) else to_text(typed)


def _row(children: Iterable[Node]) -> str:
    """Parts side by side; brackets keep "resolution" and "1373" two words where no AND does."""
    first, *others = _as_typed(children)
    row = [_grouped(first, Or)]
    for child in others:
        text = _grouped(child, Or)
        if isinstance(child, Word) and child.is_apart:
            row += ["AND", text]
        else:
            row.append(f"({text})" if find_bare_resolutions(f"{row[-1]} {text}") else text)
    return " ".join(row)


def _as_typed(children: Iterable[Node]) -> Iterator[Node]:
    """The children with the words of a name apart, as they were typed."""
    for child in children:
        match child:
            case Variants(child=And(children=words)):
                yield from words
            case Variants(child=word):
                yield word
            case _:
                yield child
