"""The fields of the index, and how a record becomes their values. Only our own analysis is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from documents.search import analysis, schema
from documents.search.types import KEYWORD_FIELDS, SCORED_FIELDS, IndexRecord

CITATIONS = "citations"  # slugs of symbols, see _citation_positions
COMPOUNDS = "compounds"  # hyphenated words as seen: "counter-terrorism"
POSITION_FIELDS = (*SCORED_FIELDS, CITATIONS)
FIELDS = (*POSITION_FIELDS, COMPOUNDS)

Positions = Mapping[str, Sequence[int]]


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the index takes it: the positions of each word by POSITION_FIELDS, and the compounds in order."""

    row: Row
    positions: Mapping[str, Positions]
    compounds: Sequence[str]


def entry(record: IndexRecord) -> Entry:
    title = analysis.term_positions([record.title])
    text = analysis.term_positions(paragraph.text for paragraph in record.paragraphs)
    headings = analysis.term_positions(paragraph.text for paragraph in record.paragraphs if paragraph.is_heading)
    names = analysis.term_positions(record.name_labels)
    scored = dict(zip(SCORED_FIELDS, (title, text, headings, names), strict=True))
    return Entry(
        row=_row(record, tuple(terms.length for terms in scored.values()), text.starts),
        positions={
            **{field: _each_once(terms.positions) for field, terms in scored.items()},
            CITATIONS: _citation_positions(record, text.starts),
        },
        compounds=sorted(title.compounds | text.compounds),
    )


def _row(record: IndexRecord, lengths: tuple[int, ...], starts: Sequence[int]) -> Row:
    days = schema.interval(record)
    return Row(
        document_id=record.document_id,
        stamp=record.stamp,
        slug=record.slug,
        title_key=schema.title_key(record.title),
        is_dated=days is not None,
        first=days.first if days else schema.OPEN_START,
        last=days.last if days else schema.OPEN_START,
        lengths=lengths,
        keywords=tuple(schema.keyword_values(record, field) for field in KEYWORD_FIELDS),
        paragraph_numbers=tuple(paragraph.number for paragraph in record.paragraphs),
        paragraph_starts=tuple(starts),
    )


def _each_once(positions: Positions) -> Positions:
    """Words that were cut to the longest that is kept may meet at one place."""
    cut = [word for word in positions if len(word) == analysis.MAX_WORD_CHARACTERS]
    return {**positions, **{word: sorted(set(positions[word])) for word in cut}} if cut else positions


def _citation_positions(record: IndexRecord, starts: Sequence[int]) -> Positions:
    """By symbol, one position in the text for each time that a paragraph cites it, from the paragraph's start on.

    The gap after a paragraph leaves room for as many; further ones are not counted.
    """
    start_of = dict(zip((paragraph.number for paragraph in record.paragraphs), starts, strict=True))
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for cited in record.citations:
        if cited.paragraph in start_of:
            start = start_of[cited.paragraph]
            positions[cited.symbol].extend(range(start, start + min(cited.count, analysis.PARAGRAPH_GAP)))
    return {symbol: sorted(places) for symbol, places in positions.items()}
