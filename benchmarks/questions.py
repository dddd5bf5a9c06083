"""What the engines are asked: fourteen queries of every kind, and as many fresh ones as wanted."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.peers.base import PeerDocument
from documents.search.analysis import words

QUERIES = (
    "terrorism",
    "counter-terrorism committee",
    "resolution 1373",
    '"foreign terrorist fighters"',
    '"border security"',
    "united nations",
    "peace and security council reform",
    "nuclear NOT weapons",
    "terror* AND financing",
    "climate change small island",
    '"global counter-terrorism strategy"',
    "decolonization",
    "the world",
    "date:2001..2005 terrorism",
)

MOST_WORDS = 4
PHRASE_SHARE = 0.15


def fresh(documents: Sequence[PeerDocument], count: int, seed: int) -> list[str]:
    """Different queries of 1 to 4 words that stand side by side in random documents, 15 % of them as phrases."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        held = words(rng.choice(documents).text)
        is_phrase = rng.random() < PHRASE_SHARE
        length = rng.randint(2 if is_phrase else 1, MOST_WORDS)
        start = rng.randrange(max(1, len(held) - length))
        typed = " ".join(held[start : start + length])
        found[f'"{typed}"' if is_phrase else typed] = None
    return list(found)
