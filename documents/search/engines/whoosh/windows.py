"""Words within reach of one another, found in the stretches of text around the rarest of them.

The stretches are laid side by side, a number to each place, with a bit for each of the words: so the cost grows with
the places, however common the words are and however many of them are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from documents.search.engines.whoosh.arrays import ragged

JOINED_PLACES = 256  # stretches that so few places part are laid out as one, which costs less than looking for both
BLOCK_PLACES = 1 << 18  # laid out at once; they stay near the processor


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word's keys, as Postings.keys() makes them, and how often it must stand in a window."""

    keys: np.ndarray
    times: int


@dataclass(frozen=True, slots=True)
class Stretches:
    """Keys from firsts[n] up to lasts[n], and the place at which each stretch is laid out, with `span` free behind."""

    firsts: np.ndarray
    lasts: np.ndarray
    places: np.ndarray
    size: int

    @classmethod
    def around(cls, keys: np.ndarray, span: int) -> Stretches:
        is_apart = np.diff(keys) > 2 * span + JOINED_PLACES
        firsts = keys[np.concatenate([[True], is_apart])] - span
        lasts = keys[np.concatenate([is_apart, [True]])] + span
        return cls._laid_out(firsts, lasts, span)

    @classmethod
    def _laid_out(cls, firsts: np.ndarray, lasts: np.ndarray, span: int) -> Stretches:
        ends = np.cumsum(lasts - firsts + 1 + span)
        return cls(firsts, lasts, np.concatenate([[0], ends[:-1]]), int(ends[-1]))

    def blocks(self, span: int) -> Iterator[Stretches]:
        """The same, about BLOCK_PLACES at a time."""
        cuts = np.unique(np.searchsorted(self.places, np.arange(0, self.size, BLOCK_PLACES)))
        for first, past in zip(cuts, [*cuts[1:], len(self.firsts)], strict=True):
            if first < past:
                yield self._laid_out(self.firsts[first:past], self.lasts[first:past], span)

    def places_of(self, keys: np.ndarray) -> np.ndarray:
        """Where those of the keys are laid out that lie in the stretches."""
        begins = np.searchsorted(keys, self.firsts)
        sizes = np.searchsorted(keys, self.lasts, side="right") - begins
        return keys[ragged(begins, sizes)] - np.repeat(self.firsts - self.places, sizes)

    def keys_at(self, places: np.ndarray) -> np.ndarray:
        stretch = np.searchsorted(self.places, places, side="right") - 1
        return places + (self.firsts - self.places)[stretch]


def within_reach(wanted: Sequence[Wanted], span: int) -> np.ndarray:
    """The keys of the words from which on the next `span` places, with their own, hold each word so often as it must.

    wanted: distinct words, the rarest first.
    """
    rarest = wanted[0].keys
    if not len(rarest):
        return rarest
    return np.concatenate([_starts(block, wanted, span) for block in Stretches.around(rarest, span).blocks(span)])


def _starts(stretches: Stretches, wanted: Sequence[Wanted], span: int) -> np.ndarray:
    marks = np.zeros(stretches.size, np.min_scalar_type((1 << len(wanted)) - 1))
    bits = [marks.dtype.type(1 << number) for number in range(len(wanted))]
    for word, bit in zip(wanted, bits, strict=True):
        marks[stretches.places_of(word.keys)] |= bit
    starts = ((_seen_within(marks, span) == np.bitwise_or.reduce(bits)) & (marks != 0)).nonzero()[0]
    for word, bit in zip(wanted, bits, strict=True):
        if word.times > 1:
            before = np.cumsum(np.concatenate([[False], (marks & bit) != 0]), dtype=np.int32)
            starts = starts[before[starts + span + 1] - before[starts] >= word.times]
    return stretches.keys_at(starts)


def _seen_within(marks: np.ndarray, span: int) -> np.ndarray:
    """At each place the bits of this one and the next `span`, in twice as many places each time."""
    seen = marks.copy()
    reached = 1
    while reached <= span:
        step = min(reached, span + 1 - reached)
        seen[:-step] |= seen[step:]
        reached += step
    return seen
