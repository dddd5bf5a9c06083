"""The dataclasses that cross the borders of search: query tree, record, request, result. Nothing of ours is imported.

Words inside nodes are folded as `analysis.words` gives them; what was typed stands beside them where a page shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# --- The query tree ---------------------------------------------------------------------------------------------------


class Node:
    """One part of a query. All nodes are frozen, so trees can be compared, hashed and used as cache keys."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MatchAll(Node):
    """Every document: `*`, or nothing typed."""


@dataclass(frozen=True, slots=True)
class MatchNone(Node):
    """No document, for instance a keyword that no document can carry."""


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A word in any of its forms: `terrorist` also finds `terrorists` and `terrorism`.

    `is_apart`: joined by AND to the word before it, with which it is then never read as one compound.
    """

    text: str
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Exact(Node):
    """A word in exactly this form: `=terrorism`."""

    text: str


@dataclass(frozen=True, slots=True)
class Compound(Node):
    """A word typed with hyphens: `counter-terrorism`. Its joined form and its parts in a row find the same."""

    parts: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Exactly these words in this order; with `slop`, in any order within so many words of one another."""

    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """Words that begin so: `terror*`."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard(Node):
    """Words of this shape, `?` standing for one letter: `organi?ation`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """Words spelt nearly so: `Kyrgyzstan~`."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A UN document symbol in normal form, `S/RES/1373(2001)`; without a year it finds every year's."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Keyword(Node):
    """A value of a field that is compared whole. `field` is one of KEYWORD_FIELDS, `value` is a slug."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class InField(Node):
    """`child` looked for in `title` or `text` alone."""

    field: str
    child: Node


@dataclass(frozen=True, slots=True)
class DateRange(Node):
    """Documents dated within these days, both included; None is open. Request.certain settles doubtful dates."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class And(Node):
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    child: Node


@dataclass(frozen=True, slots=True)
class AtLeast(Node):
    """Documents that match at least `minimum` of the children: what is shown where nothing holds all the words."""

    minimum: int
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Variants(Node):
    """Words that spell a form of a name: found as `child` would be, or as any of the name's other forms."""

    child: Node
    forms: tuple[tuple[str, ...], ...]  # of each its words, which stand in a row


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word as held by the index, with the number of documents that hold it.

    A `text` of several words, with spaces between, stands for these words in a row: a compound taken apart, or a name.
    """

    text: str
    documents: int
    is_variant: bool = False  # another form of the name that was typed


@dataclass(frozen=True, slots=True)
class Forms(Node):
    """What an engine made of a leaf, of two Words that it reads as a compound, of Variants, of a Phrase with compounds:
    the forms it looked for, most documents first. Only engines build it, for SearchResult.expanded.

    `typed` is what was expanded, as it is typed: `terror*`, `counter-terrorism`; `is_capped`: there were more forms
    than may be searched; `left_out`: forms not looked for, because SearchRequest.without names them.
    """

    typed: str
    forms: tuple[Form, ...]
    is_capped: bool = False
    left_out: tuple[Form, ...] = ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, depth first, in the order typed."""
    yield node
    match node:
        case And(children=children) | Or(children=children) | AtLeast(children=children):
            for child in children:
                yield from walk(child)
        case Not(child=child) | InField(child=child) | Variants(child=child):
            yield from walk(child)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What was understood, and in `notes` a sentence for each thing that was not or was cut."""

    root: Node
    notes: tuple[str, ...] = ()


# --- What is indexed --------------------------------------------------------------------------------------------------

TEXT_FIELDS = ("title", "text")
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
    passages: int = 0  # of how many of its best paragraphs each hit names the numbers; 0: they are not looked for
    without: tuple[str, ...] = ()  # texts of forms that no word is to stand for; those that none has do nothing


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found.

    paragraphs: where passages were asked for, how many of its paragraphs hold a part of the query; passages: numbers of
    the best of them, in the order of reading. Best are those that hold the parts that say most (paragraph_weight of
    schema, added up), then those that hold parts most often, then the first. Parts are words with their forms, phrases
    and symbols; those that look for the same are one, and what is negated or looked for in titles alone is none.
    """

    document_id: int
    score: float
    paragraphs: int = 0
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet and how many of the documents found carry it.

    A decade's value is its first year, `1990`. A span is the first and the last year that a document touches,
    `1999/2001`, or `/1960` where its start is open: each dated document has one, whatever dates are asked for.
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, the exact total and the counts. Facet counts come most first, then by value."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    expanded: Node  # the query with every word replaced by its Forms: what explains and highlights
    unscored: tuple[str, ...] = ()  # function words, which had to match and did not count for the order


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
    """The engine in figures, for check_index and the admin. `generation` changes with every write."""

    documents: int
    generation: str
    schema_version: str
    is_current: bool  # the schema and analysis on disk are those of this code
    is_fragmented: bool  # many small writes have left it in so many pieces that a rebuild would make it faster
    size_bytes: int
