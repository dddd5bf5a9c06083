"""What every engine indexes and how it weighs: the rules that all engines share, without an engine in sight."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from documents.search import analysis
from documents.search.types import IndexRecord

SCHEMA_VERSION = "3"  # a change here, or of analysis.ANALYSIS_VERSION, starts a rebuild

# BM25F: occurrences are weighed by field and by the field's length, then saturate together.
BM25_K1 = 1.2
BM25_B = 0.75
# A title counted twice did best on Cranfield and CISI; words of headings are in the text, and so counted twice as well.
# A name is told of a text by the authority file, which may be spelt otherwise there: half as much.
FIELD_WEIGHTS = {"title": 2.0, "text": 1.0, "headings": 1.0, "names": 0.5}

NEARNESS = 0.5  # of what standing near counts by itself; so it orders texts of like weight and overrules no word
NEAR_DOCUMENTS = 200  # so many of the best by their words alone are put in order by nearness, too; none moves past them
LEAST_NEAR_RARITY = math.log(2)  # words that half of the documents hold are near everything and add nothing

PASSAGES_ALIKE = 2  # of a document; a further one is shown where it holds a part of the query that these do not
MAX_FORMS = 512  # words that one prefix, wildcard or fuzzy word may stand for; the most frequent are kept
MAX_SPELLINGS_TRIED = 64  # of a phrase, some of them the same; twenty compounds could be spelt in a million ways
MAX_PHRASE_SPELLINGS = 8  # spellings of one phrase with its compounds joined or apart
FUZZY_PREFIX_LETTERS = 2  # letters that a fuzzy word must share with what it finds
FUZZY_LONG_LETTERS = 8  # from this length on two letters may differ, below only one

COMPOUND_PART_LETTERS = 4  # shorter parts never seen with a hyphen make no compound: "in form" is not "inform"
COMPOUND_SHARE = 50  # the joined form stands in at least one in so many documents of the rarer part; fewer are slips

DECADE, YEAR, SPAN = "decade", "year", "span"  # facets of the dates; a span is the years that a document touches
PERIOD_YEARS = {DECADE: 10, YEAR: 1}

_YEAR_OR_SESSION = re.compile(r"(?:19|20)[0-9]{2}|[ivxlc]+")  # S/RES/1373(2001), A/RES/217(III)


@dataclass(frozen=True, slots=True)
class Interval:
    """The days that a document may be of, as day numbers (date.toordinal). An open start is OPEN_START."""

    first: int
    last: int


OPEN_START = 0  # one before the first day that `date` knows


def interval(record: IndexRecord) -> Interval | None:
    """The document's days, an open end counted up to the day it was added; None where it has no date."""
    return days_between(record.earliest, record.latest, record.added) if record.is_dated else None


def days_between(earliest: date | None, latest: date | None, added: date) -> Interval:
    """The days between two bounds, either of them open; an open end is counted up to the day of adding."""
    first = earliest.toordinal() if earliest else OPEN_START
    last = latest or max(added, earliest or added)
    return Interval(first, last.toordinal())


def keyword_values(record: IndexRecord, field: str) -> tuple[str, ...]:
    """The record's values of one of KEYWORD_FIELDS, each once, without empty ones."""
    values = {
        "collection": (record.collection,),
        "body": (record.body,),
        "type": (record.type,),
        "tag": record.tags,
        "language": (record.language,),
        "place": (record.place,),
        "name": record.names,
        "symbol": record.symbols,
        "document": (record.slug,),
    }[field]
    return tuple(dict.fromkeys(value for value in values if value))


def title_key(title: str) -> str:
    """What titles are sorted by: their folded words, so that brackets, case and accents do not count."""
    return " ".join(token.text for token in analysis.tokens(title) if not token.is_joined)


def is_symbol_asked(asked: str, held: str) -> bool:
    """Whether a symbol's slug answers to the one asked for: itself or, where that has no year or session, with any.

    `s-res-1373` is answered by `s-res-1373-2001` and `a-res-217` by `a-res-217-iii`, never by `a-res-1373` or
    `s-res-1373-add-1`.
    """
    return held == asked or (
        held.startswith(asked + "-") and _YEAR_OR_SESSION.fullmatch(held[len(asked) + 1 :]) is not None
    )


def fuzzy_distance(word: str) -> int:
    """How many letters may differ from the word."""
    return 2 if len(word) >= FUZZY_LONG_LETTERS else 1


def day_number(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def rarity(documents: int, holding: int) -> float:
    """BM25's inverse document frequency: what finding something says that so many of all documents hold."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def paragraph_weight(of_rarity: float) -> int:
    """What a part of a query counts where the best paragraphs are chosen; a whole number, which adds up exactly."""
    return 1 + round(1000 * of_rarity)
