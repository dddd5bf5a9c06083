"""The documents before and after one: in the list that the reader came from, else in time.

The address says which list: `?in=search&q=border&at=3` stands third of what that search finds. `in` names the kind of
list, `at` the place in it, and all else is what the list itself takes. So nothing is remembered but what a reader can
see, send and keep. All documents in order of time need no `in`: their neighbours are those that every page has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse

from documents.fixed_queries import FixedQuery, GivenMany, fetch
from documents.forms import ListForm, SearchForm, place_of
from documents.models import Document, State
from documents.search.parameters import parameters_of
from documents.search.results import PAGE_SIZE, Asked, Position
from documents.search.service import SearchUnavailable, position
from documents.search.trees import Keyword
from documents.views.listing import Place, view_of

LISTED = ("title", "title_basis", "slug", "language", "date")  # what a link to a document shows

LISTS = ("search", "documents", "tag", "collection")  # values of `in`; the last two are addresses with a slug


@dataclass(frozen=True, slots=True)
class Step:
    """A document beside this one; `within` is what its address needs to stay in the list, `?` first."""

    document: Document
    within: str = ""

    @property
    def address(self) -> str:
        return f"{self.document.get_absolute_url()}{self.within}"


@dataclass(frozen=True, slots=True)
class Origin:
    """The list that the reader came from: what it is called, this document's place in it, and the page that has it.

    kind: one of LISTS. value: the words searched for, or the slug of the tag or collection. is_narrowed: by filters.
    """

    kind: str
    value: str
    is_narrowed: bool
    number: int
    total: int
    address: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and after a document; without an origin, in order of time."""

    previous: Step | None
    next: Step | None
    origin: Origin | None = None


# Asked for what is published too, SQLite would look for the few ids among all that is.
_LISTED = FixedQuery(Document.objects.only(*LISTED, "state").filter(pk__in=GivenMany("ids")).order_by())


def listed(ids: Iterable[int]) -> dict[int, Document]:
    """Those of these documents that are published, with what a link shows; one query."""
    return {document.pk: document for document in _LISTED(ids=ids) if document.is_published}


def standing(request: HttpRequest, document: Document) -> Standing | None:
    """Where the document stands in the list that the address names; None where it names none or the list has moved on.

    None, too, where the index cannot answer: the document can be read all the same. Raises BadRequest for an `in`, an
    `at` or a parameter of the list that cannot be understood.
    """
    if not request.GET.get("in"):
        return None
    kind, place, asked, at = _came_from(request)
    try:
        found = position(asked, document.pk, at)
    except SearchUnavailable:
        return None
    return Standing(kind, place, asked, found) if found else None


# Compared as rows, so that SQLite goes straight to the place in its index of the order.
_BESIDE_IN_TIME_SQL = """
    SELECT
        (SELECT id FROM documents_document WHERE state = %(published)s AND
            (is_undated, order_earliest, order_latest, slug) < (%(is_undated)s, %(earliest)s, %(latest)s, %(slug)s)
            ORDER BY is_undated DESC, order_earliest DESC, order_latest DESC, slug DESC LIMIT 1),
        (SELECT id FROM documents_document WHERE state = %(published)s AND
            (is_undated, order_earliest, order_latest, slug) > (%(is_undated)s, %(earliest)s, %(latest)s, %(slug)s)
            ORDER BY is_undated, order_earliest, order_latest, slug LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class InTime:
    """The place of a document among all in order of time: the ids of those before and after it."""

    previous_id: int | None
    next_id: int | None

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(key for key in (self.previous_id, self.next_id) if key)

    def neighbours(self, rows: Mapping[int, Document]) -> Neighbours:
        """rows: what listed() gives of `ids`."""
        previous, following = rows.get(self.previous_id or 0), rows.get(self.next_id or 0)
        return Neighbours(Step(previous) if previous else None, Step(following) if following else None)


def in_time(document: Document) -> InTime:
    """In one query."""
    place = {
        "is_undated": document.is_undated,
        "earliest": str(document.order_earliest),
        "latest": str(document.order_latest),
        "slug": document.slug,
    }
    return InTime(*fetch(_BESIDE_IN_TIME_SQL, {"published": State.PUBLISHED, **place})[0])


@dataclass(frozen=True, slots=True)
class Standing:
    """A list as an address names it, and where in it the document was found."""

    kind: str
    place: Place
    asked: Asked
    found: Position

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the documents before and after."""
        return tuple(key for key in (self.found.previous_id, self.found.next_id) if key)

    def neighbours(self, rows: Mapping[int, Document]) -> Neighbours:
        """rows: what listed() gives of `ids`; what left the archive since the index was written is not among them."""
        previous, following = self._step(rows, self.found.previous_id, -1), self._step(rows, self.found.next_id, 1)
        return Neighbours(previous, following, self._origin())

    def _step(self, rows: Mapping[int, Document], key: int | None, places: int) -> Step | None:
        other = rows.get(key) if key else None
        return Step(other, self.place.within(parameters_of(self.asked))(self.found.number + places)) if other else None

    def _origin(self) -> Origin:
        filters = self.asked.filters
        others = [keyword for keyword in filters.keywords if keyword != self.place.implied]
        page = (self.found.number - 1) // PAGE_SIZE + 1
        return Origin(
            kind=self.kind,
            value=self.place.implied.value if self.place.implied else self.asked.q,
            is_narrowed=bool(others or filters.date_from or filters.date_to),
            number=self.found.number,
            total=self.found.total,
            address=self.place.address(parameters_of(replace(self.asked, page=page))),
        )


def _came_from(request: HttpRequest) -> tuple[str, Place, Asked, int]:
    """The kind of list, the list, what it asks for, and the place in it where the document is said to stand."""
    parameters = request.GET
    kind = parameters["in"]
    if kind not in LISTS:
        raise BadRequest(f"“{kind}” is not a list. Write in={', in='.join(LISTS[:-1])} or in={LISTS[-1]}.")
    form = SearchForm(parameters) if kind == "search" else ListForm(parameters)
    if not form.is_valid():
        raise BadRequest(" ".join(form.sentences()))
    asked = replace(form.to_asked(), page=1)
    place = replace(_place(kind, form, asked), view=view_of(request))
    return kind, place, asked, _at(parameters.get("at") or "1")


def _place(kind: str, form: ListForm, asked: Asked) -> Place:
    if kind in ("search", "documents"):
        return Place(reverse(kind), form.sorts)
    implied = next((keyword for keyword in asked.filters.keywords if keyword.field == kind), None)
    if implied is None or not re.fullmatch("[-a-zA-Z0-9_]+", implied.value):
        raise BadRequest(f"The {kind} that the reader came from is missing. Write in={kind}&{kind}= and its slug.")
    return Place(reverse(kind, args=[implied.value]), form.sorts, Keyword(kind, implied.value))


def _at(asked: str) -> int:
    place = place_of(asked)
    if place is None:
        raise BadRequest(f"“{asked}” is not a place in a list. Places are numbered from 1: write at=1.")
    return place
