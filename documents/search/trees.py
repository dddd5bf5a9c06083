"""The query tree: its nodes, a walk through it, and making one from another. Nothing of ours is imported.

Words inside nodes are folded as `analysis.words` gives them; what was typed stands beside them where a page shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date


class Node:
    """One part of a query. All nodes are frozen, so trees can be compared, hashed and used as cache keys."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MatchAll(Node):
    """Every document: `*`, or nothing typed."""


@dataclass(frozen=True, slots=True)
class MatchNone(Node):
    """No document, for instance a keyword that no document can carry."""


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A word in any of its forms: `terrorist` also finds `terrorists` and `terrorism`.

    `is_apart`: joined by AND to the word before it, with which it is then never read as one compound.
    """

    text: str
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Exact(Node):
    """A word in exactly this form: `=terrorism`."""

    text: str


@dataclass(frozen=True, slots=True)
class Compound(Node):
    """A word typed with hyphens: `counter-terrorism`. Its joined form and its parts in a row find the same."""

    parts: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Exactly these words in this order; with `slop`, in any order within so many words of one another."""

    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """Words that begin so: `terror*`."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard(Node):
    """Words of this shape, `?` standing for one letter: `organi?ation`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """Words spelt nearly so: `Kyrgyzstan~`."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A UN document symbol in normal form, `S/RES/1373(2001)`; without a year it finds every year's."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Keyword(Node):
    """A value of a field that is compared whole. `field` is one of KEYWORD_FIELDS, `value` is a slug."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class InField(Node):
    """`child` looked for in `title` or `text` alone."""

    field: str
    child: Node


@dataclass(frozen=True, slots=True)
class DateRange(Node):
    """Documents dated within these days, both included; None is open. Request.certain settles doubtful dates."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class And(Node):
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    child: Node


@dataclass(frozen=True, slots=True)
class AtLeast(Node):
    """Documents that match at least `minimum` of the children: what is shown where nothing holds all the words."""

    minimum: int
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Variants(Node):
    """Words that spell a form of a name: found as `child` would be, or as any of the name's other forms."""

    child: Node
    forms: tuple[tuple[str, ...], ...]  # of each its words, which stand in a row


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word as held by the index, with the number of documents that hold it.

    A `text` of several words, with spaces between, stands for these words in a row: a compound taken apart, or a name.
    """

    text: str
    documents: int
    is_variant: bool = False  # another form of the name that was typed


@dataclass(frozen=True, slots=True)
class Forms(Node):
    """What an engine made of a leaf, of two Words that it reads as a compound, of Variants, of a Phrase with compounds:
    the forms it looked for, most documents first. Only engines build it, for SearchResult.expanded.

    `typed` is what was expanded, as it is typed: `terror*`, `counter-terrorism`; `is_capped`: there were more forms
    than may be searched; `left_out`: forms not looked for, because SearchRequest.without names them; `is_scored`: False
    of a function word beside other words, which has to match and says nothing: it counts neither for the order nor for
    passages, and is not marked.
    """

    typed: str
    forms: tuple[Form, ...]
    is_capped: bool = False
    left_out: tuple[Form, ...] = ()
    is_scored: bool = True


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, depth first, in the order typed."""
    yield node
    match node:
        case And(children=children) | Or(children=children) | AtLeast(children=children):
            for child in children:
                yield from walk(child)
        case Not(child=child) | InField(child=child) | Variants(child=child):
            yield from walk(child)


def placed_leaves(node: Node, fields: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The leaves of SearchResult.expanded that stand at places, Forms, Phrase and Symbol, in the order typed, each with
    the fields it is looked for in: those of the InField nearest around it, else these. What is negated is left out, and
    function words beside others.
    """
    match node:
        case And(children=children) | Or(children=children) | AtLeast(children=children):
            for child in children:
                yield from placed_leaves(child, fields)
        case InField(field=field, child=child):
            yield from placed_leaves(child, (field,))
        case Forms(is_scored=True) | Phrase() | Symbol():
            yield node, fields


def rewrite(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same tree with each of its leaves as `change` gives it."""
    match node:
        case And(children=children) | Or(children=children) | AtLeast(children=children):
            return replace(node, children=tuple(rewrite(child, change) for child in children))
        case Not(child=child) | InField(child=child) | Variants(child=child):
            return replace(node, child=rewrite(child, change))
    return change(node)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What was understood, and in `notes` a sentence for each thing that was not or was cut."""

    root: Node
    notes: tuple[str, ...] = ()
