"""Whoosh as it comes, with fields like ours: what building our index is measured against."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whoosh import index
from whoosh.analysis import Analyzer, StandardAnalyzer, StemmingAnalyzer
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema

from documents.search import schema
from documents.search.types import IndexRecord

# Word forms need stems in the index of stock Whoosh; ours finds them without. Its plain words are the least it can do.
ANALYZERS = {
    "stock Whoosh, stems": StemmingAnalyzer,
    "stock Whoosh, plain words": lambda: StandardAnalyzer(stoplist=None),
}
WORDS = ("title", "text", "headings", "names")
KEYS = ("collection", "body", "type", "language", "place", "slug")
LISTS = ("tags", "name_slugs", "symbols")


def build(records: Iterable[IndexRecord], analyzer: Analyzer, folder: Path) -> None:
    folder.mkdir(parents=True)
    fields = {
        "document_id": ID(unique=True, stored=True),
        "stamp": STORED(),
        "first": NUMERIC(),
        "last": NUMERIC(),
        **{name: TEXT(analyzer=analyzer) for name in WORDS},
        **{name: ID(stored=True) for name in KEYS},
        **{name: KEYWORD(commas=True) for name in LISTS},
    }
    writer = index.create_in(str(folder), Schema(**fields)).writer()
    for record in records:
        writer.add_document(**_values(record))
    writer.commit()


def _values(record: IndexRecord) -> dict[str, object]:
    days = schema.interval(record)
    return {
        "document_id": str(record.document_id),
        "stamp": record.stamp,
        "first": days.first if days else schema.OPEN_START,
        "last": days.last if days else schema.OPEN_START,
        "title": record.title,
        "text": "\n".join(paragraph.text for paragraph in record.paragraphs),
        "headings": "\n".join(paragraph.text for paragraph in record.paragraphs if paragraph.is_heading),
        "names": "\n".join(record.name_labels),
        **{name: getattr(record, name) for name in KEYS},
        "tags": ",".join(record.tags),
        "name_slugs": ",".join(record.names),
        "symbols": ",".join(record.symbols),
    }
