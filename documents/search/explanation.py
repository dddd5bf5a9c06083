"""What a results page says was looked for: each word with its forms, and in words whatever else the query holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from documents.search.dates import day_range_text
from documents.search.labels import Labels, read_labels
from documents.search.parameters import parameters_of
from documents.search.query import to_text
from documents.search.results import FACET_LABELS, Alternative, Asked, SearchedForm, SearchedPart, SearchedWord
from documents.search.trees import (
    And,
    DateRange,
    Form,
    Forms,
    InField,
    Keyword,
    Node,
    Not,
    Or,
    Phrase,
    Symbol,
    Variants,
    Word,
    rewrite,
    walk,
)
from documents.search.types import SearchResult

MAX_COUNTED = 8  # parts; each costs a search

_PLACES = {"": "", "title": " in the title", "text": " in the text"}
_NUMBERED_THROUGH_ALL_YEARS = re.compile(r"S/RES/(\d+)")


def searched_words(asked: Asked, root: Node, result: SearchResult) -> tuple[SearchedWord, ...]:
    """Each word of the query once, with the forms that were looked for. root: as understood."""
    forms = dict.fromkeys(node for node in walk(result.expanded) if isinstance(node, Forms))
    apart = dict(_pairs_apart(root))
    return tuple(
        SearchedWord(
            node.typed,
            tuple(_searched_form(form, node, asked) for form in node.forms),
            tuple(_searched_form(form, node, asked) for form in node.left_out),
            node.is_capped,
            apart.get(node.typed, ""),
            node.is_scored,
        )
        for node in forms
    )


def _searched_form(form: Form, word: Forms, asked: Asked) -> SearchedForm:
    """The form with its way out, or back. Another form of a name goes and comes in all its spellings."""
    alike = {form.text}
    if form.is_variant:
        variants = [other.text for other in (*word.forms, *word.left_out) if other.is_variant]
        alike |= {text for text in variants if text.replace(" ", "") == form.text.replace(" ", "")}
    without = set(asked.without) - alike if form in word.left_out else {*asked.without, *alike}
    return SearchedForm(form.text, form.documents, form.is_variant, tuple(sorted(without)))


def _pairs_apart(root: Node) -> Iterator[tuple[str, str]]:
    """Two plain words side by side, as an engine writes a compound made of them, and the query that keeps them two."""
    for node in walk(root):
        if isinstance(node, And):
            for pair in zip(node.children, node.children[1:], strict=False):
                match pair:
                    case (Word(text=first), Word(text=second, is_apart=False)):
                        yield f"{first} {second}", to_text(_apart(root, second))


def _apart(root: Node, text: str) -> Node:
    return rewrite(root, lambda leaf: replace(leaf, is_apart=True) if leaf == Word(text) else leaf)


def capped_notes(words: tuple[SearchedWord, ...]) -> tuple[str, ...]:
    return tuple(
        f"More words begin with or are like “{word.typed}” than can be searched for; the most frequent were."
        for word in words
        if word.is_capped
    )


# --- What is no word --------------------------------------------------------------------------------------------------

_Part = tuple[Node, str, bool]  # a leaf, the field it is looked for in or "", and whether it is wanted


def searched_parts(
    asked: Asked, root: Node, count: Callable[[Asked, Node], int], generation: int
) -> tuple[SearchedPart, ...]:
    """Phrases, symbols, values of fields and dates, each once, in the order typed.

    The first MAX_COUNTED are counted, over all documents as the forms of words are. Where the query names values of
    fields, their labels cost a query to the database or two.
    """
    parts = list(dict.fromkeys(_parts(root)))
    labels = read_labels((node for node, _, _ in parts if isinstance(node, Keyword)), generation)
    everywhere = Asked(certain=asked.certain)
    return tuple(
        SearchedPart(
            _label(part, labels, is_certain=asked.certain),
            count(everywhere, _in_field(part)) if place < MAX_COUNTED else None,
            _otherwise(asked, root, part, count) if place < MAX_COUNTED else None,
        )
        for place, part in enumerate(parts)
    )


def _otherwise(asked: Asked, root: Node, part: _Part, count: Callable[[Asked, Node], int]) -> Alternative | None:
    """A number of the Security Council's may be another body's: the search for the words as texts write them."""
    node, _, is_wanted = part
    number = _NUMBERED_THROUGH_ALL_YEARS.fullmatch(node.symbol) if isinstance(node, Symbol) and is_wanted else None
    if not number:
        return None
    phrase = Phrase(("resolution", number[1]))
    label = f"the words “{' '.join(phrase.words)}”"
    instead = rewrite(root, lambda leaf: phrase if leaf == node else leaf)
    other = replace(asked, q=to_text(instead), page=1)
    return Alternative(label, count(other, instead), parameters_of(other))


def _parts(node: Node, field: str = "", *, is_wanted: bool = True) -> Iterator[_Part]:
    match node:
        case Phrase() | Symbol() | Keyword() | DateRange():
            yield node, field, is_wanted
        case InField(field=inner, child=child):
            yield from _parts(child, inner, is_wanted=is_wanted)
        case Not(child=child):
            yield from _parts(child, field, is_wanted=not is_wanted)
        case Variants(child=child):
            yield from _parts(child, field, is_wanted=is_wanted)
        case And(children=children) | Or(children=children):
            for child in children:
                yield from _parts(child, field, is_wanted=is_wanted)


def _in_field(part: _Part) -> Node:
    node, field, _ = part
    return InField(field, node) if field else node


def _label(part: _Part, labels: Labels, *, is_certain: bool) -> str:
    node, field, is_wanted = part
    return ("" if is_wanted else "without ") + _name(node, labels, is_certain=is_certain) + _PLACES[field]


def _name(node: Node, labels: Labels, *, is_certain: bool) -> str:
    match node:
        case Phrase(words=words, slop=0):
            return f"the phrase “{' '.join(words)}”"
        case Phrase(words=words, slop=slop):
            return f"{', '.join(f'“{word}”' for word in words)} within {slop} words of one another"
        case Symbol(symbol=symbol):
            is_any_year = _NUMBERED_THROUGH_ALL_YEARS.fullmatch(symbol)
            return f"the symbol {symbol}{', of any year' if is_any_year else ''}"
        case Keyword(field=field, value=value):
            return f"{FACET_LABELS.get(field, field).lower()} “{labels[field, value]}”"
        case DateRange(earliest=earliest, latest=latest):
            return f"dated {_days(earliest, latest)}, {'certainly' if is_certain else 'possibly'}"
    raise TypeError(f"No words for {type(node).__name__}.")


def _days(earliest: date | None, latest: date | None) -> str:
    first, dots, last = day_range_text(earliest, latest).partition("..")
    if first and last:
        return f"from {first} to {last}"
    if dots:
        return f"{first} or later" if first else f"{last} or earlier"
    return first
