"""One generation of the index, opened for reading: it never changes, and threads may share it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from whoosh.index import TOC

from documents.search import schema
from documents.search.engines.whoosh import postings
from documents.search.engines.whoosh.cache import Cache
from documents.search.engines.whoosh.codec import SegmentTerms, read_columns
from documents.search.engines.whoosh.columns import Columns
from documents.search.engines.whoosh.fields import FIELDS
from documents.search.engines.whoosh.lexicon import Lexicon
from documents.search.engines.whoosh.postings import Postings
from documents.search.engines.whoosh.storage import MappedStorage
from documents.search.types import SCORED_FIELDS

FEW_WORDS = 5_000  # titles often have no more; they take half a megabyte


class Segment:
    """One segment of the index with all of its documents. It is written once; removals stand in the contents alone."""

    def __init__(self, storage: MappedStorage, whoosh_segment: Any) -> None:
        self.terms = SegmentTerms(storage, whoosh_segment)
        self.columns = read_columns(storage, whoosh_segment)
        self.size = len(self.columns)


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
        self.lexicon = Lexicon([segment.terms for segment in self.segments.values()])

    def postings(self, field: str, word: str) -> Postings:
        """The live documents that hold a term of one of fields.FIELDS."""
        found = [
            (part, start)
            for segment, start in zip(self.segments.values(), self.starts.tolist(), strict=False)
            if (part := segment.terms.postings(field, word))
        ]
        held = postings.join([part for part, _ in found], [start for _, start in found])
        return held if self.documents == len(self.live) else held.of_live(self.live)

    def may_hold(self, field: str, word: str) -> bool:
        """Whether postings() is worth asking: of a field with few words it is known at once."""
        few = self._few_words[field]
        return few is None or word in few

    @cached_property
    def _few_words(self) -> dict[str, frozenset[str] | None]:
        """By field all its words, those of removed documents too; None where they are many."""
        return {field: self._all_words(field) for field in FIELDS}

    def _all_words(self, field: str) -> frozenset[str] | None:
        parts = [segment.terms.fields[field].words for segment in self.segments.values()]
        if sum(map(len, parts)) > FEW_WORDS:
            return None
        return frozenset(word for part in parts for word in part.all())

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
