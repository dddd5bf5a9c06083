"""Two versions of a text beside each other: which paragraphs of one answer to which of the other.

Headings that both texts have hold them together: all of them where both have as many of each level, else those that
go by the same number. Between them lengths decide, since a long paragraph is a long one in any language: Gale and
Church, "A program for aligning sentences in bilingual corpora", Computational Linguistics 19 (1993). Other than theirs,
leaving out costs the same for any length, since whole parts are left out, and a heading or a number speaks too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, pairwise
from statistics import median

VARIANCE = 6.8  # of a translation's length, for each character of the text (Gale and Church, table 3)
# How likely so many paragraphs answer to so many: table 5 of the same, but that leaving one out is four times likelier
# here, where texts come from many hands, and 3 to 1 as rare as it was there.
LIKELIHOODS = {
    (1, 1): 0.89,
    (1, 2): 0.0445,
    (2, 1): 0.0445,
    (2, 2): 0.011,
    (1, 0): 0.02,
    (0, 1): 0.02,
    (1, 3): 0.005,
    (3, 1): 0.005,
}
LEAST_LIKELIHOOD = 1e-300  # the logarithm of 0 is none
# What else speaks for two paragraphs or against them, as the negative logarithm of how much likelier it makes them.
SAME_NUMBER = -7.0  # no more than leaving one out on either side would cost
OTHER_NUMBER = 14.0  # more than leaving both out
HEADING_BESIDE_WORDS = 14.0
OTHER_LEVEL = 2.0
OTHER_SECTION = 3.0  # of numbered headings above them; less than leaving both out, since a heading may be missing
STARTS_ANEW = 14.0  # a heading or a numbered paragraph joined to what stands before it

MAX_PAIRS = 12_000  # pairs of paragraphs that lengths are compared for; in longer parts only those near by are
LEAST_BAND = 5  # paragraphs to either side; a part too long even for this is one row
ROUNDS = 3  # the ratio of lengths is learnt from what is paired, and with it all is paired again


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's length in characters, the level of a heading or 0, and the number that it goes by or 0."""

    length: int
    heading_level: int = 0
    number: int = 0
    section: int = 0  # the number of the heading above it, as align() finds it

    @property
    def starts_anew(self) -> bool:
        return bool(self.heading_level or self.number)


@dataclass(frozen=True, slots=True)
class Row:
    """Positions of paragraphs that stand beside each other; is_estimated where only their lengths say so."""

    left: range
    right: range
    is_estimated: bool = False


Anchor = tuple[int, int]  # the positions of a heading that both texts have


def align(left: Sequence[Passage], right: Sequence[Passage]) -> list[Row]:
    """Rows that hold every paragraph of both texts once, in the order of both; one side of a row may be empty."""
    left, right = _with_sections(left), _with_sections(right)
    anchors = _anchors(left, right)
    ratio = _first_ratio(left, right, anchors)
    rows: list[Row] = []
    for _ in range(ROUNDS):
        rows = [row for span in _spans(left, right, anchors) for row in _rows(left, right, *span, ratio)]
        learnt = _learnt_ratio(left, right, rows)
        if learnt is None or math.isclose(learnt, ratio, rel_tol=0.02):
            break
        ratio = learnt
    return rows


def _with_sections(text: Sequence[Passage]) -> list[Passage]:
    placed = []
    section = 0
    for passage in text:
        section = passage.number if passage.heading_level else section
        placed.append(replace(passage, section=section))
    return placed


# --- What both have for certain ---------------------------------------------------------------------------------------


def _anchors(left: Sequence[Passage], right: Sequence[Passage]) -> list[Anchor]:
    """Every heading where the outlines agree, else those that only one heading on either side can answer to."""
    ours, theirs = _headings(left), _headings(right)
    if len(ours) == len(theirs):
        pairs = list(zip(ours, theirs, strict=True))
        if all(_can_be_same(left[here], right[there]) for here, there in pairs):
            return pairs
    our_keys, their_keys = _unique_numbers(left, ours), _unique_numbers(right, theirs)
    common = our_keys.keys() & their_keys.keys()
    sides = [[key for key in keys if key in common] for keys in (our_keys, their_keys)]
    blocks = SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_matching_blocks()
    keys = [key for block in blocks for key in sides[0][block.a : block.a + block.size]]
    return [(our_keys[key], their_keys[key]) for key in keys]


