"""A page of a search or list as templates show it: every link that the reader may follow from it, ready made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from documents.search import service
from documents.search.parameters import Parameters, parameters_of
from documents.search.results import FACET_LABELS, FACETS, PAGE_SIZE, Asked, Facet, ResultsPage
from documents.search.types import Keyword, Sort
from documents.views.context import absolute
from documents.views.unknown_filters import refuse_unknown

SORT_LABELS = {
    Sort.RELEVANCE: "Best match",
    Sort.OLDEST: "Oldest first",
    Sort.NEWEST: "Newest first",
    Sort.TITLE: "Title",
}
OTHER_LABELS = {"name": "Name", "symbol": "Symbol", "document": "Document"}  # filters that no facet offers
PAGES_BESIDE = 2  # links to so many pages on either side of this one
FACET_VALUES_SHOWN = 8  # the others fold away, unless it is only one or two
FACET_VALUES_UNFOLDED = 10


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a list; `is_current` where it leads to what is shown. Without an address it marks a gap."""

    label: str
    address: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link and the number of documents that it leads to."""

    label: str
    count: int
    address: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that narrows this list, and the address of the list without it."""

    field: str
    label: str
    address_without: str


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """The values of a facet; `folded` are those past the first few."""

    field: str
    label: str
    values: tuple[CountedLink, ...]
    folded: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: its path, its orders (the first is its own) and the filter that the path itself says."""

    path: str
    sorts: tuple[Sort, ...]
    implied: Keyword | None = None

    def address(self, parameters: Parameters) -> str:
        """The address of this list with these parameters, less what the path says already."""
        said = {("sort", self.sorts[0].value)}
        if self.implied:
            said.add((self.implied.field, self.implied.value))
        return with_parameters(self.path, tuple(pair for pair in parameters if pair not in said))

    def narrowed(self, parameters: Parameters) -> str:
        """The address of the list of documents with these parameters, which may leave the implied filter behind."""
        if self.implied is None:
            return self.address(parameters)
        return Place(reverse("documents"), self.sorts).address(parameters)


@dataclass(frozen=True, slots=True)
class Listing:
    """A ResultsPage and its links; previous and next are empty at the ends."""

    results: ResultsPage
    canonical_address: str
    data_address: str
    chosen: tuple[Chosen, ...]
    facets: tuple[FacetLinks, ...]
    sorts: tuple[Link, ...]
    pages: tuple[Link, ...]
    previous: str
    next: str
    alternatives: tuple[CountedLink, ...]
    suggestions: tuple[Link, ...]

    @property
    def first(self) -> int:
        """The place of the first document shown among all found, from 1."""
        return (self.results.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.results.found) - 1


def list_documents(request: HttpRequest, asked: Asked, place: Place) -> Listing:
    """Ask the search service and prepare the links.

    Raises Moved or Http404 for a filter that names nothing, and what service.run raises.
    """
    results = service.run(asked, facets=FACETS)
    if not results.total:
        refuse_unknown(asked, place)
    own = place.address(parameters_of(asked))
    return Listing(
        results=results,
        canonical_address=absolute(request, own),
        data_address=with_parameters(reverse("search_json"), parameters_of(asked)),
        chosen=(*_chosen_values(asked, results, place), *_chosen_dates(asked, place)),
        facets=tuple(_facet_links(facet, place) for facet in results.facets if facet.values),
        sorts=tuple(_sort_link(asked, sort, place) for sort in place.sorts),
        pages=_page_links(asked, results, place),
        previous=_page_address(asked, results.page - 1, place) if results.page > 1 else "",
        next=_page_address(asked, results.page + 1, place) if results.page < results.pages else "",
        alternatives=tuple(
            CountedLink(other.label, other.count, place.narrowed(other.parameters)) for other in results.alternatives
        ),
        suggestions=tuple(
            Link(words, place.narrowed(parameters_of(replace(asked, q=words, page=1)))) for words in results.suggestions
        ),
    )


def with_parameters(path: str, parameters: Parameters) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _chosen_values(asked: Asked, results: ResultsPage, place: Place) -> tuple[Chosen, ...]:
    labels = {
        (facet.field, value.value): value.label
        for facet in results.facets
        for value in facet.values
        if value.is_selected
    }
    names = FACET_LABELS | OTHER_LABELS
    return tuple(
        Chosen(
            names[keyword.field],
            labels.get((keyword.field, keyword.value), keyword.value),
            place.narrowed(parameters_of(_without(asked, keyword))),
        )
        for keyword in asked.filters.keywords
        if keyword != place.implied
    )


def _without(asked: Asked, keyword: Keyword) -> Asked:
    keywords = tuple(other for other in asked.filters.keywords if other != keyword)
    return replace(asked, filters=replace(asked.filters, keywords=keywords), page=1)


def _chosen_dates(asked: Asked, place: Place) -> tuple[Chosen, ...]:
    if not (asked.filters.date_from or asked.filters.date_to):
        return ()
    dates = {name: value for name, value in parameters_of(asked) if name in ("from", "to")}
    sure = "certainly " if asked.certain else ""
    words = " ".join(f"{name} {value}" for name, value in dates.items())
    undated = replace(asked, filters=replace(asked.filters, date_from=None, date_to=None), certain=False, page=1)
    return (Chosen("Date", f"{sure}{words}", place.narrowed(parameters_of(undated))),)


def _page_address(asked: Asked, page: int, place: Place) -> str:
    return place.address(parameters_of(replace(asked, page=page)))


def _page_links(asked: Asked, results: ResultsPage, place: Place) -> tuple[Link, ...]:
    """The first and last pages and those around this one, with gaps between."""
    near = range(results.page - PAGES_BESIDE, results.page + PAGES_BESIDE + 1)
    numbers = sorted({1, results.pages, *(page for page in near if 1 <= page <= results.pages)})
    links: list[Link] = []
    previous = 0
    for number in numbers:
        if number > previous + 1:
            links.append(Link("…"))
        links.append(Link(str(number), _page_address(asked, number, place), number == results.page))
        previous = number
    return tuple(links)


def _sort_link(asked: Asked, sort: Sort, place: Place) -> Link:
    parameters = parameters_of(replace(asked, sort=sort, page=1))
    return Link(SORT_LABELS[sort], place.address(parameters), sort == asked.sort)


def _facet_links(facet: Facet, place: Place) -> FacetLinks:
    links = tuple(
        CountedLink(value.label, value.count, place.narrowed(value.parameters), value.is_selected)
        for value in facet.values
    )
    shown = FACET_VALUES_SHOWN if len(links) > FACET_VALUES_UNFOLDED else len(links)
    return FacetLinks(facet.field, facet.label, links[:shown], links[shown:])
