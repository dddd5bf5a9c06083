"""What is known of every document beside its words, as numpy arrays numbered like Whoosh's documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from documents.search.engines.whoosh.fields import Row
from documents.search.types import KEYWORD_FIELDS, SCORED_FIELDS, Sort

UNIX_EPOCH = 719_163  # date(1970, 1, 1).toordinal(), from which numpy counts days
NO_DATE = np.iinfo(np.int32).max  # sorts documents without a date last


@dataclass(frozen=True, slots=True)
class Keywords:
    """The values of one field as pairs: document `documents[i]` carries `values[codes[i]]`, each pair once."""

    values: tuple[str, ...]
    documents: np.ndarray
    codes: np.ndarray

    def holding(self, chosen: set[str], size: int) -> np.ndarray:
        """The mask, as long as `size`, of the documents that carry one of the values."""
        mask = np.zeros(size, bool)
        codes = [code for code, value in enumerate(self.values) if value in chosen]
        mask[self.documents[np.isin(self.codes, codes)]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of all documents in a row, in reading order: those of document n stand at offsets[n] up to
    offsets[n + 1]. `numbers` are their addresses, `starts` the positions in `text` at which they begin. All int32.
    """

    offsets: np.ndarray
    numbers: np.ndarray
    starts: np.ndarray

    @classmethod
    def of_rows(cls, rows: Sequence[Row]) -> Paragraphs:
        return cls(
            np.cumsum([0, *(len(row.paragraph_numbers) for row in rows)], dtype=np.int32),
            np.fromiter(chain.from_iterable(row.paragraph_numbers for row in rows), np.int32),
            np.fromiter(chain.from_iterable(row.paragraph_starts for row in rows), np.int32),
        )

    @classmethod
    def join(cls, parts: Sequence[Paragraphs]) -> Paragraphs:
        sizes = [np.diff(part.offsets) for part in parts]
        return cls(
            np.cumsum(np.concatenate([[0], *sizes]), dtype=np.int32),
            np.concatenate([part.numbers for part in parts]),
            np.concatenate([part.starts for part in parts]),
        )

    def numbers_at(self, document: int, positions: np.ndarray) -> np.ndarray:
        """The numbers of the document's paragraphs in which these positions lie."""
        here = slice(self.offsets[document], self.offsets[document + 1])
        return self.numbers[here][np.searchsorted(self.starts[here], positions, side="right") - 1]


class Columns:
    """The columns of some documents in order; `join` puts those of several segments in a row.

    `lengths` are of the SCORED_FIELDS. BM25F reads the headings and names as it reads title and text, by
    Snapshot.postings(field, word).counts over Snapshot.length_norms[field]; they add to the score of documents that
    title or text matched, and to no other's.
    """

    def __init__(
        self,
        numbers: np.ndarray,
        texts: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
        keywords: dict[str, Keywords],
        paragraphs: Paragraphs,
    ) -> None:
        self.numbers = numbers
        self.document_ids, dated, self.first, self.last, *lengths = numbers
        self.is_dated = dated.astype(bool)
        self.lengths = dict(zip(SCORED_FIELDS, lengths, strict=True))
        self.texts = texts
        self.stamps, self.slugs, self.title_keys = texts
        self.keywords = keywords
        self.paragraphs = paragraphs

    def __len__(self) -> int:
        return len(self.document_ids)

    @classmethod
    def of_rows(cls, rows: Sequence[Row]) -> Columns:
        numbers = np.array(
            [(row.document_id, row.is_dated, row.first, row.last, *row.lengths) for row in rows], np.int64
        ).reshape(-1, 4 + len(SCORED_FIELDS))
        texts = (
            tuple(row.stamp for row in rows),
            tuple(row.slug for row in rows),
            tuple(row.title_key for row in rows),
        )
        keywords = {field: _pairs([row.keywords[place] for row in rows]) for place, field in enumerate(KEYWORD_FIELDS)}
        return cls(np.ascontiguousarray(numbers.T), texts, keywords, Paragraphs.of_rows(rows))

    @classmethod
    def join(cls, parts: Sequence[Columns]) -> Columns:
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.of_rows([])
        stamps, slugs, title_keys = (
            tuple(text for part in parts for text in part.texts[column]) for column in range(3)
        )
        starts = np.cumsum([0, *(len(part) for part in parts)])
        keywords = {field: _join_keywords([part.keywords[field] for part in parts], starts) for field in KEYWORD_FIELDS}
        numbers = np.concatenate([part.numbers for part in parts], axis=1)
        paragraphs = Paragraphs.join([part.paragraphs for part in parts])
        return cls(numbers, (stamps, slugs, title_keys), keywords, paragraphs)

    @cached_property
    def first_years(self) -> np.ndarray:
        return _years(self.first)

    @cached_property
    def last_years(self) -> np.ndarray:
        return _years(self.last)

    @cached_property
    def slug_rank(self) -> np.ndarray:
        return _rank(self.slugs)

    @cached_property
    def date_rank(self) -> np.ndarray:
        """The place of each document by earliest and latest day, then slug; those without a date last."""
        first = np.where(self.is_dated, self.first, NO_DATE)
        return _places(np.lexsort((self.slug_rank, self.last, first)))

    @cached_property
    def newest_rank(self) -> np.ndarray:
        """The same backwards, but for slugs and for those without a date: last again."""
        first = np.where(self.is_dated, -self.first, NO_DATE)
        return _places(np.lexsort((self.slug_rank, -self.last, first)))

    @cached_property
    def title_rank(self) -> np.ndarray:
        return _places(np.lexsort((self.date_rank, _rank(self.title_keys))))

    def rank(self, sort: Sort) -> np.ndarray:
        """The place of each document in an order; by relevance, what settles ties."""
        ranks = {Sort.NEWEST: "newest_rank", Sort.TITLE: "title_rank"}
        return getattr(self, ranks.get(sort, "date_rank"))


def _pairs(values_by_document: list[tuple[str, ...]]) -> Keywords:
    values = tuple(sorted({value for values in values_by_document for value in values}))
    code_of = {value: code for code, value in enumerate(values)}
    pairs = [(document, code_of[value]) for document, values in enumerate(values_by_document) for value in values]
    documents, codes = np.array(pairs, np.int64).reshape(-1, 2).T
    return Keywords(values, documents, codes)


def _join_keywords(parts: list[Keywords], starts: np.ndarray) -> Keywords:
    values = tuple(sorted({value for part in parts for value in part.values}))
    code_of = {value: code for code, value in enumerate(values)}
    documents = [part.documents + start for part, start in zip(parts, starts[:-1], strict=True)]
    codes = [np.array([code_of[value] for value in part.values], np.int64)[part.codes] for part in parts]
    return Keywords(values, np.concatenate(documents), np.concatenate(codes))


def _rank(texts: Sequence[str]) -> np.ndarray:
    """The place of each text among the different ones; equal texts have the same."""
    place_of = {text: place for place, text in enumerate(sorted(set(texts)))}
    return np.array([place_of[text] for text in texts], np.int64)


def _places(order: np.ndarray) -> np.ndarray:
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _years(days: np.ndarray) -> np.ndarray:
    """The year of each day number."""
    return (days - UNIX_EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
