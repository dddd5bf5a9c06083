"""One generation of the index, opened for reading: it never changes, and threads may share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3TermInfo, W3TermsReader
from whoosh.index import TOC

from documents.search import schema
from documents.search.engines.whoosh import fields, postings
from documents.search.engines.whoosh.cache import Cache
from documents.search.engines.whoosh.columns import Columns
from documents.search.engines.whoosh.lexicon import Lexicon, Splits
from documents.search.engines.whoosh.postings import Postings
from documents.search.engines.whoosh.storage import MappedStorage
from documents.search.types import SCORED_FIELDS, TEXT_FIELDS

FREQUENCY = 2  # where W3TermInfo's struct has the number of documents


class Segment:
    """One segment of the index with all of its documents. It is written once; removals stand in the contents alone."""

    def __init__(self, storage: MappedStorage, whoosh_segment: Any) -> None:
        codec = whoosh_segment.codec()
        self.terms: W3TermsReader = codec.terms_reader(storage, whoosh_segment)
        self.size: int = whoosh_segment.doc_count_all()
        rows = codec.per_document_reader(storage, whoosh_segment)
        self.columns = Columns.of_rows([fields.Row(*rows.stored_fields(n)[fields.ROW]) for n in range(self.size)])
        self.words: Counter[str] = Counter()
        for field in TEXT_FIELDS:
            self.words.update(dict(self._frequencies(field)))
        self.compounds: Splits = {}
        for compound, _ in self._frequencies(fields.COMPOUNDS):
            self.compounds.setdefault(compound.replace("-", ""), []).append(tuple(compound.split("-")))

    def _frequencies(self, field: str) -> Iterator[tuple[str, int]]:
        """Every term of a field with the number of its documents; Whoosh's own reader makes an object of each."""
        terms = self.terms
        for key, info in terms._tindex.items_from(terms._keycoder(field, b"")):
            found, term = terms._keydecoder(key)
            if found != field:
                return
            yield term.decode(), W3TermInfo._struct.unpack_from(info)[FREQUENCY]


class Snapshot:
    """What a search reads. Documents are numbered through all segments; `live` masks those not removed."""

    def __init__(self, storage: MappedStorage, contents: TOC, generation: str, earlier: Snapshot | None) -> None:
        """Segments that `earlier` already holds are taken from it, so that opening costs what has changed."""
        self.generation = generation
        self.cache = Cache()
        known = earlier.segments if earlier else {}
        self.segments: dict[str, Segment] = {
            segment.segment_id(): known.get(segment.segment_id()) or Segment(storage, segment)
            for segment in contents.segments
        }
        self.columns = Columns.join([segment.columns for segment in self.segments.values()])
        self.starts = np.cumsum([0, *(segment.size for segment in self.segments.values())])
        self.live = np.ones(len(self.columns), bool)
        for start, segment in zip(self.starts, contents.segments, strict=False):
            self.live[start + np.array(sorted(segment.deleted_docs()), np.int64)] = False
        self.documents = int(self.live.sum())
        self.lexicon: Lexicon = self._lexicon(earlier.lexicon if earlier else None)

    def postings(self, field: str, word: str) -> Postings:
        """The live documents that hold a term of SCORED_FIELDS or of `compounds`."""
        found = []
        for start, segment in zip(self.starts, self.segments.values(), strict=False):
            part = postings.read(segment.terms, field, word)
            if part:
                found.append(Postings(part.ids + start, part.counts, part.positions))
        return postings.join(found).of_live(self.live)

    @cached_property
    def length_norms(self) -> dict[str, np.ndarray]:
        """By field, what BM25F divides a document's occurrences by."""
        return {field: self._norm(self.columns.lengths[field]) for field in SCORED_FIELDS}

    def _norm(self, lengths: np.ndarray) -> np.ndarray:
        """Of documents that have the field at all; few have headings, and the others would make theirs seem long."""
        held = lengths[self.live & (lengths > 0)]
        return 1 - schema.BM25_B + schema.BM25_B * lengths / (held.mean() if len(held) else 1)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the live documents."""
        return self.values_held("language")

    @cached_property
    def earliest_day(self) -> int:
        """The first day that any document is of, from which decades of an open start are counted; 0 without dates."""
        columns, dated = self.columns, self.live & self.columns.is_dated
        starts = columns.first[dated & (columns.first != schema.OPEN_START)]
        ends = columns.last[dated]
        return int(min([*starts, *ends], default=0))

    def forget(self) -> None:
        """Drop what searches have worked out; what was read at opening stays."""
        self.cache.clear()
        self.lexicon.forget()

    def values_held(self, field: str) -> tuple[str, ...]:
        """The values of a keyword field that live documents carry."""
        keywords = self.columns.keywords[field]
        held = np.unique(keywords.codes[self.live[keywords.documents]])
        return tuple(keywords.values[code] for code in held)

    def _lexicon(self, earlier: Lexicon | None) -> Lexicon:
        frequencies: Counter[str] = Counter()
        for segment in self.segments.values():
            frequencies.update(segment.words)
        return Lexicon(frequencies, [segment.compounds for segment in self.segments.values()], earlier)
