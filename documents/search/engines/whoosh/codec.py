"""The files of a segment of the Whoosh index: written once, in the order of words, and mapped to be read.

    .col   what is known of its documents beside words, as columns.Columns
    .trm   the words of each field, ascending, how many documents hold each, and its stems
    .pst   the posting lists, as postings.encode() gives them, in the order of fields and words

Whoosh keeps the segments, their deletions, generations and merges.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec.base import Codec, PerDocumentReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from documents.search import stemming
from documents.search.engines.whoosh import postings
from documents.search.engines.whoosh.arrays import PAST_ALL, Texts, read_arrays, write_arrays
from documents.search.engines.whoosh.columns import Columns
from documents.search.engines.whoosh.fields import COMPOUNDS, FIELDS, POSITION_FIELDS, Entry, Row
from documents.search.engines.whoosh.postings import Postings
from documents.search.engines.whoosh.runs import Gatherer, TermPostings
from documents.search.engines.whoosh.storage import MappedStorage
from documents.search.types import TEXT_FIELDS

COLUMNS, TERMS, POSTINGS = ".col", ".trm", ".pst"
ROWS_AT_ONCE = 500  # documents whose columns are made together


class ArchiveCodec(Codec):
    """Tells Whoosh by what a segment is written and read."""

    length_stats = False  # our lengths are exact, and in the columns

    def per_document_writer(self, storage: FileStorage, segment: WhooshSegment) -> ColumnsWriter:
        return ColumnsWriter(storage, segment)

    def field_writer(self, storage: FileStorage, segment: WhooshSegment) -> TermsWriter:
        return TermsWriter(storage, segment)

    def per_document_reader(self, storage: MappedStorage, segment: WhooshSegment) -> PerDocumentReader:
        return PerDocumentReader()  # opened and closed by Whoosh's merging, which asks it nothing

    def terms_reader(self, storage: MappedStorage, segment: WhooshSegment) -> SegmentTerms:
        return SegmentTerms(storage, segment)

    def new_segment(self, storage: FileStorage, name: str) -> W3Segment:
        return W3Segment(self, name)


# --- Writing ----------------------------------------------------------------------------------------------------------


class ColumnsWriter:
    """Takes the rows of a new segment."""

    def __init__(self, storage: FileStorage, segment: WhooshSegment) -> None:
        self._storage, self._segment = storage, segment
        self._parts: list[Columns] = []
        self._rows: list[Row] = []
        self.is_closed = False

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) == ROWS_AT_ONCE:
            self._end_part()

    def add_columns(self, columns: Columns) -> None:
        self._end_part()
        self._parts.append(columns)

    def finish(self) -> Columns:
        self._end_part()
        columns = Columns.join(self._parts)
        with self._segment.create_file(self._storage, COLUMNS) as file:
            write_arrays(file, columns.arrays())
        return columns

    def close(self) -> None:
        self.is_closed = True

    def _end_part(self) -> None:
        if self._rows:
            self._parts.append(Columns.of_rows(self._rows))
            self._rows = []


class TermsWriter:
    """Takes the words of a new segment."""

    def __init__(self, storage: FileStorage, segment: WhooshSegment) -> None:
        self._storage, self._segment = storage, segment
        self._gatherers = {field: Gatherer(storage.folder) for field in FIELDS}
        self.is_closed = False

    def add(self, number: int, entry: Entry) -> None:
        for field in POSITION_FIELDS:
            self._gatherers[field].add(number, entry.positions[field])
        self._gatherers[COMPOUNDS].add_terms(number, entry.compounds)

    def add_segment(self, terms: SegmentTerms, renumbered: np.ndarray) -> None:
        """The words of another segment; `renumbered` has the new number of each of its documents, -1 of those gone."""
        for field, gatherer in self._gatherers.items():
            gatherer.add_postings(terms.walk(field, renumbered))

    def finish(self, languages: Sequence[str]) -> None:
        """Write the files, with the stems of the languages."""
        arrays: dict[str, np.ndarray] = {}
        with self._segment.create_file(self._storage, POSTINGS) as file:
            for field, gatherer in self._gatherers.items():
                words, documents, sizes = [], array("I"), array("I")
                for term in gatherer.merged():
                    content = postings.encode(term.ids, term.counts, term.positions if has_positions(field) else None)
                    file.write(content)
                    words.append(term.word)
                    documents.append(len(term.ids))
                    sizes.append(len(content))
                arrays[f"{field}.words"] = Texts.of(words).content
                arrays[f"{field}.documents"] = np.frombuffer(documents, np.uint32)
                arrays[f"{field}.sizes"] = np.frombuffer(sizes, np.uint32)
                arrays |= _stem_arrays(field, words, languages) if field in TEXT_FIELDS else {}
                arrays |= _joined_arrays(words) if field == COMPOUNDS else {}
        with self._segment.create_file(self._storage, TERMS) as file:
            write_arrays(file, arrays)

    def close(self) -> None:
        self.is_closed = True


def has_positions(field: str) -> bool:
    return field in POSITION_FIELDS


def _stem_arrays(field: str, words: Sequence[str], languages: Iterable[str]) -> dict[str, np.ndarray]:
    """By language the stems, ascending, and with each stem the places of its words."""
    arrays: dict[str, np.ndarray] = {}
    place_of = {word: place for place, word in enumerate(words)}
    for language in languages:
        by_stem = sorted(stemming.WordsByStem(words, language).by_stem.items())
        places = [sorted(place_of[word] for word in of_stem) for _, of_stem in by_stem]
        name = f"{field}.stems.{language}"
        arrays[f"{name}.keys"] = Texts.of(stem for stem, _ in by_stem).content
        arrays[f"{name}.ends"] = np.cumsum([len(of_stem) for of_stem in places], dtype=np.uint32)
        arrays[f"{name}.places"] = np.array([place for of_stem in places for place in of_stem], np.uint32)
    return arrays


def _joined_arrays(compounds: Sequence[str]) -> dict[str, np.ndarray]:
    joined = [compound.replace("-", "") for compound in compounds]
    order = sorted(range(len(joined)), key=joined.__getitem__)
    return {
        f"{COMPOUNDS}.joined": Texts.of(joined[place] for place in order).content,
        f"{COMPOUNDS}.places": np.array(order, np.uint32),
    }


# --- Reading ----------------------------------------------------------------------------------------------------------


class FieldWords:
    """The words of one field of a segment."""

    def __init__(self, arrays: dict[str, np.ndarray], field: str, start: int) -> None:
        """start: where the field's posting lists begin in the file."""
        self._arrays = arrays
        self._field = field
        self.words = Texts(arrays[f"{field}.words"])
        self.documents = arrays[f"{field}.documents"].data
        self.ends = np.cumsum(np.concatenate([[start], arrays[f"{field}.sizes"]]), dtype=np.int64).data
        self._stems: dict[str, Stems] = {}
        self._computed: dict[tuple[str, str], stemming.WordsByStem] = {}

    def frequency(self, word: str) -> int:
        """How many documents hold the word, removed ones included."""
        place = self.words.find(word)
        return 0 if place is None else self.documents[place]

    def beginning_with(self, prefix: str) -> dict[str, int]:
        """The words with their frequencies."""
        return self._between(prefix, prefix + PAST_ALL)

    def having(self, stem: str, language: str, like: str) -> Iterable[str]:
        """The words with the stem; in a language whose stems are not kept those that may be forms of `like`."""
        if language not in self._stems and f"{self._field}.stems.{language}.keys" in self._arrays:
            self._stems[language] = Stems(self._arrays, f"{self._field}.stems.{language}")
        if language in self._stems:
            return [self.words[place] for place in self._stems[language].places(stem)]
        return self._worked_out(language, like).having(stem)

    def forget(self) -> None:
        """Drop the stems worked out so far."""
        self._computed = {}

    def _worked_out(self, language: str, like: str) -> stemming.WordsByStem:
        ranges = stemming.range_of_forms(like, language)
        wanted = (language, ranges[0][0] if ranges else like)
        if wanted not in self._computed:
            words = [word for first, past in ranges for word in self._between(first, past)]
            self._computed[wanted] = stemming.WordsByStem(words, language)
        return self._computed[wanted]

    def _between(self, first: str, past: str) -> dict[str, int]:
        start, end = self.words.place(first), self.words.place(past)
        return dict(zip(self.words.between(start, end), self.documents[start:end], strict=True))


