"""The peers over an archive of the benchmark: the documents that they hold are read from its database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.peers import fts5, tantivy_index
from benchmarks.peers.base import Peer, PeerDocument
from documents.search.records import published_ids, read_records
from documents.search.types import IndexRecord

MADE = "made"  # beside the peers' files, once they are whole: how many documents they hold


def documents_of_archive() -> list[PeerDocument]:
    """The public documents with the words that our own index is told of."""
    return [_document(record) for record in read_records(published_ids())]


def peers(folder: Path, documents: Sequence[PeerDocument]) -> tuple[Peer, ...]:
    """The peers over their files in the folder, which are made where they are not there."""
    mark = folder / MADE
    if not mark.exists() or mark.read_text(encoding="ascii") != str(len(documents)):
        folder.mkdir(parents=True, exist_ok=True)
        fts5.build(folder / "fts5.sqlite3", documents)
        tantivy_index.build(folder / "tantivy", documents)
        mark.write_text(str(len(documents)), encoding="ascii")
    return tuple(_opened(folder))


def _opened(folder: Path) -> Iterator[Peer]:
    yield fts5.TunedFts5(folder / "fts5.sqlite3")
    yield fts5.UsualFts5(folder / "fts5.sqlite3")
    yield tantivy_index.Tantivy(folder / "tantivy")


def _document(record: IndexRecord) -> PeerDocument:
    return PeerDocument(
        number=record.document_id,
        title=record.title,
        text="\n".join(paragraph.text for paragraph in record.paragraphs),
        year=record.earliest.year if record.earliest else 0,
        country=_country(record.tags),
        collection=record.collection,
    )


def _country(tags: Sequence[str]) -> str:
    """Of the tags "General Debate", "Argentina" and "session 1" the second."""
    return next((tag for tag in tags if tag != "general-debate" and not tag.startswith("session-")), "")
