"""Where a word stands: reads Whoosh's posting lists straight into numpy arrays.

Whoosh's own matchers move a position shared by all threads and go posting by posting; here a list is one slice of the
mapped file, decoded apart. The layout is that of whoosh.codec.whoosh3.W3PostingsWriter, 2.7.4.
"""

from __future__ import annotations

import io
import pickle
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermsReader
from whoosh.reading import TermNotFound

from documents.search.engines.base import EngineError

POSITION_BITS = 32
POSITION_BYTES = 4


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that hold a word: ids[n] ascending, counts[n] its occurrences, positions[counts.sum()] flat."""

    ids: np.ndarray
    counts: np.ndarray
    positions: np.ndarray

    def keys(self) -> np.ndarray:
        """Every occurrence as one sorted number: the document's in the high half, the position in the low."""
        return (np.repeat(self.ids, self.counts) << POSITION_BITS) | self.positions

    def of_live(self, live: np.ndarray) -> Postings:
        kept = live[self.ids]
        if kept.all():
            return self
        return Postings(self.ids[kept], self.counts[kept], self.positions[np.repeat(kept, self.counts)])


EMPTY = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint32))


def join(parts: list[Postings]) -> Postings:
    """One list out of those of several segments, in the order of the segments."""
    if len(parts) <= 1:
        return parts[0] if parts else EMPTY
    return Postings(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.positions for part in parts]),
    )


def read(terms: W3TermsReader, field: str, word: str) -> Postings | None:
    """The postings of a word in one segment, numbered from 0; None where it is not held."""
    try:
        info = terms.term_info(field, word.encode())
    except TermNotFound:
        return None
    offset, (length,) = info.extent()  # W3TermInfo.from_bytes leaves the length in its tuple
    return join([_decode(ids, values) for ids, values in _blocks(terms._postfile.get(offset, length))])


def _blocks(data: bytes) -> Iterator[tuple[np.ndarray, Sequence[bytes]]]:
    """Of each block the documents and, where the field keeps positions, the positions in each."""
    if not data.startswith(WHOOSH3_HEADER_MAGIC):
        raise EngineError("The search index is damaged. Run `manage.py rebuild_index`.")
    start, is_last = len(WHOOSH3_HEADER_MAGIC), False
    while not is_last:
        (size,) = struct.unpack_from("!i", data, start)
        is_last = size < 0
        block = io.BytesIO(data[start + 4 : start + 4 + abs(size)])
        is_compressed = pickle.load(block)[3]
        content = block.read()
        deltas, _, values = pickle.loads(zlib.decompress(content) if is_compressed else content)
        yield np.cumsum(np.array(deltas, np.int64)), values or [b""] * len(deltas)
        start += 4 + abs(size)


def _decode(ids: np.ndarray, values: Sequence[bytes]) -> Postings:
    counts = np.fromiter(map(len, values), np.int64, len(values)) // POSITION_BYTES
    return Postings(ids, counts, np.frombuffer(b"".join(values), np.uint32))
