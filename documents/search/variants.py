"""Variant forms of names: words that spell one form of a name find its other forms too.

What the forms are stands in the authority file alone, and those are searched for that texts are linked by. Phrases in
quotation marks and exact words stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from documents.caching import per_generation
from documents.mentions import NameForm
from documents.models.name import linked_forms
from documents.search.analysis import words
from documents.search.trees import (
    And,
    AtLeast,
    Compound,
    InField,
    Node,
    Not,
    Or,
    Variants,
    Word,
    walk,
)

Row = tuple[str, ...]

# Words that acronyms become once case is folded: a text that holds "who" rarely means the organization, nor does one
# that holds the French or Spanish "un" mean the United Nations.
_ALSO_WORDS = (
    {"aids", "al", "am", "an", "are", "as", "at", "be", "can", "de", "do", "es", "est", "et", "go", "he", "if", "in"}
    | {"is", "it", "la", "le", "ma", "may", "me", "mi", "my", "no", "of", "on", "or", "ou", "pa", "par", "sa", "se"}
    | {"si", "so", "son", "start", "su", "sur", "ta", "to", "un", "up", "us", "was", "we", "who", "will"}
)


@dataclass(frozen=True, slots=True)
class NameVariants:
    """By the letters of a form, the words of each other form of the same name; and how many words the longest has.

    Letters are compared without spaces and hyphens, so that every spelling of a compound is the same form.
    """

    others: Mapping[str, tuple[Row, ...]]
    longest: int


@per_generation
def name_variants(generation: int) -> NameVariants:
    """The variants of every name that texts are linked by; a query to the database where the generation is new."""
    return variants_of(linked_forms())


def variants_of(forms: Iterable[NameForm]) -> NameVariants:
    """The variants among these forms, without those that may mean something else: another name, or a common word."""
    by_name: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    names_of: defaultdict[str, set[str]] = defaultdict(set)
    for form in forms:
        row = tuple(words(form.text))
        letters = "".join(row)
        names_of[letters].add(form.slug)
        if row and not (form.text.isupper() and letters in _ALSO_WORDS):
            by_name[form.slug][letters] = row
    others: dict[str, tuple[Row, ...]] = {}
    for rows in by_name.values():
        clear = {letters: row for letters, row in rows.items() if len(names_of[letters]) == 1}
        others |= {letters: added for letters, row in clear.items() if (added := _added(row, clear.values()))}
    return NameVariants(others, max((len(row) for rows in by_name.values() for row in rows.values()), default=0))


def _added(row: Row, forms: Iterable[Row]) -> tuple[Row, ...]:
    """The forms that find more than the row's own words do: one that holds them all is found by them already."""
    return tuple(form for form in forms if not set(row) <= set(form))


def vary(root: Node, names: NameVariants) -> Node:
    """The query with words that spell a form of a name, the longest first, led to its other forms too."""
    match root:
        case And(children=children):
            varied = _varied_row(children, names)
            return replace(root, children=varied) if len(varied) > 1 else varied[0]
        case Or(children=children) | AtLeast(children=children):
            return replace(root, children=tuple(vary(child, names) for child in children))
        case Not(child=child) | InField(child=child):
            return replace(root, child=vary(child, names))
    return _varied_row((root,), names)[0] if _is_plain(root) else root


def _varied_row(children: Sequence[Node], names: NameVariants) -> tuple[Node, ...]:
    varied: list[Node] = []
    place = 0
    while place < len(children):
        typed = _longest_form(children[place:], names)
        if typed:
            child = typed[0] if len(typed) == 1 else And(tuple(typed))
            varied.append(Variants(child, names.others[_letters(typed)]))
        else:
            varied.append(children[place] if _is_plain(children[place]) else vary(children[place], names))
        place += max(1, len(typed))
    return tuple(varied)


def _longest_form(children: Sequence[Node], names: NameVariants) -> Sequence[Node]:
    """The most of these words, from the first on, that spell a form together; none where none do."""
    if not (children and _is_plain(children[0])):
        return ()
    joined = takewhile(lambda child: _is_plain(child) and not _is_apart(child), children[1 : names.longest])
    typed = (children[0], *joined)
    lengths = range(len(typed), 0, -1)
    return next((typed[:length] for length in lengths if _letters(typed[:length]) in names.others), ())


def _is_plain(node: Node) -> bool:
    return isinstance(node, Word | Compound)


def _is_apart(node: Node) -> bool:
    return isinstance(node, Word) and node.is_apart


def _letters(typed: Sequence[Node]) -> str:
    return "".join(
        node.text if isinstance(node, Word) else node.joined for node in typed if isinstance(node, Word | Compound)
    )


def has_plain_words(root: Node) -> bool:
    """Whether the query has words that may spell a name."""
    return any(map(_is_plain, walk(root)))
