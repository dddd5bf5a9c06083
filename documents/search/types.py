"""The dataclasses that cross the borders of search beside the query tree: record, request, result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from documents.search.trees import Keyword, MatchAll, Node

# --- What is indexed --------------------------------------------------------------------------------------------------

TEXT = "text"
TEXT_FIELDS = ("title", TEXT)
SCORED_FIELDS = (*TEXT_FIELDS, "headings", "names")  # the last two weigh words that matched, and match none
KEYWORD_FIELDS = ("collection", "body", "type", "tag", "language", "place", "name", "symbol", "document")


@dataclass(frozen=True, slots=True)
class ParagraphText:
    """A paragraph's words, without markup, under the number that is its address (`#p12`)."""

    number: int
    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """How often the paragraph of this number cites the UN document of this slug."""

    symbol: str
    paragraph: int
    count: int


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """All that an engine is told of a published document. Keyword values are slugs."""

    document_id: int
    stamp: str  # changes whenever anything in this record changes; what check_index compares
    slug: str
    title: str
    paragraphs: tuple[ParagraphText, ...]
    language: str
    added: date  # an open end of the date is counted up to this day
    earliest: date | None = None
    latest: date | None = None
    is_dated: bool = False
    collection: str = ""
    body: str = ""
    type: str = ""
    place: str = ""
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    name_labels: tuple[str, ...] = ()  # as written on the names' pages; words of theirs weigh more
    symbols: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()  # where those symbols stand


# --- Asking and answering ---------------------------------------------------------------------------------------------


class Sort(StrEnum):
    """Ties are always settled by date (earliest, latest), then slug; documents without a date come last."""

    RELEVANCE = "relevance"
    OLDEST = "oldest"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search beside its words. Every value narrows: two tags mean documents that carry both."""

    keywords: tuple[Keyword, ...] = ()
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as engines take it. `facets` names the fields to count: KEYWORD_FIELDS, `decade`, `year` and `span`."""

    root: Node = field(default_factory=MatchAll)
    filters: Filters = field(default_factory=Filters)
    certain: bool = False  # dates must lie wholly within a range; otherwise they only may
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    passages: int = 0  # of how many of its paragraphs at most each hit names the numbers; 0: they are not looked for
    without: tuple[str, ...] = ()  # texts of forms that no word is to stand for; those that none has do nothing


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found.

    paragraphs: where passages were asked for, how many of its paragraphs hold a part of the query; passages: numbers of
    the best of them, in the order of reading. Best are those that hold the parts that say most (paragraph_weight of
    schema, added up), then those that hold parts most often, then the first; after PASSAGES_ALIKE of them only one that
    holds a part which none before it does. Parts are words with their forms, phrases and symbols; those that look for
    the same are one, and function words beside others, and what is negated or looked for in titles alone, are none.
    """

    document_id: int
    score: float
    paragraphs: int = 0
    passages: tuple[int, ...] = ()


class FacetCount(NamedTuple):  # a page counts hundreds, and a frozen dataclass takes three times as long to make
    """A value of a facet and how many of the documents found carry it.

    A decade's value is its first year, `1990`. A span is the first and the last year that a document touches,
    `1999/2001`, or `/1960` where its start is open: each dated document has one, whatever dates are asked for.
    """

    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, the exact total and the counts. Facet counts come most first, then by value."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    expanded: Node  # the query with every word replaced by its Forms: what explains and highlights


@dataclass(frozen=True, slots=True)
class ParagraphsFound:
    """Paragraphs that hold a part of the query, as (document_id, number), in the order asked for, then of reading.
    `counts`: the occurrences in each, parts at one word being one. `paragraphs`, `occurrences`: whatever the limit.
    """

    places: tuple[tuple[int, int], ...]
    counts: tuple[int, ...]
    paragraphs: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """The engine in figures. `generation` changes with every write."""

    documents: int
    generation: str
    is_current: bool  # the schema and analysis on disk are those of this code
    is_fragmented: bool  # many small writes have left it in so many pieces that a rebuild would make it faster
    size_bytes: int
