"""How index files are opened: mapped into memory and read by slices, so that threads may share them."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile


class MappedFile(BufferFile):
    """A file in memory. Unlike BufferFile it is not copied; `get` takes slices and moves no shared position."""

    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        self._buf = mapped
        self._name = name
        self.file = mapped
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def close(self) -> None:
        """Leave the map to the garbage collector: searches may still be reading it."""
        self.is_closed = True


class MappedStorage(FileStorage):
    """A folder whose index files are mapped. Files of no length cannot be mapped and hold nothing to share."""

    def open_file(self, name: str, **options: Any) -> StructFile:
        path = Path(self.folder) / name
        if name.endswith(".toc") or path.stat().st_size == 0:
            return super().open_file(name, **options)
        with path.open("rb") as file:
            return MappedFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)
