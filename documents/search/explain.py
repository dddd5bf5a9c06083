"""What a results page offers where nothing holds all that was asked for: searches near it that find something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice

from documents.search.engines.base import Engine
from documents.search.labels import Labels
from documents.search.parameters import parameters_of
from documents.search.query import parse_query, to_text
from documents.search.results import FACET_LABELS, Alternative, Asked
from documents.search.trees import (
    And,
    AtLeast,
    DateRange,
    Exact,
    Keyword,
    Node,
    Not,
    Variants,
    Word,
    rewrite,
    walk,
)
from documents.search.types import Filters

MAX_ALTERNATIVES = 12  # each costs a search
MAX_SUGGESTIONS = 3
MAX_RESPELT = 8  # words looked up for another spelling, each among all that are held
SHARE_OF_WORDS = (2, 3)  # shown where nothing holds all the words: at least two thirds of them

# "resolution (1373)": two words, as "resoluton 1373" was read. Spelt well it is the resolution that is meant.
_NUMBER_KEPT_APART = re.compile(r"\((\d+)\)")

Count = Callable[[Asked, Node], int]  # how many documents a search finds


def relaxed(root: Node) -> Node | None:
    """The query content with most of its words; None where that would be no other query.

    What is no word, such as a date or a tag, and what is ruled out still holds.
    """
    if isinstance(root, Variants):
        return relaxed(root.child)
    if not isinstance(root, And):
        return None
    words = tuple(child for child in root.children if not isinstance(child, Keyword | DateRange | Not))
    others = tuple(child for child in root.children if child not in words)
    share, of = SHARE_OF_WORDS
    minimum = -(-len(words) * share // of)
    if minimum == len(words):
        return None
    most = AtLeast(minimum, words)
    return And((most, *others)) if others else most


def alternatives(asked: Asked, root: Node, count: Count, labels: Labels) -> tuple[Alternative, ...]:
    """Searches near this one that find something: each of its words alone, and all of it without each filter."""
    near = chain(_with_every_form(asked, root), _each_word(asked, root), _without_each_filter(asked, root, labels))
    candidates = islice(near, MAX_ALTERNATIVES)
    found = []
    for label, other, other_root in candidates:
        if total := count(other, other_root):
            found.append(Alternative(label, total, parameters_of(other)))
    return tuple(found)


def _with_every_form(asked: Asked, root: Node) -> Iterator[tuple[str, Asked, Node]]:
    if asked.without:
        yield "with every form", replace(asked, without=(), page=1), root


def _each_word(asked: Asked, root: Node) -> Iterator[tuple[str, Asked, Node]]:
    children = root.children if isinstance(root, And) else ()
    for child in children:
        if not isinstance(child, Not):
            text = to_text(child)
            yield text, replace(asked, q=text, page=1), child


def _without_each_filter(asked: Asked, root: Node, labels: Labels) -> Iterator[tuple[str, Asked, Node]]:
    filters = asked.filters
    for keyword in filters.keywords:
        others = tuple(other for other in filters.keywords if other != keyword)
        name = FACET_LABELS.get(keyword.field, keyword.field.capitalize()).lower()
        label = f"without the {name} “{labels.get((keyword.field, keyword.value), keyword.value)}”"
        yield label, replace(asked, filters=replace(filters, keywords=others), page=1), root
    if filters.date_from or filters.date_to:
        yield "of any date", replace(asked, filters=Filters(filters.keywords), page=1), root


def suggestions(asked: Asked, root: Node, engine: Engine, count: Count) -> tuple[str, ...]:
    """The whole query with words that nothing holds spelt as something does, where that finds anything."""
    found: list[str] = []
    for spelt in _respelt(root, engine):
        text = _NUMBER_KEPT_APART.sub(r"\1", to_text(spelt))
        read = parse_query(text).root
        if len(found) < MAX_SUGGESTIONS and text not in found and count(replace(asked, q=text, page=1), read):
            found.append(text)
    return tuple(found)


def _respelt(root: Node, engine: Engine) -> Iterator[Node]:
    """The query with each unknown word's best spelling, with the second best, and so on; then each of them alone.

    Alone, because another unknown word may be like none that is held.
    """
    misspelt = islice(_words(root), MAX_RESPELT)
    unknown = {node: spellings for node in misspelt if (spellings := engine.suggest(node.text, MAX_SUGGESTIONS))}
    for place in range(max(map(len, unknown.values()), default=0)):
        yield _respell(root, {node: spellings[min(place, len(spellings) - 1)] for node, spellings in unknown.items()})
    if len(_words(root)) > len(unknown):
        yield from (_respell(node, {node: spellings[0]}) for node, spellings in unknown.items())


def _words(root: Node) -> list[Word | Exact]:
    return [node for node in walk(root) if isinstance(node, Word | Exact)]


def _respell(root: Node, spellings: dict[Word | Exact, str]) -> Node:
    def spelt(leaf: Node) -> Node:
        return replace(leaf, text=spellings.get(leaf, leaf.text)) if isinstance(leaf, Word | Exact) else leaf

    return rewrite(root, spelt)
