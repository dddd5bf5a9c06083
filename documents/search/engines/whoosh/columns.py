"""What is known of every document beside its words, as numpy arrays numbered like Whoosh's documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from documents.search.engines.whoosh.arrays import Texts, pack, ragged, unpack
from documents.search.engines.whoosh.fields import Row
from documents.search.types import KEYWORD_FIELDS, SCORED_FIELDS, Sort

UNIX_EPOCH = 719_163  # date(1970, 1, 1).toordinal(), from which numpy counts days
NO_DATE = np.iinfo(np.int32).max  # sorts documents without a date last
NUMBERS = ("document_id", "is_dated", "first", "last", *SCORED_FIELDS)
TEXTS = ("stamp", "slug", "title_key")


@dataclass(frozen=True, slots=True)
class Keywords:
    """The values of one field as pairs: document `documents[i]` carries `values[codes[i]]`, each pair once.

    The values ascend, so that one among the thousands that an archive has is found without looking at all.
    """

    values: tuple[str, ...]
    documents: np.ndarray
    codes: np.ndarray

    def holding(self, chosen: set[str], size: int) -> np.ndarray:
        """The mask, as long as `size`, of the documents that carry one of the values."""
        mask = np.zeros(size, bool)
        codes = [code for value in chosen for code in range(*self._codes(value, value + "\0"))]
        mask[self.documents[np.isin(self.codes, codes)]] = True
        return mask

    def beginning_with(self, beginning: str) -> tuple[str, ...]:
        return self.values[slice(*self._codes(beginning, beginning + "\U0010ffff"))]

    def _codes(self, first: str, past: str) -> tuple[int, int]:
        """The codes of the values from one up to, without, another."""
        return bisect_left(self.values, first), bisect_left(self.values, past)

    def chosen(self, numbers: np.ndarray, size: int) -> Keywords:
        """Those of some of so many documents, numbered anew."""
        renumbered = np.full(size, -1)
        renumbered[numbers] = np.arange(len(numbers))
        kept = renumbered[self.documents] >= 0
        held, codes = np.unique(self.codes[kept], return_inverse=True)
        return Keywords(tuple(self.values[code] for code in held), renumbered[self.documents[kept]], codes)


class KeywordColumns(dict[str, Keywords]):
    """The keywords by field, each put together when first asked for: that of the slugs is large and seldom used."""

    def __init__(self, make: Callable[[str], Keywords]) -> None:
        self._make = make

    def __missing__(self, field: str) -> Keywords:
        keywords = self[field] = self._make(field)
        return keywords


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
        return cls._of(
            [len(row.paragraph_numbers) for row in rows],
            np.fromiter(chain.from_iterable(row.paragraph_numbers for row in rows), np.int32),
            np.fromiter(chain.from_iterable(row.paragraph_starts for row in rows), np.int32),
        )

    @classmethod
    def join(cls, parts: Sequence[Paragraphs]) -> Paragraphs:
        return cls._of(
            np.concatenate([part.sizes for part in parts]),
            np.concatenate([part.numbers for part in parts]),
            np.concatenate([part.starts for part in parts]),
        )

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Paragraphs:
        sizes = arrays["paragraphs.sizes"]
        total = int(sizes.sum())
        numbers, _ = unpack(arrays["paragraphs.numbers"].data, 0, total)
        starts, _ = unpack(arrays["paragraphs.starts"].data, 0, total)
        return cls._of(sizes, numbers.all().astype(np.int32), starts.all().astype(np.int32))

    @classmethod
    def _of(cls, sizes: Sequence[int] | np.ndarray, numbers: np.ndarray, starts: np.ndarray) -> Paragraphs:
        return cls(np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32), numbers, starts)

    def arrays(self) -> dict[str, np.ndarray]:
        return {
            "paragraphs.sizes": self.sizes,
            "paragraphs.numbers": np.frombuffer(pack(self.numbers), np.uint8),
            "paragraphs.starts": np.frombuffer(pack(self.starts), np.uint8),
        }

    @property
    def sizes(self) -> np.ndarray:
        """How many paragraphs each document has."""
        return np.diff(self.offsets)

    def chosen(self, numbers: np.ndarray) -> Paragraphs:
        sizes = self.sizes[numbers]
        held = ragged(self.offsets[numbers], sizes)
        return self._of(sizes, self.numbers[held], self.starts[held])


class Columns:
    """The columns of some documents in order; `join` puts those of several segments in a row.

    `lengths` are of the SCORED_FIELDS. BM25F reads the headings and names as it reads title and text, by
    Snapshot.postings(field, word).counts over Snapshot.length_norms[field]; they add to the score of documents that
    title or text matched, and to no other's.
    """

    def __init__(
        self, numbers: np.ndarray, texts: Sequence[Texts], keywords: Mapping[str, Keywords], paragraphs: Paragraphs
    ) -> None:
        """numbers: a row of int64 for each of NUMBERS; texts: in the order of TEXTS."""
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
        ).reshape(-1, len(NUMBERS))
        texts = [Texts.of(getattr(row, name) for row in rows) for name in TEXTS]
        keywords = {field: _pairs([row.keywords[place] for row in rows]) for place, field in enumerate(KEYWORD_FIELDS)}
        return cls(np.ascontiguousarray(numbers.T), texts, keywords, Paragraphs.of_rows(rows))

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Columns:
        """The columns as arrays() gave them. Raises KeyError or ValueError where something is missing."""
        numbers = np.array([arrays[name] for name in NUMBERS], np.int64)
        texts = [Texts(arrays[name]) for name in TEXTS]
        keywords = KeywordColumns(lambda field: _keywords_of(arrays, field))
        return cls(numbers, texts, keywords, Paragraphs.of_arrays(arrays))

    def arrays(self) -> dict[str, np.ndarray]:
        """The columns as flat arrays by name, to be written to a file."""
        numbers = {name: _narrowed(column) for name, column in zip(NUMBERS, self.numbers, strict=True)}
        texts = {name: column.content for name, column in zip(TEXTS, self.texts, strict=True)}
        keywords: dict[str, np.ndarray] = {}
        for field in KEYWORD_FIELDS:
            of_field = self.keywords[field]
            keywords[f"{field}.values"] = Texts.of(of_field.values).content
            keywords[f"{field}.documents"] = _narrowed(of_field.documents)
            keywords[f"{field}.codes"] = _narrowed(of_field.codes)
        return {**numbers, **texts, **keywords, **self.paragraphs.arrays()}

    @classmethod
    def join(cls, parts: Sequence[Columns]) -> Columns:
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.of_rows([])
        starts = np.cumsum([0, *(len(part) for part in parts)])
        return cls(
            np.concatenate([part.numbers for part in parts], axis=1),
            [Texts.join([part.texts[column] for part in parts]) for column in range(len(TEXTS))],
            KeywordColumns(lambda field: _join_keywords([part.keywords[field] for part in parts], starts)),
            Paragraphs.join([part.paragraphs for part in parts]),
        )

    def chosen(self, numbers: np.ndarray) -> Columns:
        """The columns of these documents, given in ascending order."""
        return Columns(
            self.numbers[:, numbers],
            [texts.chosen(numbers.tolist()) for texts in self.texts],
            {field: self.keywords[field].chosen(numbers, len(self)) for field in KEYWORD_FIELDS},
            self.paragraphs.chosen(numbers),
        )

    @cached_property
    def first_years(self) -> np.ndarray:
        return _years(self.first)

    @cached_property
    def last_years(self) -> np.ndarray:
        return _years(self.last)

    @cached_property
    def slug_rank(self) -> np.ndarray:
        return _rank(self.slugs.all())

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
        return _places(np.lexsort((self.date_rank, _rank(self.title_keys.all()))))

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


def _keywords_of(arrays: Mapping[str, np.ndarray], field: str) -> Keywords:
    values = tuple(Texts(arrays[f"{field}.values"]).all())
    return Keywords(values, *(arrays[f"{field}.{name}"].astype(np.int64) for name in ("documents", "codes")))


def _narrowed(numbers: np.ndarray) -> np.ndarray:
    """The same numbers in the smallest type that holds them."""
    kinds = (np.uint8, np.uint16, np.int32)
    bounds = (int(numbers.min(initial=0)), int(numbers.max(initial=0)))
    fitting = [kind for kind in kinds if np.iinfo(kind).min <= bounds[0] and bounds[1] <= np.iinfo(kind).max]
    return numbers.astype(fitting[0] if fitting else np.int64)


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
