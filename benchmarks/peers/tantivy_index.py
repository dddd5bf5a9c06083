"""tantivy, an engine written in Rust, as a peer; https://docs.rs/tantivy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from benchmarks.peers.base import DEPTH, PAGE_SIZE, Peer, PeerDocument, PeerPage, Question, spellings, symbol_spellings
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
SNIPPET_CHARACTERS = 200
WRITER_BYTES = 256_000_000
MOST_VALUES = 1000  # of a facet; tantivy gives ten unless told
FACETS = ("year", "country", "collection")
_COUNTS = {field: {"terms": {"field": field, "size": MOST_VALUES}} for field in FACETS}


def build(folder: Path, documents: Iterable[PeerDocument]) -> None:
    """An index of these documents, written by one thread."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer = tantivy.Index(_schema(), path=str(folder)).writer(WRITER_BYTES, 1)
    for document in documents:
        writer.add_document(
            tantivy.Document(
                number=document.number,
                title=document.title,
                text=document.text,
                year=document.year,
                country=document.country,
                collection=document.collection,
            )
        )
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, fast=True)
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_text_field("country", tokenizer_name="raw", fast=True)
    builder.add_text_field("collection", tokenizer_name="raw", fast=True)
    return builder.build()


class Tantivy(Peer):
    """An index made by build()."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._weights = {"title": TITLE_WEIGHT}

    def page(self, question: Question) -> PeerPage:
        query = self._query(question.words)
        if question.years:
            dated = Query.range_query(self._index.schema, "year", tantivy.FieldType.Integer, *question.years)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(dated, 0.0))])
        result = self._searcher.search(query, PAGE_SIZE, count=True)
        counts = self._searcher.aggregate(query, _COUNTS)
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._index.schema, "text")
        generator.set_max_num_chars(SNIPPET_CHARACTERS)
        shown = [self._searcher.doc(address) for _, address in result.hits]
        return PeerPage(
            total=result.count,
            snippets=tuple(generator.snippet_from_doc(document).to_html() for document in shown),
            counts=tuple(len(counts[field]["buckets"]) for field in FACETS),
        )

    def ranking(self, words: Sequence[Node]) -> list[int]:
        query = self._any_of(map(self._query, words))
        hits = self._searcher.search(query, DEPTH).hits
        return [self._searcher.doc(address)["number"][0] for _, address in hits]

    def _query(self, node: Node) -> Query:
        """The tree as tantivy's own. Raises TypeError for what the benchmark never asks."""
        match node:
            case And(children=children):
                return Query.boolean_query([self._clause(child) for child in children])
            case Or(children=children):
                return self._any_of(map(self._query, children))
            case Word(text=text) | Exact(text=text):
                return self._typed(text)
            case Compound(parts=parts):
                return self._query(spellings(parts))
            case Phrase(words=words):
                return self._typed(" ".join(words))
            case Symbol(symbol=symbol):
                return self._query(symbol_spellings(symbol))
            case Prefix(text=text):
                return self._beginning_with(text)
        raise TypeError(f"tantivy is never asked for {type(node).__name__}.")

    def _clause(self, node: Node) -> tuple[Occur, Query]:
        if isinstance(node, Not):
            return Occur.MustNot, self._query(node.child)
        return Occur.Must, self._query(node)

    def _any_of(self, queries: Iterable[Query]) -> Query:
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    def _typed(self, words: str) -> Query:
        """The words in a row, in either field, as tantivy's own analysis reads them."""
        return self._index.parse_query(f'"{words}"', ["title", "text"], field_boosts=self._weights)

    def _beginning_with(self, prefix: str) -> Query:
        pattern = re.escape(prefix) + ".*"
        return self._any_of(Query.regex_query(self._index.schema, field, pattern) for field in ("title", "text"))
