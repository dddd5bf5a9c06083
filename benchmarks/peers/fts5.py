"""SQLite's full-text search, FTS5, as a peer: once tuned, and once as it is mostly written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.peers.base import (
    DEPTH,
    PAGE_SIZE,
    SNIPPET_WORDS,
    Peer,
    PeerDocument,
    PeerPage,
    Question,
    spellings,
    symbol_spellings,
)
from documents.search.trees import (
    And,
    Compound,
    Exact,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Symbol,
    Word,
)

TITLE_WEIGHT = 2.0  # as ours

_TABLES = """
CREATE TABLE document (id INTEGER PRIMARY KEY, title TEXT, text TEXT);
CREATE TABLE facet (id INTEGER PRIMARY KEY, year INTEGER, country TEXT, collection TEXT);
CREATE VIRTUAL TABLE words USING fts5(
    title, text, content='document', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
"""
_SNIPPET = f"snippet(words, 1, '<mark>', '</mark>', '…', {SNIPPET_WORDS})"


def build(path: Path, documents: Iterable[PeerDocument]) -> None:
    """A database of these documents with a full-text index that is merged into one piece."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(_TABLES)
    for document in documents:
        row = (document.number, document.title, document.text)
        database.execute("INSERT INTO document VALUES (?, ?, ?)", row)
        facet = (document.number, document.year, document.country, document.collection)
        database.execute("INSERT INTO facet VALUES (?, ?, ?, ?)", facet)
    database.execute("INSERT INTO words(words) VALUES ('rebuild')")
    database.execute("INSERT INTO words(words) VALUES ('optimize')")
    database.execute("ANALYZE")
    database.commit()
    database.close()


class _Fts5(Peer):
    """What both have in common."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._database.execute("PRAGMA mmap_size = 2000000000")
        self._database.execute("PRAGMA cache_size = -64000")
        self._rank = f"bm25(words, {TITLE_WEIGHT}, 1.0)"

    def ranking(self, words: Sequence[Node]) -> list[int]:
        match = " OR ".join(_match(word) for word in words)
        rows = self._rows(f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY {self._rank} LIMIT {DEPTH}", match)
        return [number for (number,) in rows]

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        return self._database.execute(statement, values).fetchall()


class TunedFts5(_Fts5):
    """One grouped count for total and facets; the ids of the best 20 first, and snippets for these alone."""

    name = "FTS5 tuned"

    def page(self, question: Question) -> PeerPage:
        match, years, held = _match(question.words), question.years or (), _held(question)
        groups = self._rows(
            "SELECT year, country, collection, count(*) FROM words JOIN facet ON facet.id = words.rowid "
            f"WHERE words MATCH ?{held} GROUP BY year, country, collection",
            *(match, *years),
        )
        joined = "JOIN facet ON facet.id = words.rowid " if held else ""
        best = self._rows(
            f"SELECT words.rowid FROM words {joined}WHERE words MATCH ?{held} ORDER BY {self._rank} LIMIT {PAGE_SIZE}",
            *(match, *years),
        )
        of_one = f"SELECT document.title, {_SNIPPET} FROM words JOIN document ON document.id = words.rowid "
        shown = [self._rows(of_one + "WHERE words MATCH ? AND words.rowid = ?", match, *row)[0] for row in best]
        return PeerPage(
            total=sum(group[-1] for group in groups),
            snippets=tuple(snippet for _, snippet in shown),
            counts=tuple(len(_added_up(groups, place)) for place in range(3)),
        )


class UsualFts5(_Fts5):
    """A count, snippets made while ranking, and a grouped count for each facet."""

    name = "FTS5 usual"

    def page(self, question: Question) -> PeerPage:
        match, years = _match(question.words), question.years or ()
        found = f"FROM words JOIN facet ON facet.id = words.rowid WHERE words MATCH ?{_held(question)}"
        ((total,),) = self._rows(f"SELECT count(*) {found}", match, *years)
        shown = self._rows(
            f"SELECT title, {_SNIPPET} {found} ORDER BY {self._rank} LIMIT {PAGE_SIZE}", *(match, *years)
        )
        counts = [
            self._rows(f"SELECT {field}, count(*) {found} GROUP BY {field}", match, *years)
            for field in ("year", "country", "collection")
        ]
        return PeerPage(total, tuple(snippet for _, snippet in shown), tuple(map(len, counts)))


def _held(question: Question) -> str:
    return " AND facet.year BETWEEN ? AND ?" if question.years else ""


def _added_up(groups: Sequence[tuple], place: int) -> dict[object, int]:
    """The counts of one facet out of those of all three together."""
    counts: dict[object, int] = {}
    for group in groups:
        counts[group[place]] = counts.get(group[place], 0) + group[-1]
    return counts


def _match(node: Node) -> str:
    """The tree in FTS5's own query language. Raises TypeError for what the benchmark never asks."""
    match node:
        case And(children=children):
            return _all_of(children)
        case Or(children=children):
            return "(" + " OR ".join(map(_match, children)) + ")"
        case Word(text=text) | Exact(text=text):
            return f'"{text}"'
        case Compound(parts=parts):
            return _match(spellings(parts))
        case Phrase(words=words):
            return '"' + " ".join(words) + '"'
        case Symbol(symbol=symbol):
            return _match(symbol_spellings(symbol))
        case Prefix(text=text):
            return f'"{text}"*'
    raise TypeError(f"FTS5 is never asked for {type(node).__name__}.")


def _all_of(children: Sequence[Node]) -> str:
    wanted = " AND ".join(_match(child) for child in children if not isinstance(child, Not))
    unwanted = "".join(f" NOT {_match(child.child)}" for child in children if isinstance(child, Not))
    return f"(({wanted}){unwanted})"
