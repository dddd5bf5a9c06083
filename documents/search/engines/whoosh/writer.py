"""Whoosh's writer, taking whole documents and whole posting lists instead of one posting after another."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from documents.search import stemming
from documents.search.engines.whoosh import fields
from documents.search.engines.whoosh.codec import ArchiveCodec, read_columns
from documents.search.types import IndexRecord

SCHEMA = Schema()  # what is indexed, and how, is said by fields.entry() and the codec


class RecordWriter(SegmentWriter):
    """Writes one segment and one generation. Whoosh decides by its `mergetype` which segments go into the new one."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=ArchiveCodec(), compound=False)

    def add_record(self, record: IndexRecord) -> None:
        entry = fields.entry(record)
        self.perdocwriter.add(entry.row)
        self.fieldwriter.add(self.docnum, entry)
        self._added = True
        self.docnum += 1

    def delete_records(self, document_ids: Collection[int]) -> None:
        """Take out the documents of these ids that were written before."""
        for segment in self.segments:
            held = read_columns(self.storage, segment).document_ids
            for number in np.flatnonzero(np.isin(held, list(document_ids))).tolist():
                segment.delete_document(number)

    def add_reader(self, reader: SegmentReader) -> None:
        """Take over what is left of another segment: how Whoosh's merging hands it over."""
        segment = reader.segment()
        kept = np.ones(segment.doc_count_all(), bool)
        kept[sorted(segment.deleted_docs())] = False
        renumbered = np.where(kept, np.cumsum(kept) - 1 + self.docnum, -1)
        self.perdocwriter.add_columns(read_columns(self.storage, segment).chosen(np.flatnonzero(kept)))
        self.fieldwriter.add_segment(self.codec.terms_reader(self.storage, segment), renumbered)
        self._added = True
        self.docnum += int(kept.sum())

    def _flush_segment(self) -> None:
        columns = self.perdocwriter.finish()
        self.fieldwriter.finish(sorted({stemming.primary(value) for value in columns.keywords["language"].values}))
