"""What the search service is asked and answers: the engine's figures with rows, labels and passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from documents.search.rows import ListedDocument
from documents.search.snippets import Passage
from documents.search.trees import Node
from documents.search.types import FacetCount, Filters, Sort

Shown = TypeVar("Shown")  # as much of a document as is asked for

PAGE_SIZE = 20
FACETS = ("collection", "body", "type", "tag", "name", "language", "place", "decade", "year")
FACET_LABELS = {
    "collection": "Collection",
    "body": "Issuing body",
    "type": "Type",
    "tag": "Tag",
    "name": "Name",
    "language": "Language",
    "place": "Place",
    "decade": "Decade",
    "year": "Year",
}
FACET_PLURALS = {
    "collection": "collections",
    "body": "issuing bodies",
    "type": "types",
    "tag": "tags",
    "name": "names",
    "language": "languages",
    "place": "places",
    "decade": "decades",
    "year": "years",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A search or a filtered list as the reader asked for it. An empty `q` is every document.

    `without` are texts of forms that no word of `q` is to stand for.
    """

    q: str = ""
    filters: Filters = field(default_factory=Filters)
    certain: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1  # from 1
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDocument(Generic[Shown]):
    document: Shown
    score: float
    passages: tuple[Passage, ...]
    paragraphs_found: int  # in how many paragraphs the words stand; 0 where nothing was searched for


@dataclass(frozen=True, slots=True)
class Position:
    """A document's place in a search or list, from 1 to total, and the ids of those before and after it."""

    number: int
    total: int
    previous_id: int | None
    next_id: int | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """`parameters` are those of the address that adds this value, or takes it away where it is selected."""

    value: str
    label: str
    count: int
    is_selected: bool
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """`values` may be the first few of the `held` ones: the selected, then the most frequent; periods stand in time."""

    field: str
    label: str
    values: tuple[FacetValue, ...]
    held: int


@dataclass(frozen=True, slots=True)
class SearchedForm:
    """A form of a word and the number of documents that hold it.

    `is_variant`: another form of the name that was typed. `without` is Asked.without of the search that leaves this
    form out or, of one left out, brings it back.
    """

    text: str
    documents: int
    is_variant: bool
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A word of the query, the forms that were looked for, and those that the reader left out."""

    typed: str
    forms: tuple[SearchedForm, ...]
    left_out: tuple[SearchedForm, ...]
    is_capped: bool
    apart: str = ""  # where two words were read as this compound: the query that keeps them two
    is_scored: bool = True  # False: a function word, which was looked for and did not count for the order


@dataclass(frozen=True, slots=True)
class SearchedPart:
    """A part of the query that is no word, in words for people, and the number of documents that answer to it.

    None where there were too many parts to count each. `otherwise`: another reading of what was typed.
    """

    label: str
    documents: int | None
    otherwise: Alternative | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A search that would find something where this one finds nothing: words for people, and its parameters."""

    label: str
    count: int
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """One page of a search or list. `total` is exact."""

    asked: Asked
    root: Node
    expanded: Node  # what was looked for, as SearchResult has it
    total: int
    page: int
    pages: int  # at least 1
    found: tuple[FoundDocument[ListedDocument], ...]
    facets: tuple[Facet, ...]
    notes: tuple[str, ...]  # sentences on what was not understood, cut or capped
    words: tuple[SearchedWord, ...]
    parts: tuple[SearchedPart, ...]  # phrases, symbols, values of fields and dates
    is_partial: bool  # nothing held all the words; these documents hold most of them
    alternatives: tuple[Alternative, ...]  # only where nothing holds all the words
    suggestions: tuple[str, ...]  # spellings of the whole query that would find something
    chosen_labels: tuple[str, ...]  # of asked.filters.keywords, in their order
    spans: tuple[FacetCount, ...]  # the years of what was found, where asked for
    generation: int = 0
