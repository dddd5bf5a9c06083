"""Originals, kept byte for byte under their SHA-256: `ab/abcdef…`. The same bytes are kept once, never overwritten."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from documents.models import Document


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Keep these bytes and return their SHA-256. They are whole on disk when this returns, or not there at all."""
    sha256 = digest_of(content)
    place = Path(default_storage.path(_name(sha256)))
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, content)
    return sha256


def is_kept(sha256: str) -> bool:
    return default_storage.exists(_name(sha256))


def open_original(sha256: str) -> IO[bytes]:
    """The bytes to read, from the start. Raises FileNotFoundError where none are kept under this SHA-256."""
    return default_storage.open(_name(sha256), "rb")


def size_of(sha256: str) -> int:
    """In bytes. Raises FileNotFoundError as open_original does."""
    return default_storage.size(_name(sha256))


def keep_typed(document: Document) -> bool:
    """Make the text of a saved, published document its original where it has none; tells whether it did."""
    if document.original_sha256 or not document.is_published:
        return False
    describe(document, f"{document.slug}.md", document.text.encode())
    keep(document.text.encode())
    document.save(update_fields=["original_name", "original_sha256", "original_size"])
    return True


def describe(document: Document, name: str, content: bytes) -> None:
    """Write into the record which original it has; neither the record nor the original is saved."""
    document.original_name = name
    document.original_sha256 = digest_of(content)
    document.original_size = len(content)


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _write(place: Path, content: bytes) -> None:
    """Beside the place first, so that a crash leaves no half file under a name that vouches for its content."""
    descriptor, temporary = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o444)
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
