"""A page of a search or list as templates show it: every link that the reader may follow from it, ready made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from documents.addresses import address_of, with_parameters
from documents.forms import ListForm, SearchForm
from documents.search import service
from documents.search.parameters import Parameters, days, on_page, parameters_of, sorted_by
from documents.search.results import (
    FACET_LABELS,
    FACET_PLURALS,
    FACETS,
    PAGE_SIZE,
    Asked,
    Facet,
    FacetValue,
    FoundDocument,
    ResultsPage,
)
from documents.search.rows import ListedDocument
from documents.search.trees import Keyword
from documents.search.types import Sort
from documents.views.context import absolute
from documents.views.formats import DataLink, cut_note, data_links, receipt_address
from documents.views.understood import Understood, understood
from documents.views.unknown_filters import refuse_unknown

SORT_LABELS = {
    Sort.RELEVANCE: "Best match",
    Sort.OLDEST: "Oldest first",
    Sort.NEWEST: "Newest first",
    Sort.TITLE: "Title",
}
WORDS_LABEL, DATE_LABEL = "Words", "Date"
OTHER_LABELS = {"name": "Name", "symbol": "Symbol", "document": "Document"}  # filters that no facet offers
LONGEST_WITHIN = 400  # characters; every document and passage listed repeats them
PAGES_BESIDE = 2  # links to so many pages on either side of this one
FACET_VALUES_SHOWN = 10  # the others stand on a page of their own
COMPACT = ("view", "compact")
VIEW_LABELS = {(): "Full", (COMPACT,): "Compact"}
FROM_TIMELINE = ("in", "timeline")  # on the page of a facet: what its values narrow


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

    @property
    def in_words(self) -> str:
        """Such as "tag Kenya"; dates say themselves."""
        if self.field == DATE_LABEL:
            return self.label
        return f"“{self.label}”" if self.field == WORDS_LABEL else f"{self.field.lower()} {self.label}"


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """The first values of a facet; `address_of_all` is the page of all `held` ones, where there are more."""

    field: str
    label: str
    values: tuple[CountedLink, ...]
    held: int
    plural: str
    address_of_all: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: its path, its orders (the first is its own), the filter that the path itself says, and the
    view that all its links keep.
    """

    path: str
    sorts: tuple[Sort, ...]
    implied: Keyword | None = None
    view: Parameters = ()

    def address(self, parameters: Parameters) -> str:
        """The address of this list with these parameters, less what the path says already."""
        said: list[tuple[str, str]] = [("sort", self.sorts[0])]
        if self.implied:
            said.append((self.implied.field, self.implied.value))
        return with_parameters(self.path, [*[pair for pair in parameters if pair not in said], *self.view])

    def within(self, whole: Parameters) -> Callable[[int], str]:
        """What the address of the document at a place of this list needs to say so; `?` first.

        Nothing for all documents in order of time, whose neighbours every page has, nor where it would be very long.
        whole: the parameters of the list without its page.
        """
        kind = self.implied.field if self.implied else "search" if self.sorts[0] is Sort.RELEVANCE else "documents"
        own = [pair for pair in whole if pair != ("sort", self.sorts[0])]
        query = with_parameters("", (("in", kind), *own, *self.view))
        is_needed = (own or kind != "documents") and len(query) <= LONGEST_WITHIN
        return (lambda number: f"{query}&at={number}") if is_needed else (lambda number: "")

    def narrowed(self, parameters: Parameters) -> str:
        """The address of the list of documents with these parameters, which may leave the implied filter behind."""
        if self.implied is None:
            return self.address(parameters)
        return self.beside("documents").address(parameters)

    def beside(self, name: str, *arguments: str) -> Place:
        """Another place by the name of its address, which keeps orders and view."""
        return Place(address_of(name, *arguments), self.sorts, view=self.view)

    def facet_page(self, field: str) -> Place:
        """The page of all values of a facet, which leads back here: to the timeline, where this is it."""
        page = self.beside("facet", field)
        return replace(page, view=(*page.view, FROM_TIMELINE)) if self.path == address_of("timeline") else page


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a list; is_within: its address says which list."""

    found: FoundDocument[ListedDocument]
    address: str
    is_within: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A ResultsPage and its links; previous and next are empty at the ends."""

    results: ResultsPage
    entries: tuple[Entry, ...]
    canonical_address: str
    data: tuple[DataLink, ...]
    receipt_address: str
    cut_note: str
    timeline_address: str
    concordance_address: str  # where words were searched for
    chosen: tuple[Chosen, ...]
    facets: tuple[FacetLinks, ...]
    sorts: tuple[Link, ...]
    views: tuple[Link, ...]
    is_compact: bool
    pages: tuple[Link, ...]
    previous: str
    next: str
    alternatives: tuple[CountedLink, ...]
    suggestions: tuple[Link, ...]
    understood: Understood

    @property
    def narrowed_to(self) -> str:
        """The filters in words, for titles and headings; nothing where there are none."""
        return ", ".join(choice.in_words for choice in self.chosen)

    @property
    def first(self) -> int:
        """The place of the first document shown among all found, from 1."""
        return (self.results.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.results.found) - 1


