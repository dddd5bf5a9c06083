"""The parts of a query that stand at places in texts, where these are, and what finding each of them says."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh.evaluate import Evaluator, Fields
from documents.search.engines.whoosh.fields import CITATIONS
from documents.search.engines.whoosh.occurrences import Occurrences
from documents.search.trees import Forms, Node, Phrase, Symbol, placed_leaves
from documents.search.types import TEXT, TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Leaf:
    """A Forms, Phrase or Symbol node that is looked for in texts, the fields it is looked for in, and its idf."""

    node: Node
    fields: Fields
    rarity: float

    @property
    def is_symbol(self) -> bool:
        """Then only the paragraph of its places is known."""
        return isinstance(self.node, Symbol)

    @property
    def is_near_counted(self) -> bool:
        """Whether standing near it says something."""
        return not self.is_symbol and self.rarity >= schema.LEAST_NEAR_RARITY


class Leaves:
    """The leaves of an expanded query that are looked for in texts, each once."""

    def __init__(self, occurrences: Occurrences, evaluator: Evaluator, expanded: Node) -> None:
        self._occurrences = occurrences
        placed = placed_leaves(expanded, TEXT_FIELDS)
        found = {(_looked_for(node), fields): node for node, fields in placed if TEXT in fields}
        self.leaves = [Leaf(node, fields, evaluator.rarity(node, fields)) for (_, fields), node in found.items()]

    @property
    def rows(self) -> int:
        """How many words and rows of words are looked up for all of them."""
        return sum(len(leaf.node.forms) if isinstance(leaf.node, Forms) else 1 for leaf in self.leaves)

    def keys(self, leaf: Leaf, documents: np.ndarray) -> np.ndarray:
        """Where the leaf occurs in the texts of the documents, which ascend, as Postings.keys()."""
        return self._occurrences.keys(leaf.node, CITATIONS if leaf.is_symbol else TEXT, documents)

    def citations(self, documents: np.ndarray) -> np.ndarray:
        """Where the symbols looked for are cited, those that several leaves look for once."""
        asked = [leaf.node.symbol for leaf in self.leaves if isinstance(leaf.node, Symbol)]
        slugs = {slug for symbol in asked for slug in self._occurrences.symbols_asked(symbol)}
        return self._occurrences.citations(slugs, documents)


def _looked_for(node: Node) -> Hashable:
    """Equal for leaves that look for the same, however they were typed."""
    match node:
        case Forms(forms=forms):
            return frozenset(form.text for form in forms)
        case Phrase(words=words, slop=0):
            return frozenset((" ".join(words),))
    return node
