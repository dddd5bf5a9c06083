"""Two versions of a text beside each other: which paragraphs of one answer to which of the other.

Headings divide both texts into parts, and parts are paired in order. A part with as many paragraphs on either side is
paired one to one, unless lengths speak against it. Elsewhere lengths decide, since a long paragraph is a long one in
any language: Gale and Church, "A program for aligning sentences in bilingual corpora", Computational Linguistics 19
(1993).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

VARIANCE = 6.8  # of a translation's length, for each character of the text (Gale and Church, table 3)
# How likely so many paragraphs answer to so many: table 5 of the same, and 3 to 1 as rare as leaving one out.
LIKELIHOODS = {
    (1, 1): 0.89,
    (1, 2): 0.0445,
    (2, 1): 0.0445,
    (2, 2): 0.011,
    (1, 0): 0.005,
    (0, 1): 0.005,
    (1, 3): 0.005,
    (3, 1): 0.005,
}
LEAST_LIKELIHOOD = 1e-300  # the logarithm of 0 is none
MAX_PAIRS = 10_000  # pairs of paragraphs that lengths are compared for; a larger part is one row


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's length in characters, and the level of a heading, 0 for all else."""

    length: int
    heading_level: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Positions of paragraphs that stand beside each other; is_estimated where only their lengths say so."""

    left: range
    right: range
    is_estimated: bool = False


def align(left: Sequence[Passage], right: Sequence[Passage]) -> list[Row]:
    """Rows that hold every paragraph of both texts once, in the order of both."""
    left_parts, right_parts = _parts(left), _parts(right)
    if _levels(left, left_parts) == _levels(right, right_parts):
        pairs = [Row(range(i, i + 1), range(i, i + 1)) for i in range(len(left_parts))]
    else:
        pairs = _by_length(_total_lengths(left, left_parts), _total_lengths(right, right_parts))
    rows = []
    for pair in pairs:
        ours, theirs = _joined(left_parts, pair.left), _joined(right_parts, pair.right)
        found = _rows(left, right, ours, theirs)
        rows += [replace(row, is_estimated=row.is_estimated or pair.is_estimated) for row in found]
    return rows


def _rows(left: Sequence[Passage], right: Sequence[Passage], ours: range, theirs: range) -> list[Row]:
    if not (ours and theirs):
        return [Row(range(i, i + 1), range(0)) for i in ours] + [Row(range(0), range(j, j + 1)) for j in theirs]
    opening = bool(left[ours[0]].heading_level and right[theirs[0]].heading_level)
    headings = [Row(ours[:1], theirs[:1])] if opening else []
    ours, theirs = ours[opening:], theirs[opening:]
    found = _by_length([left[i].length for i in ours], [right[j].length for j in theirs])
    # One may lack a paragraph here and have one more there, as the Arabic declaration of human rights has.
    if len(ours) == len(theirs) and all(len(row.left) == len(row.right) for row in found):
        return headings + [Row(range(i, i + 1), range(j, j + 1)) for i, j in zip(ours, theirs, strict=True)]
    return headings + [Row(_shifted(row.left, ours), _shifted(row.right, theirs), is_estimated=True) for row in found]


def _parts(text: Sequence[Passage]) -> list[range]:
    """What stands before the first heading, which may be nothing, and each heading with what stands below it."""
    starts = [0, *(i for i, passage in enumerate(text) if passage.heading_level)]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _levels(text: Sequence[Passage], parts: list[range]) -> list[int]:
    return [text[part.start].heading_level for part in parts[1:]]


def _total_lengths(text: Sequence[Passage], parts: list[range]) -> list[int]:
    return [sum(text[i].length for i in part) for part in parts]


def _joined(parts: list[range], chosen: range) -> range:
    return range(parts[chosen[0]].start, parts[chosen[-1]].stop) if chosen else range(0)


def _shifted(positions: range, whole: range) -> range:
    return whole[positions.start : positions.stop]


def _by_length(left: list[int], right: list[int]) -> list[Row]:
    """The likeliest rows for paragraphs of these lengths, by dynamic programming."""
    if not (left and right) or len(left) * len(right) > MAX_PAIRS:
        return [Row(range(len(left)), range(len(right)), is_estimated=True)]
    ratio = max(sum(right), 1) / max(sum(left), 1)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            costs = [
                (best[i - m, j - n][0] + _cost(sum(left[i - m : i]), sum(right[j - n : j]), ratio, likelihood), (m, n))
                for (m, n), likelihood in LIKELIHOODS.items()
                if m <= i and n <= j
            ]
            if costs:
                best[i, j] = min(costs)
    return _traced(best, len(left), len(right))


def _traced(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], i: int, j: int) -> list[Row]:
    rows = []
    while i or j:
        m, n = best[i, j][1]
        rows.append(Row(range(i - m, i), range(j - n, j), is_estimated=True))
        i, j = i - m, j - n
    return rows[::-1]


def _cost(left: int, right: int, ratio: float, likelihood: float) -> float:
    """The less likely such a row is, and such a difference between the lengths of its sides, the dearer."""
    expected = (left * ratio + right) / 2
    deviation = abs(right - left * ratio) / math.sqrt(max(expected, 1) * VARIANCE)
    by_chance = max(math.erfc(deviation / math.sqrt(2)), LEAST_LIKELIHOOD)
    return -math.log(by_chance) - math.log(likelihood)
