"""The Whoosh engine: our query tree, evaluated exactly over a Whoosh index."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from documents.search import analysis
from documents.search.engines.base import Engine, EngineError
from documents.search.engines.whoosh import answer
from documents.search.engines.whoosh.index import MANY_SEGMENTS, IndexFiles, current_versions
from documents.search.engines.whoosh.snapshot import Snapshot
from documents.search.types import (
    EngineStatus,
    IndexRecord,
    ParagraphsFound,
    SearchRequest,
    SearchResult,
)


class WhooshEngine(Engine):
    """An index in a folder of its own. One engine may be shared by all threads of a process; many may write in turn."""

    def __init__(self, directory: Path) -> None:
        self._files = IndexFiles(directory)
        self._snapshot: Snapshot | None = None
        self._opening = threading.Lock()

    def open(self) -> None:
        self._files.create()
        self._latest()

    def close(self) -> None:
        self._snapshot = None

    def search(self, request: SearchRequest) -> SearchResult:
        return answer.search(self._latest(), request)

    def paragraphs(self, request: SearchRequest, limit: int) -> ParagraphsFound:
        return answer.paragraphs(self._latest(), request, limit)

    def upsert(self, records: Iterable[IndexRecord]) -> int:
        by_id = {record.document_id: record for record in records}
        if by_id:
            self._files.create()
            self._files.write(tuple(by_id), tuple(by_id.values()))
        return len(by_id)

    def delete(self, document_ids: Iterable[int]) -> None:
        deleted = tuple(document_ids)
        if deleted:
            self._files.create()
            self._files.write(deleted, ())

    def replace_all(self, records: Iterable[IndexRecord], expected: int | None = None) -> int:
        return self._files.rebuild(records, expected)

    def stamps(self) -> dict[int, str]:
        snapshot = self._latest()
        columns = snapshot.columns
        return {
            int(columns.document_ids[number]): columns.stamps[number] for number in snapshot.live.nonzero()[0].tolist()
        }

    def suggest(self, word: str, limit: int = 5) -> tuple[str, ...]:
        words = analysis.words(word)
        return answer.suggest(self._latest(), words[0], limit) if words else ()

    def complete(self, beginning: str, limit: int = 5) -> tuple[str, ...]:
        return answer.complete(self._latest(), analysis.fold(beginning), limit)

    def forget(self) -> None:
        self._latest().forget()

    def status(self) -> EngineStatus:
        snapshot = self._latest()
        return EngineStatus(
            documents=snapshot.documents,
            generation=snapshot.generation,
            is_current=self._files.versions() == current_versions(),
            is_fragmented=len(snapshot.segments) > MANY_SEGMENTS,
            size_bytes=self._files.size_bytes(),
        )

    def _latest(self) -> Snapshot:
        """The latest generation, opened where it is not yet. Raises EngineError where there is no index."""
        try:
            generation = self._files.generation()
        except FileNotFoundError as error:
            raise EngineError("There is no search index yet. Run `manage.py rebuild_index`.") from error
        snapshot = self._snapshot
        if snapshot is not None and snapshot.generation == generation:
            return snapshot
        with self._opening:
            if self._snapshot is None or self._snapshot.generation != generation:
                self._snapshot = self._files.open(self._snapshot)
            return self._snapshot
