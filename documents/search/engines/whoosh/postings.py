"""Posting lists: which documents hold a word, how often, and where.

On disk a list is three rows of packed numbers: the gaps between the documents less one, the counts less one, and for
fields with positions those of each document, ascending. They are decoded when asked for, and for few documents apart.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from documents.search.engines.base import EngineError
from documents.search.engines.whoosh.arrays import NONE, Packed, pack, ragged, unpack

POSITION_BITS = 32
LAST_POSITION = (1 << POSITION_BITS) - 1


class Postings:
    """The documents that hold a word: ids[n] ascending, counts[n] its occurrences.

    The positions of document n begin at starts[n] of all those in `sources`, one of each segment.
    """

    def __init__(
        self, ids: np.ndarray, counts: np.ndarray, sources: tuple[Packed, ...], starts: np.ndarray | None = None
    ) -> None:
        """starts: None where `sources` hold the positions of these documents alone."""
        self.ids = ids
        self.counts = counts
        self.sources = sources
        self._starts = starts

    @property
    def starts(self) -> np.ndarray:
        if self._starts is None:  # seldom asked for: most words are looked up to be counted
            self._starts = np.cumsum(self.counts) - self.counts
        return self._starts

    @property
    def total(self) -> int:
        """How often the word occurs; costs no position."""
        return int(self.counts.sum())

    @property
    def positions(self) -> np.ndarray:
        """The positions of all the documents in a row, uint32; empty where the field keeps none.

        They are read from the file each time: kept, those of common words would fill the memory.
        """
        if not self.sources or not len(self.ids):
            return NONE
        if self._starts is None:
            return _concatenated([source.all() for source in self.sources])
        ends = np.cumsum([0, *map(len, self.sources)])
        first, past = int(self.starts[0]), int(self.starts[-1] + self.counts[-1])
        if past - first == self.total:
            bounds = np.clip([first, past], ends[:-1, None], ends[1:, None]) - ends[:-1, None]
            return _concatenated(
                [source.between(*bound) for source, bound in zip(self.sources, bounds.tolist(), strict=True)]
            )
        indexes = ragged(self.starts, self.counts)
        cuts = np.searchsorted(indexes, ends)
        return _concatenated(
            [
                source.at(indexes[cuts[place] : cuts[place + 1]] - ends[place])
                for place, source in enumerate(self.sources)
            ]
        )

    def keys(self) -> np.ndarray:
        """Every occurrence as one sorted number: the document's in the high half, the position in the low."""
        return (np.repeat(self.ids, self.counts) << POSITION_BITS) | self.positions

    def stands_at(self, keys: np.ndarray) -> np.ndarray:
        """Of each of the keys, which ascend, whether the word stands there.

        The positions are halved again and again around the keys, so that only a few are read for each.
        """
        documents, wanted = keys >> POSITION_BITS, keys & LAST_POSITION
        places = np.minimum(np.searchsorted(self.ids, documents), len(self.ids) - 1)
        first, past = self.starts[places], self.starts[places] + self.counts[places]
        low, high = first, past
        for _ in range(int(self.counts[places].max(initial=0)).bit_length()):
            middle = (low + high) >> 1
            is_before = self._positions_at(np.minimum(middle, past - 1)) < wanted
            low, high = np.where(is_before & (low < high), middle + 1, low), np.where(is_before, high, middle)
        is_held = (self.ids[places] == documents) & (low < past)
        return is_held & (self._positions_at(np.minimum(low, past - 1)) == wanted)

    def _positions_at(self, indexes: np.ndarray) -> np.ndarray:
        """The positions at these places among those of all sources."""
        if len(self.sources) == 1:
            return self.sources[0].at(indexes)
        ends = np.cumsum([0, *map(len, self.sources)])
        found = np.zeros(len(indexes), np.uint32)
        for source, first, past in zip(self.sources, ends, ends[1:], strict=False):
            is_there = (indexes >= first) & (indexes < past)
            found[is_there] = source.at(indexes[is_there] - first)
        return found

    def of_live(self, live: np.ndarray) -> Postings:
        """The postings of the documents in the mask; their positions alone are then read."""
        kept = live[self.ids]
        if kept.all():
            return self
        return Postings(self.ids[kept], self.counts[kept], self.sources, self.starts[kept])

    def of(self, documents: np.ndarray) -> Postings:
        """The postings of those of the documents, which ascend, that hold the word."""
        places = np.searchsorted(self.ids, documents)
        places = places[self.ids[np.minimum(places, len(self.ids) - 1)] == documents] if len(self.ids) else places[:0]
        return Postings(self.ids[places], self.counts[places], self.sources, self.starts[places])


def _concatenated(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return arrays[0] if len(arrays) == 1 else np.concatenate([NONE, *arrays])


EMPTY = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64), ())


def join(parts: Sequence[Postings], first_ids: Sequence[int]) -> Postings:
    """One list out of those of several segments in order; a segment's documents are numbered from its first id."""
    if len(parts) <= 1 and not any(first_ids):
        return parts[0] if parts else EMPTY
    first_starts = np.cumsum([0, *(sum(map(len, part.sources)) for part in parts)])
    return Postings(
        np.concatenate([part.ids + first for part, first in zip(parts, first_ids, strict=True)]),
        np.concatenate([part.counts for part in parts]),
        tuple(source for part in parts for source in part.sources),
        np.concatenate([part.starts + first for part, first in zip(parts, first_starts, strict=False)]),
    )


def encode(ids: np.ndarray, counts: np.ndarray, positions: np.ndarray | None) -> bytes:
    """A list as bytes: ids ascending, counts at least 1, positions as in Postings or None."""
    rows = [np.diff(ids, prepend=-1) - 1, counts - 1]
    return b"".join(map(pack, rows if positions is None else [*rows, positions]))


def decode(data: memoryview, documents: int, *, has_positions: bool) -> Postings:
    """The list of so many documents. Raises EngineError where its bytes are damaged."""
    try:
        gaps, start = unpack(data, 0, documents)
        fewer, start = unpack(data, start, documents)
        counts = fewer.all(np.int64)
        counts += 1
        sources = (unpack(data, start, int(counts.sum()))[0],) if has_positions else ()
    except (IndexError, ValueError, struct.error) as error:
        raise EngineError("The search index is damaged. Run `manage.py rebuild_index`.") from error
    ids = gaps.all(np.int64)
    ids += 1
    np.cumsum(ids, out=ids)
    ids -= 1
    return Postings(ids, counts, sources)
