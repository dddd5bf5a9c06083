"""How well the archive ranks: its own engine, query language and ranking against the judgements of a test collection.

Everything is done in an index of its own in a temporary folder; neither database nor archive is touched.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from documents.search.engines.base import Engine
from documents.search.factory import unopened_engine
from documents.search.judged import JudgedText, TestCollection
from documents.search.query import MAX_WORDS, either, parse_query
from documents.search.query_lexer import MAX_QUERY_CHARACTERS
from documents.search.trees import MatchAll, Node
from documents.search.types import IndexRecord, ParagraphText, SearchRequest

CUT = 10  # ranks that nDCG looks at
DEPTH = 1000  # ranks that average precision looks at, as trec_eval does

_WITHIN_WORDS = "-.'’"  # no slash: "input/output" are two words, and what a symbol would find stands in no record here
_DASHES = re.compile(r"-{2,}|\.{2,}")  # dashes and gaps as typewriters wrote them, close to the words on both sides
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Relevance:
    """Means over the queries, each from 0 to 1."""

    ndcg: float
    average_precision: float
    queries: int


def evaluate(collection: TestCollection, language: str) -> Relevance:
    """The archive's ranking of this collection, whose documents are in this language, a BCP 47 tag."""
    with TemporaryDirectory() as folder:
        engine = unopened_engine(Path(folder))
        engine.open()
        engine.replace_all(_records(collection.documents, language), expected=len(collection.documents))
        rankings = {query.id: _ranking(engine, query, collection.documents) for query in collection.queries}
        engine.close()
    return measure(rankings, collection.grades)


def measure(rankings: Mapping[str, Sequence[str]], grades: Mapping[str, Mapping[str, int]]) -> Relevance:
    """rankings: by query, document ids, the best first; grades: by query, each judged document's."""
    return Relevance(
        ndcg=fmean(ndcg(rankings[query], judged) for query, judged in grades.items()),
        average_precision=fmean(average_precision(rankings[query], judged) for query, judged in grades.items()),
        queries=len(grades),
    )


def ndcg(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10: the sum of grade / log2(rank + 1) over the first ten, divided by that of the best order there could be.

    The gain is the grade itself, as in trec_eval's ndcg_cut; what was not judged, or below 0, has none.
    """
    gains = [max(0, grades.get(document, 0)) for document in ranking]
    best = _discounted(sorted((max(0, grade) for grade in grades.values()), reverse=True))
    return _discounted(gains) / best if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:CUT], 1))


def average_precision(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """The mean of the precision at the rank of each document graded above 0; 0 for one below rank 1,000."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    ranks = [rank for rank, document in enumerate(ranking[:DEPTH], 1) if document in relevant]
    return math.fsum(found / rank for found, rank in enumerate(ranks, 1)) / len(relevant) if relevant else 0.0


def any_word_of(text: str) -> Node:
    """The query that a plain text makes: its words joined by OR, each read as the parser reads what is typed.

    Punctuation that the query language gives a meaning to is taken for blanks, and no word for an operator. A text may
    be longer than a query, so the parser reads it in parts, which are joined as the parser itself joins them.
    """
    root = either(parse_query(" OR ".join(part)).root for part in _parts(plain_words(text)))
    return root or MatchAll()


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, with no punctuation but what stands within a word."""
    parted = _DASHES.sub(" ", text)
    readable = "".join(character if _is_of_words(character) else " " for character in parted)
    pieces = (piece.strip(_WITHIN_WORDS) for piece in readable.lower().split())
    return [piece for piece in pieces if piece]


def _is_of_words(character: str) -> bool:
    """Letters, marks and numbers of any script, and what may stand between them."""
    return unicodedata.category(character)[0] in "LMN" or character in _WITHIN_WORDS


def _parts(pieces: Sequence[str]) -> Iterator[list[str]]:
    """The words in parts that are each short enough for a query."""
    longest = MAX_QUERY_CHARACTERS // MAX_WORDS - len(" OR ")
    remaining = iter(piece[:longest] for piece in pieces)
    while part := list(islice(remaining, MAX_WORDS)):
        yield part


def _ranking(engine: Engine, query: JudgedText, documents: Sequence[JudgedText]) -> list[str]:
    result = engine.search(SearchRequest(root=any_word_of(query.text), limit=DEPTH))
    return [documents[hit.document_id].id for hit in result.hits]


def _records(documents: Sequence[JudgedText], language: str) -> Iterator[IndexRecord]:
    """Numbered from 0, which is also the order of documents that score alike."""
    for number, document in enumerate(documents):
        texts = _BLANK_LINES.split(document.text)
        yield IndexRecord(
            document_id=number,
            stamp=document.id,
            slug=f"{number:09}",
            title=document.title,
            paragraphs=tuple(ParagraphText(place, text) for place, text in enumerate(texts, 1)),
            language=language,
            added=date.min,
        )
