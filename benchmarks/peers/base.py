"""What a peer holds and answers, and how a query tree of ours is read for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.search.analysis import words
from documents.search.trees import (
    And,
    DateRange,
    Node,
    Or,
    Phrase,
)

PAGE_SIZE = 20
DEPTH = 1000  # of rankings, as relevance.DEPTH
SNIPPET_WORDS = 32  # about as many as a passage of ours has


@dataclass(frozen=True, slots=True)
class PeerDocument:
    """number: the row's id, from 1; year: of its date; country: its tag of that kind, or empty."""

    number: int
    title: str
    text: str
    year: int = 0
    country: str = ""
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as peers take it: the words, and the first and last year where it names dates."""

    words: Node
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PeerPage:
    """total: exact; snippets: one of each of the first PAGE_SIZE; counts: by facet, how many values it has."""

    total: int
    snippets: tuple[str, ...]
    counts: tuple[int, ...]


class Peer(ABC):
    """An engine that holds documents and answers like ours."""

    name: str

    @abstractmethod
    def page(self, question: Question) -> PeerPage:
        """The work of a results page: exact total, the best 20 with snippets, counts by year, country, collection."""

    @abstractmethod
    def ranking(self, words: Sequence[Node]) -> list[int]:
        """The numbers of the documents that hold any of the words, the best first; a word given twice counts twice."""


def question_of(root: Node) -> Question:
    """Take the dates out of what stands side by side; peers keep them apart from words."""
    parts = root.children if isinstance(root, And) else (root,)
    dates = [part for part in parts if isinstance(part, DateRange)]
    others = tuple(part for part in parts if not isinstance(part, DateRange))
    years = [(part.earliest.year, part.latest.year) for part in dates if part.earliest and part.latest]
    return Question(others[0] if len(others) == 1 else And(others), years[0] if years else None)


def symbol_spellings(symbol: str) -> Or:
    """A symbol as peers read it: S/RES/1373 as it is written, or as "resolution 1373"."""
    written = words(symbol)
    number = written[written.index("res") + 1 :] if "res" in written else written
    return Or((Phrase(tuple(written)), Phrase(("resolution", *number))))


def spellings(parts: Iterable[str]) -> Or:
    """A compound as peers read it: joined, or its parts in a row."""
    parts = tuple(parts)
    return Or((Phrase(("".join(parts),)), Phrase(parts)))