def _headings(text: Sequence[Passage]) -> list[int]:
    return [place for place, passage in enumerate(text) if passage.heading_level]


def _can_be_same(ours: Passage, theirs: Passage) -> bool:
    is_numbered = bool(ours.number and theirs.number)
    return ours.heading_level == theirs.heading_level and (not is_numbered or ours.number == theirs.number)


def _unique_numbers(text: Sequence[Passage], headings: Sequence[int]) -> dict[tuple[int, ...], int]:
    """The position of each numbered heading by its number and those of the headings above it, where no other has it."""
    found: dict[tuple[int, ...], int] = {}
    times: Counter[tuple[int, ...]] = Counter()
    outline: list[Passage] = []
    for place in headings:
        while outline and outline[-1].heading_level >= text[place].heading_level:
            outline.pop()
        outline.append(text[place])
        if text[place].number:
            key = tuple(heading.number for heading in outline)
            times[key] += 1
            found[key] = place
    return {key: place for key, place in found.items() if times[key] == 1}


def _spans(left: Sequence[Passage], right: Sequence[Passage], anchors: list[Anchor]) -> list[tuple[range, range]]:
    """What stands before the first anchor, and each anchor with what follows it."""
    bounds = [(0, 0), *anchors, (len(left), len(right))]
    spans = [(range(i, k), range(j, m)) for (i, j), (k, m) in pairwise(bounds)]
    return [(ours, theirs) for ours, theirs in spans if ours or theirs]


def _rows(left: Sequence[Passage], right: Sequence[Passage], ours: range, theirs: range, ratio: float) -> Iterator[Row]:
    is_anchored = bool(ours and theirs) and _both_open_with_headings(left[ours[0]], right[theirs[0]])
    if is_anchored:
        yield Row(ours[:1], theirs[:1])
        ours, theirs = ours[1:], theirs[1:]
    pairing = _Pairing([left[i] for i in ours], [right[j] for j in theirs], ratio)
    found = pairing.rows()
    # One may lack a paragraph here and have one more there, as the Arabic declaration of human rights has.
    if len(ours) == len(theirs) and all(len(row.left) == len(row.right) for row in found):
        yield from (Row(range(i, i + 1), range(j, j + 1)) for i, j in zip(ours, theirs, strict=True))
    else:
        for row in found:
            yield Row(_within(ours, row.left), _within(theirs, row.right), is_estimated=True)


def _both_open_with_headings(ours: Passage, theirs: Passage) -> bool:
    return bool(ours.heading_level) and _can_be_same(ours, theirs)


def _within(whole: range, part: range) -> range:
    return whole[part.start : part.stop]


# --- How long one text is for each character of the other -------------------------------------------------------------


def _first_ratio(left: Sequence[Passage], right: Sequence[Passage], anchors: list[Anchor]) -> float:
    """That of the spans in the middle, since a text may lack whole parts; of all, where there are no spans."""
    ratios = [
        _ratio(sum(left[i].length for i in ours), sum(right[j].length for j in theirs))
        for ours, theirs in _spans(left, right, anchors)
        if len(ours) == len(theirs)
    ]
    return median(ratios) if ratios else _ratio(sum(p.length for p in left), sum(p.length for p in right))


def _learnt_ratio(left: Sequence[Passage], right: Sequence[Passage], rows: Sequence[Row]) -> float | None:
    pairs = [(left[row.left[0]], right[row.right[0]]) for row in rows if len(row.left) == len(row.right) == 1]
    ratios = [_ratio(ours.length, theirs.length) for ours, theirs in pairs if not ours.heading_level]
    return median(ratios) if ratios else None


def _ratio(ours: int, theirs: int) -> float:
    return max(theirs, 1) / max(ours, 1)


# --- The likeliest rows between two anchors ---------------------------------------------------------------------------


