"""Making one query tree from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from documents.search.types import And, AtLeast, InField, Node, Not, Or, Variants


def rewrite(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same tree with each of its leaves as `change` gives it."""
    match node:
        case And(children=children) | Or(children=children) | AtLeast(children=children):
            return replace(node, children=tuple(rewrite(child, change) for child in children))
        case Not(child=child) | InField(child=child) | Variants(child=child):
            return replace(node, child=rewrite(child, change))
    return change(node)
