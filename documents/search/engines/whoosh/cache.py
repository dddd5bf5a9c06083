"""What searches of one generation have worked out, kept within so many bytes, the least lately used given up first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Kept = TypeVar("Kept")

ENTRY_BYTES = 1_000  # of the key, the objects around the arrays and the order: so much beside the numbers, as measured
CACHE_BYTES = 48 * 2**20  # a process may hold 300 MB; two generations live at once while one follows another


class Cache:
    """May be shared by threads. Two that miss the same thing both work it out, and one result is kept."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._limit = limit_bytes
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Kept], size_of: Callable[[Kept], int]) -> Kept:
        """What is kept under the key, or what `make` gives, which takes `size_of` it bytes."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key][0]
        made = make()
        self._keep(key, made, size_of(made) + ENTRY_BYTES)
        return made

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _keep(self, key: Hashable, made: Any, size: int) -> None:
        if size > self._limit // 4:  # one answer must not drive out all others
            return
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = (made, size)
            self._bytes += size
            while self._bytes > self._limit:
                self._bytes -= self._entries.popitem(last=False)[1][1]
