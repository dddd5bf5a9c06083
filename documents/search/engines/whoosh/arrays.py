"""Numbers and texts as bytes that numpy reads where they stand, in a mapped file or in memory: no pickle, no copy.

A file of arrays: ARRAYS, the check sum of what follows, the length of the table, the table as JSON (by name: type,
where the array begins behind the table, how many numbers), then the arrays, each at a multiple of eight bytes.
"""

from __future__ import annotations

import json
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

import numpy as np

ARRAYS = b"ARRAYS1\n"
ALIGNMENT = 8
HEADER = struct.Struct("<8sII")
END = b"\0"  # of each text; no database keeps it within one
SHELF_TEXTS = 16  # of which the first is known when one is looked up
PAST_ALL = "\U0010ffff"  # sorts behind every letter

WIDTHS = (0, 1, 2, 4)
HAS_LARGE = 0x80
LARGE_BYTES = 8  # a number kept apart takes its place and itself, four bytes each


def write_arrays(file: BinaryIO, arrays: Mapping[str, np.ndarray]) -> None:
    places: dict[str, tuple[str, int, int]] = {}
    pieces: list[bytes] = []
    size = 0
    for name, array in arrays.items():
        content = array.tobytes()
        places[name] = (array.dtype.str, size, len(array))
        pieces.append(content.ljust(_aligned(len(content)), b"\0"))
        size += len(pieces[-1])
    table = json.dumps(places).encode()
    table = table.ljust(_aligned(len(table)))
    body = b"".join((table, *pieces))
    file.write(HEADER.pack(ARRAYS, zlib.crc32(body), len(table)))
    file.write(body)


def read_arrays(buffer: memoryview) -> dict[str, np.ndarray]:
    """The arrays by name; raises ValueError or struct.error where the file is damaged."""
    mark, checksum, table_bytes = HEADER.unpack_from(buffer)
    body = buffer[HEADER.size :]
    if mark != ARRAYS or zlib.crc32(body) != checksum:
        raise ValueError("a file of arrays is damaged")
    places = json.loads(bytes(body[:table_bytes]))
    return {
        name: np.frombuffer(body, np.dtype(kind), count, table_bytes + start)
        for name, (kind, start, count) in places.items()
    }


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT


class Texts(Sequence[str]):
    """Texts in a row, each ended by a null character: `content` is uint8."""

    def __init__(self, content: np.ndarray) -> None:
        self.content = content
        self._view = content.data

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        content = b"".join(text.encode() + END for text in texts)
        return cls(np.frombuffer(content, np.uint8))

    @classmethod
    def join(cls, parts: Sequence[Texts]) -> Texts:
        return cls(np.concatenate([part.content for part in parts])) if parts else cls.of(())

    @cached_property
    def _ends(self) -> memoryview:
        """Where each text ends; before the first stands -1. One by one a memoryview gives numbers faster than numpy."""
        ends = np.flatnonzero(self.content == END[0])
        return np.concatenate([[-1], ends]).astype(np.int32 if len(self.content) < 2**31 else np.int64).data

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:  # type: ignore[override]  # for slices there is between()
        return str(self._bytes(number), "utf-8")

    def between(self, first: int, past: int) -> list[str]:
        if first >= past:
            return []
        joined = bytes(self._view[self._ends[first] + 1 : self._ends[past]])
        return joined.decode().split(END.decode())

    def all(self) -> list[str]:
        return self.between(0, len(self))

    def chosen(self, numbers: Iterable[int]) -> Texts:
        return Texts.of(self[number] for number in numbers)

    # --- Texts in ascending order ---

    def place(self, text: str) -> int:
        """Where the text stands among ascending ones, or would stand."""
        return self._place(text.encode())[0]

    def find(self, text: str) -> int | None:
        place, is_there = self._place(text.encode())
        return place if is_there else None

    def _place(self, text: bytes) -> tuple[int, bool]:
        """Where the text stands or would stand, and whether it does: first its shelf is looked up, then it there."""
        first = max(0, bisect_right(self._shelves, text) - 1) * SHELF_TEXTS
        past = min(first + SHELF_TEXTS, len(self))
        shelf = bytes(self._view[self._ends[first] + 1 : self._ends[past]]).split(END) if first < past else []
        place = bisect_left(shelf, text)
        return first + place, place < len(shelf) and shelf[place] == text

    @cached_property
    def _shelves(self) -> list[bytes]:
        """The first text of each SHELF_TEXTS."""
        return [self._bytes(number) for number in range(0, len(self), SHELF_TEXTS)]

    def _bytes(self, number: int) -> bytes:
        return bytes(self._view[self._ends[number] + 1 : self._ends[number + 1]])


