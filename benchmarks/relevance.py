"""nDCG@10 and MAP on the test collections, ours and the peers'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers import fts5, tantivy_index
from benchmarks.peers.base import Peer, PeerDocument
from benchmarks.tables import Bar, bars_table, table
from documents.search.analysis import words as words_of
from documents.search.judged import TestCollection, read_collection
from documents.search.relevance import Relevance, evaluate, measure
from documents.search.trees import Word

COLLECTIONS = ("cranfield", "cisi")
FILES = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")
LANGUAGE = "en"
OURS = "ours"


def measured(collection: TestCollection) -> dict[str, Relevance]:
    """By engine. Peers hold title and text in one field, and are asked for single words: both serve them best."""
    documents = [
        PeerDocument(number, "", f"{held.title}\n{held.text}") for number, held in enumerate(collection.documents, 1)
    ]
    found = {OURS: evaluate(collection, LANGUAGE)}
    with TemporaryDirectory() as folder:
        for peer in _peers(Path(folder), documents):
            found[peer.name] = _measured(peer, collection)
    return found


def _peers(folder: Path, documents: Sequence[PeerDocument]) -> Iterator[Peer]:
    fts5.build(folder / "fts5.sqlite3", documents)
    yield fts5.TunedFts5(folder / "fts5.sqlite3")
    tantivy_index.build(folder / "tantivy", documents)
    yield tantivy_index.Tantivy(folder / "tantivy")


def _measured(peer: Peer, collection: TestCollection) -> Relevance:
    rankings = {}
    for query in collection.queries:
        words = [Word(word) for word in words_of(query.text)]
        rankings[query.id] = [collection.documents[number - 1].id for number in peer.ranking(words)]
    return measure(rankings, collection.grades)


def bars_of(name: str, found: dict[str, Relevance]) -> Iterator[Bar]:
    for peer in (name for name in found if name != OURS):
        ndcg = found[OURS].ndcg / found[peer].ndcg
        yield Bar(f"{name}: nDCG@10 to {peer}", ndcg, 1, is_least=True)
        precision = found[OURS].average_precision / found[peer].average_precision
        yield Bar(f"{name}: MAP to {peer}", precision, 1, is_least=True)


def main(folder: str) -> Iterator[str]:
    """folder: that holds the collections, each in a folder of its own."""
    rows: list[tuple[str, ...]] = []
    bars: list[Bar] = []
    for name in COLLECTIONS:
        found = measured(read_collection(*(Path(folder) / name / file for file in FILES)))
        for engine, of_engine in found.items():
            measures = (f"{of_engine.ndcg:.4f}", f"{of_engine.average_precision:.4f}")
            rows.append((f"{name}, {of_engine.queries} queries", engine, *measures))
        bars += bars_of(name, found)
    yield "Relevance: plain words joined by OR."
    yield table(("collection", "engine", "nDCG@10", "MAP"), rows)
    yield bars_table(bars)
