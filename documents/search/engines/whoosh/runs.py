"""The words of many documents brought into the order of words, in bounded memory.

Documents come one after another, posting lists are written one after another: so what a batch of documents holds is
sorted by words and put into a file, a run, and the runs are merged at the end.
"""

from __future__ import annotations

import heapq
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from documents.search.engines.whoosh.arrays import ragged

RUN_POSITIONS = 3_000_000  # gathered before they are sorted: some 60 MB with their sorted copy
IN_MEMORY_BYTES = 2_000_000  # runs of a small write never touch the disk
BUFFER_BYTES = 256 * 1024  # read ahead of each run


class TermPostings(NamedTuple):
    """What some documents hold of one word; positions as in Postings, empty in fields without."""

    word: str
    ids: np.ndarray
    counts: np.ndarray
    positions: np.ndarray


class Run:
    """The postings of some documents in a file, word by word in ascending order."""

    def __init__(self, folder: str, terms: Iterable[TermPostings]) -> None:
        # Without a name, so that nothing is left behind by a process that is killed.
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES, "w+b", BUFFER_BYTES, dir=folder)  # noqa: SIM115
        self._sizes: list[tuple[str, int, int]] = []
        for word, *columns in terms:
            self._sizes.append((word, len(columns[0]), len(columns[2])))
            self._file.write(b"".join(column.astype(np.uint32).tobytes() for column in columns))

    def __iter__(self) -> Iterator[TermPostings]:
        """To be read once, from the beginning to the end."""
        self._file.seek(0)
        for word, documents, total in self._sizes:
            numbers = np.frombuffer(self._file.read(4 * (2 * documents + total)), np.uint32)
            yield TermPostings(word, numbers[:documents], numbers[documents : 2 * documents], numbers[2 * documents :])
        self._file.close()


class Gatherer:
    """Takes in the words of one field, document by document."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._runs: list[Iterable[TermPostings]] = []
        self._clear()

    def _clear(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__  # the next free one
        self._terms, self._counts, self._positions = array("I"), array("I"), array("I")
        self._documents: list[tuple[int, int]] = []  # and how many words each holds

    def add(self, document: int, positions: Mapping[str, Sequence[int]]) -> None:
        """The words of the next document with their positions."""
        self._count(document, positions, map(len, positions.values()))
        self._positions.extend(chain.from_iterable(positions.values()))
        if len(self._positions) > RUN_POSITIONS:
            self._end_run()

    def add_terms(self, document: int, terms: Sequence[str]) -> None:
        """The terms of the next document in a field that keeps no positions, each of them once."""
        self._count(document, terms, repeat(1, len(terms)))
        if len(self._counts) > RUN_POSITIONS:
            self._end_run()

    def add_postings(self, postings: Iterable[TermPostings]) -> None:
        """Words in ascending order with documents behind all those added before."""
        self._end_run()
        self._runs.append(postings)

    def merged(self) -> Iterator[TermPostings]:
        """All that was added, each word once, in ascending order."""
        self._end_run()
        in_order = heapq.merge(*self._runs, key=itemgetter(0))  # equal words stay in the order of the runs
        for word, parts in groupby(in_order, key=itemgetter(0)):
            _, ids, counts, positions = zip(*parts, strict=True)
            yield TermPostings(word, *(np.concatenate(column).astype(np.int64) for column in (ids, counts, positions)))

    def _count(self, document: int, words: Iterable[str], counts: Iterable[int]) -> None:
        before = len(self._terms)
        self._terms.extend(map(self._numbers.__getitem__, words))
        self._counts.extend(counts)
        self._documents.append((document, len(self._terms) - before))

    def _end_run(self) -> None:
        if self._documents:
            self._runs.append(Run(self._folder, self._sorted()))
            self._clear()

    def _sorted(self) -> Iterator[TermPostings]:
        words = sorted(self._numbers)
        rank = np.empty(len(words), np.int64)
        rank[[self._numbers[word] for word in words]] = np.arange(len(words))
        ranks = rank[np.frombuffer(self._terms, np.uint32)]
        order = np.argsort(ranks, kind="stable")
        documents, sizes = np.array(self._documents, np.int64).T
        counts = np.frombuffer(self._counts, np.uint32).astype(np.int64)
        ids = np.repeat(documents, sizes)[order]
        positions = np.frombuffer(self._positions, np.uint32)
        if len(positions):
            positions = positions[ragged((np.cumsum(counts) - counts)[order], counts[order])]
        counts = counts[order]
        ends = np.cumsum(np.bincount(ranks, minlength=len(words)))
        position_ends = np.cumsum(counts)[ends - 1] if len(positions) else np.zeros(len(ends), np.int64)
        start = position_start = 0
        for word, end, position_end in zip(words, ends.tolist(), position_ends.tolist(), strict=True):
            held = slice(start, end)
            yield TermPostings(word, ids[held], counts[held], positions[position_start:position_end])
            start, position_start = end, position_end
