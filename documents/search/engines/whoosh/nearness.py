"""What words add to a document's score by standing near one another."""

from __future__ import annotations

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh.leaves import Leaves
from documents.search.engines.whoosh.postings import POSITION_BITS


def bonus(leaves: Leaves, documents: np.ndarray, length_norms: np.ndarray) -> np.ndarray:
    """By document of `documents`, which ascend, what the nearness of its words adds to its score.

    Büttcher, Clarke and Lushman, "Term proximity scoring for ad-hoc retrieval on very large text collections"
    (SIGIR 2006): each two neighbours of different leaves lend each other their rarity over the square of their distance
    in words; what a leaf gathers so is damped as BM25 damps occurrences.
    """
    rarities = np.array([leaf.rarity for leaf in leaves.leaves])
    counted = [number for number, leaf in enumerate(leaves.leaves) if leaf.is_near_counted]
    added = np.zeros(len(documents))
    if len(counted) < 2:
        return added
    held = [leaves.keys(leaves.leaves[number], documents) for number in counted]
    labels = np.repeat(counted, [len(keys) for keys in held])
    keys = np.concatenate(held)
    order = np.argsort(keys, kind="stable")
    keys, labels = keys[order], labels[order]
    apart = np.maximum(keys[1:] - keys[:-1], 1)
    of_document = keys >> POSITION_BITS
    is_near = (labels[1:] != labels[:-1]) & (of_document[1:] == of_document[:-1])
    left, right = labels[:-1][is_near], labels[1:][is_near]
    lent = 1.0 / apart[is_near] ** 2
    place = np.searchsorted(documents, of_document[1:][is_near])
    size = len(documents) * len(rarities)
    gathered = np.bincount(place * len(rarities) + left, lent * rarities[right], size)
    gathered += np.bincount(place * len(rarities) + right, lent * rarities[left], size)
    gathered = gathered.reshape(len(documents), len(rarities))
    damped = gathered * (schema.BM25_K1 + 1) / (gathered + schema.BM25_K1 * length_norms[documents][:, None])
    return schema.NEARNESS * (damped * np.minimum(rarities, 1.0)).sum(axis=1)
