"""Paragraph addresses that outlive edits: the paragraphs of a new text get the numbers of those they come from.

Unchanged paragraphs are paired first, then, between them, those that share most of their words; what is left over was
split off, merged, removed or is new. Nothing is random, and time is near linear in what did not change.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, product

MOST_WORDS = 0.5  # of the words of both: a paragraph that was reworded
REASONABLE = 0.25  # the same, for one paragraph between the same two neighbours
CONTAINED = 0.75  # of the shorter one's words: a part of a split or a merged paragraph

MIN_CONTAINED = 7  # features, four words in a row: less than that stands in many a paragraph by chance

MAX_PAIRS = 400  # pairs of a gap that are all compared; in a larger gap only those that share a rare feature
MAX_SHARERS = 4  # paragraphs that may hold a feature that counts as rare
MAX_GAP = 250_000  # pairs of a gap that difflib may look at for repeated paragraphs

# A word, or one letter of a script without spaces: Thai and Lao, Burmese, Khmer, kana, Chinese.
_SPACELESS = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_SPACELESS}|(?:(?!{_SPACELESS})\w)+")

Pair = tuple[int, int]  # positions of an old and a new paragraph


@dataclass(frozen=True, slots=True)
class OldParagraph:
    """A paragraph of the text as it was: its number and its plain words."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """What became of the numbers.

    numbers: of the new paragraphs, in order. merged: an old number and the one that it now leads to, which is among
    `numbers`. removed: old numbers that lead nowhere. Every old number is in exactly one of the three.
    """

    numbers: tuple[int, ...]
    merged: dict[int, int]
    removed: frozenset[int]


def align(old: Sequence[OldParagraph], new: Sequence[str], next_number: int) -> Alignment:
    """Number the paragraphs of a new text.

    old: in reading order. new: their plain words (Block.text). next_number: above every number that the document ever
    used. Split: the longer part keeps the number. Merged: the longer one's number stays, the other leads to it.
    """
    old_texts = [" ".join(paragraph.text.split()) for paragraph in old]
    new_texts = [" ".join(text.split()) for text in new]
    anchors = _anchors(old_texts, new_texts)
    pairs = dict(anchors)
    pairs |= _moved(old_texts, new_texts, pairs)
    merged: dict[int, int] = {}
    for gap in _gaps(anchors, pairs, len(old_texts), len(new_texts)):
        comparison = _Comparison(gap, old_texts, new_texts)
        pairs |= comparison.pairs
        merged |= comparison.merged
    return _numbered(old, len(new), next_number, pairs, merged)


def _numbered(
    old: Sequence[OldParagraph], new_length: int, next_number: int, pairs: dict[int, int], merged: dict[int, int]
) -> Alignment:
    kept = {new: old[position].number for position, new in pairs.items()}
    numbers = []
    for position in range(new_length):
        if position not in kept:
            kept[position] = next_number
            next_number += 1
        numbers.append(kept[position])
    leads = {old[source].number: numbers[target] for source, target in merged.items()}
    gone = {paragraph.number for paragraph in old} - set(numbers) - set(leads)
    return Alignment(tuple(numbers), leads, frozenset(gone))


# --- Unchanged paragraphs ---------------------------------------------------------------------------------------------


def _anchors(old: list[str], new: list[str]) -> list[Pair]:
    """Unchanged paragraphs that kept their order: first those that are unique in both texts, then those between."""
    start, end = _common_ends(old, new)
    old_once = _unique(old, start, len(old) - end)
    new_once = _unique(new, start, len(new) - end)
    unique = _rising([(position, new_once[text]) for text, position in old_once.items() if text in new_once])
    fixed = [(i, i) for i in range(start)] + unique
    fixed += [(len(old) - i, len(new) - i) for i in range(end, 0, -1)]
    between = [pair for gap in _spans(fixed, len(old), len(new)) for pair in _repeated(gap, old, new)]
    return sorted(fixed + between)


def _common_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many paragraphs both texts share at their beginning and, after those, at their end."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _unique(texts: list[str], start: int, stop: int) -> dict[str, int]:
    counts = Counter(texts[start:stop])
    return {texts[i]: i for i in range(start, stop) if counts[texts[i]] == 1}


def _rising(pairs: list[Pair]) -> list[Pair]:
    """The longest run of pairs that rises on both sides; `pairs` rises on the old side."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for index, (_, position) in enumerate(pairs):
        length = bisect_left(tails, position)
        before.append(tail_at[length - 1] if length else -1)
        tails[length : length + 1] = [position]
        tail_at[length : length + 1] = [index]
    run = []
    index = tail_at[-1] if tail_at else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _spans(fixed: list[Pair], old_length: int, new_length: int) -> Iterator[tuple[range, range]]:
    """The paragraphs that lie between fixed pairs, on both sides."""
    for (old_left, new_left), (old_right, new_right) in pairwise([(-1, -1), *fixed, (old_length, new_length)]):
        if old_right - old_left > 1 or new_right - new_left > 1:
            yield range(old_left + 1, old_right), range(new_left + 1, new_right)