# --- Numbers, most of them small --------------------------------------------------------------------------------------


@dataclass(slots=True)  # a search makes a hundred, and a frozen one takes three times as long to make
class Packed:
    """Unsigned numbers: `lows` of 0 to 4 bytes each, but at the ascending `places` the `large`, which do not fit."""

    lows: np.ndarray
    places: np.ndarray
    large: np.ndarray

    def __len__(self) -> int:
        return len(self.lows)

    def all(self, kind: type[np.integer] = np.uint32) -> np.ndarray:
        numbers = self.lows.astype(kind)
        if len(self.places):
            numbers[self.places] = self.large
        return numbers

    def between(self, first: int, past: int) -> np.ndarray:
        numbers = self.lows[first:past].astype(np.uint32)
        if len(self.places):
            held = slice(*np.searchsorted(self.places, (first, past)))
            numbers[self.places[held] - first] = self.large[held]
        return numbers

    def at(self, indexes: np.ndarray) -> np.ndarray:
        """The numbers at these indexes, at the cost of these alone."""
        if len(indexes) > len(self) // 4:
            return self.all()[indexes]
        numbers = self.lows[indexes].astype(np.uint32)
        if len(self.places):
            nearest = np.minimum(np.searchsorted(self.places, indexes), len(self.places) - 1)
            is_large = self.places[nearest] == indexes
            numbers[is_large] = self.large[nearest[is_large]]
        return numbers


def pack(numbers: np.ndarray) -> bytes:
    """Numbers below 2**32 in as few bytes each as makes the whole shortest; unpack() must be told how many they are."""
    width, places = min(_choices(numbers), key=lambda choice: choice[0] * len(numbers) + LARGE_BYTES * len(choice[1]))
    lows = numbers.astype(f"<u{width}").tobytes() if width else b""
    if not len(places):
        return bytes((width,)) + lows
    large = places.astype("<u4").tobytes() + numbers[places].astype("<u4").tobytes()
    return struct.pack("<BI", width | HAS_LARGE, len(places)) + lows + large


def _choices(numbers: np.ndarray) -> Iterable[tuple[int, np.ndarray]]:
    """Each width with the places of the numbers that it cannot hold, up to the first that holds them all."""
    most = int(numbers.max()) if len(numbers) else 0
    for width in WIDTHS:
        yield width, np.flatnonzero(numbers >> (8 * width)) if most >> (8 * width) else np.zeros(0, np.int64)
        if not most >> (8 * width):
            return


def unpack(data: memoryview, start: int, count: int) -> tuple[Packed, int]:
    """So many packed numbers, and where they end. Raises ValueError or struct.error where the data is damaged."""
    width, large_count = data[start] & ~HAS_LARGE, 0
    if width not in WIDTHS:
        raise ValueError("packed numbers are damaged")
    start += 1
    if data[start - 1] & HAS_LARGE:
        (large_count,) = struct.unpack_from("<I", data, start)
        start += 4
    lows = np.frombuffer(data, f"<u{width}", count, start) if width else np.zeros(count, np.uint8)
    start += width * count
    places, large = np.frombuffer(data, "<u4", 2 * large_count, start).reshape(2, -1) if large_count else (NONE, NONE)
    return Packed(lows, places, large), start + LARGE_BYTES * large_count


NONE = np.zeros(0, np.uint32)


def ragged(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The indexes start, start + 1, ... of each start, as many as its count, in a row."""
    ends = np.cumsum(counts, dtype=np.int64)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)
