"""The fields of the Whoosh index, and how a record becomes their values. Only our own analysis is used."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from documents.search import analysis, schema
from documents.search.types import KEYWORD_FIELDS, SCORED_FIELDS, IndexRecord

CITATIONS = "citations"
COMPOUNDS = "compounds"
DOCUMENT_ID = "document_id"
ROW = "row"


class Codec(W3Codec):
    """Whoosh's codec without its rounded field lengths (ours are exact) and with blocks fit for reading whole."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=1024, compression=3, inlinelimit=1)


class WordsField(fields.FieldType):
    """Words with their positions, as analysis.term_positions gives them, kept as raw unsigned 32-bit numbers."""

    def __init__(self) -> None:
        super().__init__(format=formats.Format(), analyzer=None)

    def index(self, value: dict[str, list[int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, positions in value.items():
            if len(word) == analysis.MAX_WORD_CHARACTERS:  # cut words may meet at one place
                positions = sorted(set(positions))
            yield word.encode(), len(positions), 1.0, array("I", positions).tobytes()


class TermsField(fields.FieldType):
    """Terms that a document has or has not."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in value:
            yield term.encode(), 1, 1.0, b""


SCHEMA = fields.Schema(
    title=WordsField(),
    text=WordsField(),
    headings=WordsField(),  # counts of these two add to the score, see columns.Columns
    names=WordsField(),
    citations=WordsField(),  # symbols, see _citation_positions
    compounds=TermsField(),  # hyphenated words as seen: "counter-terrorism"
    document_id=TermsField(),
    row=fields.STORED(),
)


class Row(NamedTuple):
    """What is kept of a record beside its words. Days are as in schema.Interval; `lengths` follow SCORED_FIELDS and
    `keywords` KEYWORD_FIELDS; a paragraph's start is the position of its first word in `text`.
    """

    document_id: int
    stamp: str
    slug: str
    title_key: str
    is_dated: bool
    first: int
    last: int
    lengths: tuple[int, ...]
    keywords: tuple[tuple[str, ...], ...]
    paragraph_numbers: tuple[int, ...]
    paragraph_starts: tuple[int, ...]


def values(record: IndexRecord) -> dict[str, object]:
    """The record as Whoosh's add_document takes it."""
    title = analysis.term_positions([record.title])
    text = analysis.term_positions(paragraph.text for paragraph in record.paragraphs)
    headings = analysis.term_positions(paragraph.text for paragraph in record.paragraphs if paragraph.is_heading)
    names = analysis.term_positions(record.name_labels)
    terms = dict(zip(SCORED_FIELDS, (title, text, headings, names), strict=True))
    days = schema.interval(record)
    row = Row(
        document_id=record.document_id,
        stamp=record.stamp,
        slug=record.slug,
        title_key=schema.title_key(record.title),
        is_dated=days is not None,
        first=days.first if days else schema.OPEN_START,
        last=days.last if days else schema.OPEN_START,
        lengths=tuple(of_field.length for of_field in terms.values()),
        keywords=tuple(schema.keyword_values(record, field) for field in KEYWORD_FIELDS),
        paragraph_numbers=tuple(paragraph.number for paragraph in record.paragraphs),
        paragraph_starts=tuple(text.starts),
    )
    return {
        **{field: of_field.positions for field, of_field in terms.items()},
        CITATIONS: _citation_positions(record, text.starts),
        COMPOUNDS: sorted(title.compounds | text.compounds),
        DOCUMENT_ID: [str(record.document_id)],
        ROW: tuple(row),
    }


def _citation_positions(record: IndexRecord, starts: Sequence[int]) -> dict[str, list[int]]:
    """By symbol, one position in the text for each time that a paragraph cites it, from the paragraph's start on.

    The gap after a paragraph leaves room for as many; further ones are not counted.
    """
    start_of = {paragraph.number: start for paragraph, start in zip(record.paragraphs, starts, strict=True)}
    positions: dict[str, list[int]] = {}
    for cited in record.citations:
        if cited.paragraph in start_of:
            start = start_of[cited.paragraph]
            positions.setdefault(cited.symbol, []).extend(
                range(start, start + min(cited.count, analysis.PARAGRAPH_GAP))
            )
    return {symbol: sorted(places) for symbol, places in positions.items()}
