"""How index files are opened: mapped into memory and read by slices, so that threads may share them."""

from __future__ import annotations

import mmap
from pathlib import Path

from whoosh.filedb.filestore import FileStorage


class MappedStorage(FileStorage):
    """A folder whose files can be mapped."""

    def mapped(self, name: str) -> memoryview:
        """The bytes of a file, which stays open and on the disk for as long as anything refers to them."""
        path = Path(self.folder) / name
        if not path.stat().st_size:  # nothing can be mapped
            return memoryview(b"")
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
