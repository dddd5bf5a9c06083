"""Building an index: ours and that of stock Whoosh over the same records, and how large ours is."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import stock
from benchmarks.tables import Bar, bars_table, table
from documents.models import Document, Paragraph
from documents.search.factory import get_engine, unopened_engine
from documents.search.records import published_ids, read_records
from documents.search.types import IndexRecord

SAMPLE = 3000  # documents
SEED = 1373
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Built:
    """What building took: seconds by the clock, and of the processors."""

    name: str
    seconds: float
    processor_seconds: float
    index_bytes: int


def _ours(records: Sequence[IndexRecord], folder: Path) -> None:
    engine = unopened_engine(folder)
    engine.open()
    engine.replace_all(records, expected=len(records))
    engine.close()


def measured(name: str, build: Callable[[Path], None]) -> Built:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "index"
        start, used = time.perf_counter(), _processor_seconds()
        build(folder)
        seconds, processor_seconds = time.perf_counter() - start, _processor_seconds() - used
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(name, seconds, processor_seconds, size)


def _processor_seconds() -> float:
    """Of this process and of those that it has waited for."""
    usages = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _all_built(records: Sequence[IndexRecord]) -> Iterator[Built]:
    yield measured(OURS, partial(_ours, records))
    for name, analyzer in stock.ANALYZERS.items():
        yield measured(name, partial(stock.build, records, analyzer()))


def _text_bytes() -> int:
    """Of all public documents' paragraphs, as UTF-8."""
    paragraphs = Paragraph.objects.filter(position__isnull=False, document__in=Document.objects.published())
    return sum(len(text.encode()) for text in paragraphs.values_list("text", flat=True).iterator())


def main() -> Iterator[str]:
    ids = published_ids()
    sample = random.Random(SEED).sample(ids, min(SAMPLE, len(ids)))
    records = list(read_records(sorted(sample)))
    text_bytes = sum(len(paragraph.text.encode()) for record in records for paragraph in record.paragraphs)
    built = list(_all_built(records))
    yield f"Building an index of {len(records):,} documents with {text_bytes / 1e6:.1f} MB of text."
    rows = [
        (
            *(one.name, one.seconds, one.processor_seconds, f"{text_bytes / 1e6 / one.processor_seconds:.2f}"),
            *(one.index_bytes / 1e6, f"{one.index_bytes / text_bytes:.2f}"),
        )
        for one in built
    ]
    yield table(("engine", "seconds", "processor s", "MB of text per processor s", "index MB", "index / text"), rows)
    ours, *others = built
    whole = get_engine().status().size_bytes / _text_bytes()
    bars = [
        Bar(
            f"speed to {other.name}, by processor time",
            other.processor_seconds / ours.processor_seconds,
            1.4,
            is_least=True,
        )
        for other in others
    ]
    yield bars_table([*bars, Bar(f"index to text, all {len(ids):,} documents", whole, 0.5)])