def question(request: HttpRequest) -> tuple[Asked, Place]:
    """What was asked for beside a list, and the list itself: that of all documents or, with words, the search.

    Raises BadRequest for a parameter that cannot be understood.
    """
    has_words = bool(request.GET.get("q", "").strip())
    form = SearchForm(request.GET) if has_words else ListForm(request.GET)
    if not form.is_valid():
        raise BadRequest(" ".join(form.sentences()))
    path = address_of("search" if has_words else "documents")
    return form.to_asked(), Place(path, form.sorts, view=view_of(request))


def view_of(request: HttpRequest) -> Parameters:
    """What the address says of how the list is shown."""
    return (COMPACT,) if request.GET.get("view", "").strip() == COMPACT[1] else ()


def list_documents(request: HttpRequest, asked: Asked, place: Place, *, values: int = FACET_VALUES_SHOWN) -> Listing:
    """Ask the search service and prepare the links; of each facet at most so many values.

    Raises Moved or Http404 for a filter that names nothing, and what service.run raises.
    """
    results = service.run(asked, facets=FACETS, values=values)
    return listing_of(request, results, replace(place, view=view_of(request)))


def listing_of(request: HttpRequest, results: ResultsPage, place: Place) -> Listing:
    """What was found and its links. Raises Moved or Http404 for a filter that names nothing."""
    asked = results.asked
    if not results.total:
        refuse_unknown(asked, place)
    start = (results.page - 1) * PAGE_SIZE + 1
    whole = parameters_of(replace(asked, page=1))
    shown = on_page(whole, asked.page)
    within = place.within(whole)
    page_address = partial(_page_address, whole, place)
    return Listing(
        results=results,
        entries=tuple(_entry(found, within(number)) for number, found in enumerate(results.found, start=start)),
        canonical_address=absolute(request, replace(place, view=()).address(shown)),
        data=data_links(whole, shown),
        receipt_address=receipt_address(asked),
        cut_note=cut_note(results.total),
        timeline_address=place.beside("timeline").address(whole),
        concordance_address=place.beside("concordance").address(whole) if asked.q else "",
        chosen=(*_chosen_words(asked, place), *_chosen_values(asked, results, place), *_chosen_dates(asked, place)),
        facets=tuple(_facet_links(facet, whole, place) for facet in results.facets),
        sorts=tuple(_sort_link(sort, asked.sort, whole, place) for sort in place.sorts),
        views=tuple(_view_link(view, shown, place) for view in VIEW_LABELS),
        is_compact=bool(place.view),
        pages=page_links(results.page, results.pages, page_address),
        previous=page_address(results.page - 1) if results.page > 1 else "",
        next=page_address(results.page + 1) if results.page < results.pages else "",
        alternatives=tuple(
            CountedLink(other.label, other.count, place.narrowed(other.parameters)) for other in results.alternatives
        ),
        suggestions=tuple(
            Link(words, place.narrowed(parameters_of(replace(asked, q=words, page=1)))) for words in results.suggestions
        ),
        understood=understood(results, place),
    )


