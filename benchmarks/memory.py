"""What a serving process holds in memory after many random pages."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.archives import Archive
from benchmarks.peers.base import PeerDocument
from benchmarks.questions import fresh
from benchmarks.server import get, serving
from benchmarks.tables import Bar, bars_table

EACH = 200  # searches, documents and lists, so many of each
SEED = 1373
_ENTRY = re.compile(r"^(\w+): +(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Held:
    """private: pages that no other process has, those of mapped files among them; dirty: those that are no file's."""

    private_megabytes: float
    dirty_megabytes: float


def tell(archive: Archive) -> Iterator[str]:
    with serving(archive.environment) as server:
        pages = addresses(archive)
        for address in pages:
            get(server.connection, address)
        held = max(map(_held, server.workers()), key=lambda one: one.private_megabytes)
    yield (
        f"Memory of a serving process after {len(pages)} random pages: {held.dirty_megabytes:.0f} MB of its own, "
        f"{held.private_megabytes:.0f} MB with the parts of mapped files that no other process has open."
    )
    yield bars_table([Bar("private memory, MB", held.private_megabytes, 300)])


def addresses(archive: Archive) -> list[str]:
    """Fresh searches, documents and lists under a tag, in random order, the same each time."""
    rng = random.Random(SEED)
    with closing(sqlite3.connect(archive.folder / "archive.sqlite3")) as database:
        rows = database.execute("SELECT id, slug, title FROM documents_document WHERE state = 'published'").fetchall()
        chosen = [rng.choice(rows) for _ in range(EACH)]
        read = "SELECT text FROM documents_document WHERE id = ?"
        texts = [PeerDocument(pk, title, *database.execute(read, (pk,)).fetchone()) for pk, _, title in chosen]
        tags = [slug for (slug,) in database.execute("SELECT slug FROM documents_tag ORDER BY slug")]
    found = [f"/search/?q={quote(query)}" for query in fresh(texts, EACH, SEED)]
    found += [f"/documents/{slug}/" for _, slug, _ in chosen]
    found += [f"/documents/?tag={rng.choice(tags)}" for _ in range(EACH)]
    rng.shuffle(found)
    return found


def _held(process: int) -> Held:
    """As Linux counts it."""
    counted = dict(_ENTRY.findall(Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")))
    clean, dirty = int(counted["Private_Clean"]) / 1024, int(counted["Private_Dirty"]) / 1024
    return Held(clean + dirty, dirty)
