"""Which paragraphs of documents hold what was searched for, and which of them show best why a document was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh.columns import Paragraphs
from documents.search.engines.whoosh.leaves import Leaves
from documents.search.engines.whoosh.occurrences import merged
from documents.search.engines.whoosh.postings import POSITION_BITS

BLOCK_DOCUMENTS = 512  # whose places are put in order at once: those of common words fill the processor's cache
MOST_LOOKED_UP = 4_000  # forms, each in each block


class FoundParagraphs(NamedTuple):
    """Of one document: in how many of its paragraphs something was found, and the numbers of the best, in order."""

    held: int
    best: tuple[int, ...]


NOTHING = FoundParagraphs(0, ())


class ParagraphRows:
    """The paragraphs of some documents, one after another: rows[n] is one's place in `paragraphs`."""

    def __init__(self, paragraphs: Paragraphs, documents: np.ndarray) -> None:
        """documents: ascending."""
        first, past = paragraphs.offsets[documents].astype(np.int64), paragraphs.offsets[documents + 1]
        sizes = past - first
        ends = np.cumsum(sizes)
        self.first = ends - sizes  # of each document, its first row
        self.rows = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - self.first, sizes)
        self.documents = np.repeat(documents, sizes)
        self._starts = (self.documents << POSITION_BITS) | paragraphs.starts[self.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def counts(self, keys: np.ndarray) -> np.ndarray:
        """By row, how many of the keys lie there. They ascend, and all are keys of the documents."""
        return np.diff(np.searchsorted(keys, self._starts), append=len(keys))


def best_paragraphs(
    leaves: Leaves, paragraphs: Paragraphs, documents: np.ndarray, limit: int
) -> dict[int, FoundParagraphs]:
    """By document what its paragraphs hold of the leaves, the best as Hit.passages has it; nothing of one without any.

    documents: ascending.
    """
    rows = ParagraphRows(paragraphs, documents)
    worth = np.zeros(len(rows), np.int64)
    often = np.zeros(len(rows), np.int64)
    holding = np.zeros((len(leaves.leaves), len(rows)), bool)
    for number, leaf in enumerate(leaves.leaves):
        counts = rows.counts(leaves.keys(leaf, documents))
        holding[number] = counts > 0
        worth += schema.paragraph_weight(leaf.rarity) * holding[number]
        often += counts
    order = np.lexsort((-often, -worth, rows.documents))
    order = order[worth[order] > 0]
    holders, first, held = np.unique(rows.documents[order], return_index=True, return_counts=True)
    found: dict[int, FoundParagraphs] = {}
    for document, start, count in zip(holders.tolist(), first.tolist(), held.tolist(), strict=True):
        shown = rows.rows[_shown(order[start : start + count], holding, limit)]
        found[document] = FoundParagraphs(count, tuple(paragraphs.numbers[np.sort(shown)].tolist()))
    return found


def _shown(best: np.ndarray, holding: np.ndarray, limit: int) -> list[int]:
    """Of one document's rows, the best first, those to show; holding[leaf, row] tells whether the leaf stands there."""
    shown = best[: min(limit, schema.PASSAGES_ALIKE)].tolist()
    seen = holding[:, shown].any(axis=1)
    while len(shown) < min(limit, len(best)) and not seen.all():
        is_new = holding[:, best][~seen].any(axis=0)
        if not is_new.any():
            break
        shown.append(int(best[is_new.argmax()]))
        seen |= holding[:, shown[-1]]
    return shown


@dataclass(frozen=True, slots=True)
class AllParagraphs:
    """Every paragraph that holds a leaf: its document, its number, and how many places it holds."""

    documents: np.ndarray
    numbers: np.ndarray
    counts: np.ndarray


def all_paragraphs(leaves: Leaves, paragraphs: Paragraphs, ordered: np.ndarray) -> AllParagraphs:
    """Of the documents in this order the paragraphs that hold any leaf, and how many places do."""
    documents = np.sort(ordered)
    rows = ParagraphRows(paragraphs, documents)
    most = max(1, MOST_LOOKED_UP // max(1, leaves.rows))
    blocks = np.array_split(documents, min(len(documents) // BLOCK_DOCUMENTS + 1, most))
    counts = np.concatenate([_all_counts(leaves, paragraphs, block) for block in blocks])
    holding = counts.nonzero()[0]
    place = np.argsort(ordered)  # of each of `documents` in the order
    in_order = np.argsort(place[np.searchsorted(documents, rows.documents[holding])], kind="stable")
    holding = holding[in_order]
    return AllParagraphs(rows.documents[holding], paragraphs.numbers[rows.rows[holding]], counts[holding])


def _all_counts(leaves: Leaves, paragraphs: Paragraphs, documents: np.ndarray) -> np.ndarray:
    """By paragraph of these documents, how many places hold any leaf."""
    words = merged([leaves.keys(leaf, documents) for leaf in leaves.leaves if not leaf.is_symbol])
    rows = ParagraphRows(paragraphs, documents)
    return rows.counts(words) + rows.counts(leaves.citations(documents))