def _entry(found: FoundDocument[ListedDocument], within: str) -> Entry:
    return Entry(found, f"{found.document.get_absolute_url()}{within}", bool(within))


def _chosen_words(asked: Asked, place: Place) -> tuple[Chosen, ...]:
    """The words searched for, where no form shows them."""
    if not asked.q or place.path in (address_of("search"), address_of("concordance")):
        return ()
    return (
        Chosen(WORDS_LABEL, asked.q, place.address(parameters_of(replace(asked, q="", sort=place.sorts[0], page=1)))),
    )


def _chosen_values(asked: Asked, results: ResultsPage, place: Place) -> tuple[Chosen, ...]:
    names = FACET_LABELS | OTHER_LABELS
    return tuple(
        Chosen(names[keyword.field], label, place.narrowed(parameters_of(_without(asked, keyword))))
        for keyword, label in zip(asked.filters.keywords, results.chosen_labels, strict=True)
        if keyword != place.implied
    )


def _without(asked: Asked, keyword: Keyword) -> Asked:
    keywords = tuple(other for other in asked.filters.keywords if other != keyword)
    return replace(asked, filters=replace(asked.filters, keywords=keywords), page=1)


def _chosen_dates(asked: Asked, place: Place) -> tuple[Chosen, ...]:
    words = dates_in_words(asked)
    if not words:
        return ()
    undated = replace(asked, filters=replace(asked.filters, date_from=None, date_to=None), certain=False, page=1)
    return (Chosen(DATE_LABEL, words, place.narrowed(parameters_of(undated))),)


def dates_in_words(asked: Asked) -> str:
    """What was asked of dates: `from 2001 to 2003`, `certainly 2001`; empty where nothing was."""
    dates = dict(days(asked.filters.date_from, asked.filters.date_to))
    if not dates:
        return ""
    is_one = dates.get("from") == dates.get("to")
    words = dates["from"] if is_one else " ".join(f"{name} {value}" for name, value in dates.items())
    return f"certainly {words}" if asked.certain else words


def _page_address(whole: Parameters, place: Place, page: int) -> str:
    return place.address(on_page(whole, page))


def page_links(shown: int, pages: int, address_of: Callable[[int], str]) -> tuple[Link, ...]:
    """The first and last pages and those around the one shown, with gaps between."""
    near = range(shown - PAGES_BESIDE, shown + PAGES_BESIDE + 1)
    numbers = sorted({1, pages, *(page for page in near if 1 <= page <= pages)})
    links: list[Link] = []
    previous = 0
    for number in numbers:
        if number > previous + 1:
            links.append(Link("…"))
        links.append(Link(str(number), address_of(number), number == shown))
        previous = number
    return tuple(links)


def _sort_link(sort: Sort, shown: Sort, whole: Parameters, place: Place) -> Link:
    return Link(SORT_LABELS[sort], place.address(sorted_by(whole, sort)), sort == shown)


def _view_link(view: Parameters, shown: Parameters, place: Place) -> Link:
    return Link(VIEW_LABELS[view], replace(place, view=view).address(shown), view == place.view)


def _facet_links(facet: Facet, whole: Parameters, place: Place) -> FacetLinks:
    """whole: the parameters of the list without its page."""
    links = tuple(value_link(value, place) for value in facet.values)
    own_page = place.facet_page(facet.field).address(whole) if facet.held > len(links) else ""
    return FacetLinks(facet.field, facet.label, links, facet.held, FACET_PLURALS[facet.field], own_page)


def value_link(value: FacetValue, place: Place) -> CountedLink:
    """The link that adds a value to what narrows the list, or takes it away."""
    return CountedLink(value.label, value.count, place.narrowed(value.parameters), value.is_selected)