class _Pairing:
    """Dynamic programming over the paragraphs of two spans. Lengths are brought to the mean of both languages."""

    def __init__(self, left: list[Passage], right: list[Passage], ratio: float) -> None:
        self._left, self._right = left, right
        self._our_sums = [0.0, *accumulate(passage.length * math.sqrt(ratio) for passage in left)]
        self._their_sums = [0.0, *accumulate(passage.length / math.sqrt(ratio) for passage in right)]
        self._our_starts = [0, *accumulate(passage.starts_anew for passage in left)]
        self._their_starts = [0, *accumulate(passage.starts_anew for passage in right)]

    def rows(self) -> list[Row]:
        if not (self._left and self._right):
            alone = [Row(range(i, i + 1), range(0)) for i in range(len(self._left))]
            return alone + [Row(range(0), range(j, j + 1)) for j in range(len(self._right))]
        if self._band < max(LEAST_BAND, self._slope):
            return [Row(range(len(self._left)), range(len(self._right)))]
        return self._traced(self._best_moves())

    @cached_property
    def _slope(self) -> float:
        return len(self._right) / len(self._left)

    @cached_property
    def _band(self) -> float:
        """How far from the straight way through both, in paragraphs of the right, pairs are looked at."""
        if len(self._left) * len(self._right) <= MAX_PAIRS:
            return math.inf
        return MAX_PAIRS / (2 * len(self._left))

    def _best_moves(self) -> dict[Anchor, tuple[float, tuple[int, int]]]:
        """For so many paragraphs of either side the least cost, and the last row that it ends in."""
        best: dict[Anchor, tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
        for i in range(len(self._left) + 1):
            for j in self._near(i):
                costs = [
                    (best[i - m, j - n][0] + self._cost(i, j, m, n), (m, n))
                    for m, n in LIKELIHOODS
                    if (i - m, j - n) in best
                ]
                if costs:
                    best[i, j] = min(costs)
        return best

    def _near(self, i: int) -> range:
        if math.isinf(self._band):
            return range(len(self._right) + 1)
        middle = i * self._slope
        return range(max(0, int(middle - self._band)), min(len(self._right), int(middle + self._band)) + 1)

    def _traced(self, best: dict[Anchor, tuple[float, tuple[int, int]]]) -> list[Row]:
        rows = []
        i, j = len(self._left), len(self._right)
        while i or j:
            m, n = best[i, j][1]
            rows.append(Row(range(i - m, i), range(j - n, j)))
            i, j = i - m, j - n
        return rows[::-1]

    def _cost(self, i: int, j: int, m: int, n: int) -> float:
        """The less likely a row of the last m of i and n of j paragraphs is, the dearer."""
        cost = _COSTS[m, n]
        if not (m and n):
            return cost
        ours = self._our_sums[i] - self._our_sums[i - m]
        theirs = self._their_sums[j] - self._their_sums[j - n]
        joined = (
            self._our_starts[i] - self._our_starts[i - m + 1] + self._their_starts[j] - self._their_starts[j - n + 1]
        )
        evidence = _evidence(self._left[i - m], self._right[j - n])
        return cost + joined * STARTS_ANEW + evidence + _cost_of_lengths(ours, theirs)


_COSTS = {counts: -math.log(likelihood) for counts, likelihood in LIKELIHOODS.items()}


def _cost_of_lengths(ours: float, theirs: float) -> float:
    deviation = abs(ours - theirs) / math.sqrt(max((ours + theirs) / 2, 1) * VARIANCE)
    return -math.log(max(math.erfc(deviation / math.sqrt(2)), LEAST_LIKELIHOOD))


def _evidence(ours: Passage, theirs: Passage) -> float:
    """What levels and numbers say of two paragraphs side by side."""
    if bool(ours.heading_level) != bool(theirs.heading_level):
        return HEADING_BESIDE_WORDS
    cost = 0.0 if ours.heading_level == theirs.heading_level else OTHER_LEVEL
    if ours.section and theirs.section and ours.section != theirs.section:
        cost += OTHER_SECTION
    if ours.number and theirs.number:
        cost += SAME_NUMBER if ours.number == theirs.number else OTHER_NUMBER
    return cost