def _repeated(gap: tuple[range, range], old: list[str], new: list[str]) -> Iterator[Pair]:
    """Paragraphs that occur more than once, paired in order; a gap too large for difflib is left to _moved."""
    old_range, new_range = gap
    if not 0 < len(old_range) * len(new_range) <= MAX_GAP:
        return
    old_part, new_part = [old[i] for i in old_range], [new[i] for i in new_range]
    for match in SequenceMatcher(None, old_part, new_part, autojunk=False).get_matching_blocks():
        for i in range(match.size):
            yield old_range[match.a + i], new_range[match.b + i]


def _moved(old: list[str], new: list[str], pairs: dict[int, int]) -> dict[int, int]:
    """Unchanged paragraphs that stand elsewhere now; equal ones are paired in order."""
    taken = set(pairs.values())
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for position in reversed(range(len(new))):
        if position not in taken:
            waiting[new[position]].append(position)
    moved = {}
    for position, text in enumerate(old):
        if position not in pairs and waiting.get(text):
            moved[position] = waiting[text].pop()
    return moved


# --- Changed paragraphs -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gap:
    """Positions of changed paragraphs between the same two unchanged ones."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def _gaps(anchors: list[Pair], pairs: dict[int, int], old_length: int, new_length: int) -> Iterator[_Gap]:
    taken = set(pairs.values())
    for old_range, new_range in _spans(anchors, old_length, new_length):
        gap = _Gap(tuple(i for i in old_range if i not in pairs), tuple(i for i in new_range if i not in taken))
        if gap.old and gap.new:
            yield gap


class _Comparison:
    """The changed paragraphs of one gap, paired by their likeness."""

    def __init__(self, gap: _Gap, old: list[str], new: list[str]) -> None:
        self.gap = gap
        self.old = {position: _features(old[position]) for position in gap.old}
        self.new = {position: _features(new[position]) for position in gap.new}
        self.candidates = self._candidates()
        self.pairs = self._paired()
        self.merged = self._merged()

    def _paired(self) -> dict[int, int]:
        """The likest first; what is equally like goes to the first in order."""
        least = REASONABLE if len(self.gap.old) == len(self.gap.new) == 1 else MOST_WORDS
        likely = []
        for source, target in self.candidates:
            shared, dice, contained = self._likeness(source, target)
            if dice >= least or (contained >= CONTAINED and shared >= MIN_CONTAINED):
                likely.append((-shared, -dice, source, target))
        pairs: dict[int, int] = {}
        taken: set[int] = set()
        for _, _, source, target in sorted(likely):
            if source not in pairs and target not in taken:
                pairs[source] = target
                taken.add(target)
        return pairs

    def _likeness(self, source: int, target: int) -> tuple[int, float, float]:
        """How many features are shared, as a share of both paragraphs, and of the shorter one."""
        old, new = self.old[source], self.new[target]
        shared = (old & new).total()
        sizes = (old.total(), new.total())
        return shared, 2 * shared / (sum(sizes) or 1), shared / (min(sizes) or 1)

    def _candidates(self) -> list[Pair]:
        if len(self.gap.old) * len(self.gap.new) <= MAX_PAIRS:
            return list(product(self.gap.old, self.gap.new))
        return sorted(self._sharing_rare_features())

    def _sharing_rare_features(self) -> set[Pair]:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for source, features in self.old.items():
            for feature in features:
                holders[feature].append(source)
        rare = {feature: sources for feature, sources in holders.items() if len(sources) <= MAX_SHARERS}
        return {
            (source, target)
            for target, features in self.new.items()
            for feature in features
            for source in rare.get(feature, ())
        }

    def _merged(self) -> dict[int, int]:
        """Old paragraphs whose words now stand in the survivor of another, beside that one's own."""
        rest = {target: self.new[target] - self.old[source] for source, target in self.pairs.items()}
        merged: dict[int, int] = {}
        for source, target in self.candidates:
            if source in self.pairs or source in merged or target not in rest:
                continue
            features = self.old[source]
            if (features & rest[target]).total() >= CONTAINED * max(features.total(), 1):
                merged[source] = target
                rest[target] = rest[target] - features
        return merged


def _features(text: str) -> Counter[str]:
    """Words and pairs of neighbouring words, counted: the pairs tell a sentence from its commonest words."""
    words = _WORD.findall(text.casefold())
    return Counter(words) + Counter(f"{first} {second}" for first, second in pairwise(words))