class Stems:
    """The stems of one language."""

    def __init__(self, arrays: dict[str, np.ndarray], name: str) -> None:
        self._keys = Texts(arrays[f"{name}.keys"])
        self._ends = arrays[f"{name}.ends"].data
        self._places = arrays[f"{name}.places"].data

    def places(self, stem: str) -> Sequence[int]:
        """The places of the stem's words in the field."""
        place = self._keys.find(stem)
        if place is None:
            return ()
        return self._places[self._ends[place - 1] if place else 0 : self._ends[place]]


class SegmentTerms:
    """The words and posting lists of a segment. Raises KeyError, ValueError or struct.error where files are damaged."""

    def __init__(self, storage: MappedStorage, segment: WhooshSegment) -> None:
        arrays = read_arrays(storage.mapped(segment.make_filename(TERMS)))
        self._lists = storage.mapped(segment.make_filename(POSTINGS))
        self.fields: dict[str, FieldWords] = {}
        start = 0
        for field in FIELDS:
            self.fields[field] = FieldWords(arrays, field, start)
            start = self.fields[field].ends[-1]
        if start != len(self._lists):
            raise ValueError("the file of posting lists is not as long as its table says")
        self._joined = Texts(arrays[f"{COMPOUNDS}.joined"])
        self._compounds = arrays[f"{COMPOUNDS}.places"].data

    def close(self) -> None:
        """Whoosh's merging calls it; the maps go with the last array that reads them."""

    def postings(self, field: str, word: str) -> Postings | None:
        """The postings of a word, numbered from 0; None where it is not held."""
        place = self.fields[field].words.find(word)
        return None if place is None else self._postings(field, place)

    def walk(self, field: str, renumbered: np.ndarray) -> Iterator[TermPostings]:
        """All words of a field with the postings of the documents whose new number is not -1."""
        kept = renumbered >= 0
        for place, word in enumerate(self.fields[field].words.all()):
            held = self._postings(field, place).of_live(kept)
            if len(held.ids):
                yield TermPostings(word, renumbered[held.ids], held.counts, held.positions)

    def splits(self, joined: str) -> Iterator[tuple[str, ...]]:
        """The ways in which the joined form of a compound was seen with hyphens."""
        place = self._joined.place(joined)
        while place < len(self._joined) and self._joined[place] == joined:
            yield tuple(self.fields[COMPOUNDS].words[self._compounds[place]].split("-"))
            place += 1

    def _postings(self, field: str, place: int) -> Postings:
        of_field = self.fields[field]
        data = self._lists[of_field.ends[place] : of_field.ends[place + 1]]
        return postings.decode(data, of_field.documents[place], has_positions=has_positions(field))


def read_columns(storage: MappedStorage, segment: Any) -> Columns:
    """Raises KeyError, ValueError or struct.error where the file is damaged."""
    return Columns.of_arrays(read_arrays(storage.mapped(segment.make_filename(COLUMNS))))
