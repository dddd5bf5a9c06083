"""What every search engine does. Engines take and give the dataclasses of `trees` and `types`, never models or HTML."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from documents.search.types import (
    EngineStatus,
    IndexRecord,
    ParagraphsFound,
    SearchRequest,
    SearchResult,
)


class EngineError(Exception):
    """The engine could not do what was asked; the message says what would help."""


class EngineBusy(EngineError):
    """Another process is writing; the same call may succeed later."""


class Engine(ABC):
    """A full-text index of the published documents. The database is the truth; an engine can always be rebuilt."""

    @abstractmethod
    def open(self) -> None:
        """Make ready for use, creating an empty index where there is none."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; the engine can be opened again."""

    @abstractmethod
    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a search exactly: total, order and counts are those of an exhaustive evaluation."""

    @abstractmethod
    def paragraphs(self, request: SearchRequest, limit: int) -> ParagraphsFound:
        """The first `limit` of the paragraphs that hold a part of the query, in the documents that match, exactly.

        For what shows every place in its context. The request's offset, limit, facets and passages do not count.
        """

    @abstractmethod
    def upsert(self, records: Iterable[IndexRecord]) -> int:
        """Add the records or replace those with the same document_id, all or none; returns how many.

        Raises EngineBusy where another writer holds the index for longer than the engine waits.
        """

    @abstractmethod
    def delete(self, document_ids: Iterable[int]) -> None:
        """Take documents out; ids that are not held are ignored. Raises EngineBusy as upsert does."""

    @abstractmethod
    def replace_all(self, records: Iterable[IndexRecord], expected: int | None = None) -> int:
        """Build a new index beside the old one and swap; returns how many records it holds.

        The old index answers meanwhile and stays where anything fails or the count differs from `expected`.
        """

    @abstractmethod
    def stamps(self) -> dict[int, str]:
        """The stamp of every record held, by document_id."""

    @abstractmethod
    def suggest(self, word: str, limit: int = 5) -> tuple[str, ...]:
        """Words held that are spelt nearly like this one, the most frequent first; empty where the word is held."""

    @abstractmethod
    def complete(self, beginning: str, limit: int = 5) -> tuple[str, ...]:
        """Words held that begin so and are longer, the most frequent first."""

    @abstractmethod
    def forget(self) -> None:
        """Drop what was worked out for earlier searches, so that the next costs what it costs when asked first."""

    @abstractmethod
    def status(self) -> EngineStatus:
        """Figures about the index."""
