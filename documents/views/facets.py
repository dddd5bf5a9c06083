"""All values of one facet of a list or search, for which the list itself has no room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from documents.search import service
from documents.search.facets import EVERY_VALUE
from documents.search.parameters import Parameters, parameters_of
from documents.search.results import FACET_LABELS, FACET_PLURALS, FACETS, Asked, FacetValue
from documents.search.schema import PERIOD_YEARS
from documents.search.service import PageOutOfRange
from documents.views.browse import alphabetical
from documents.views.listing import (
    FROM_TIMELINE,
    CountedLink,
    Link,
    Place,
    listing_of,
    page_links,
    question,
    value_link,
)
from documents.views.public import public
from documents.views.timeline import shown_as

VALUES_ON_A_PAGE = 500
ORDER_LABELS = {"count": "Most documents first", "name": "By name"}
PERIOD_ORDER_LABELS = {"count": "Most documents first", "name": "In time"}


@dataclass(frozen=True, slots=True)
class FacetPage:
    """One page of the values of a facet. `list_address` is the list that they narrow, or its timeline."""

    field: str
    label: str
    plural: str
    held: int
    values: tuple[CountedLink, ...]
    orders: tuple[Link, ...]
    pages: tuple[Link, ...]
    list_address: str
    is_of_timeline: bool


@public
def facet(request: HttpRequest, field: str) -> HttpResponse:
    """The parameters are those of the list, `order=count|name`, `in=timeline` where its values narrow that, and `page`,
    which numbers the pages of values.
    """
    if field not in FACETS:
        raise Http404(f"Lists are not counted by “{field}”. They are counted by {', '.join(FACETS)}.")
    asked, lists = question(request)
    if request.GET.get(FROM_TIMELINE[0]) == FROM_TIMELINE[1]:
        lists = replace(lists.beside("timeline"), view=(*lists.view, *shown_as(request)))
    results = service.run(replace(asked, page=1), facets=(field,), values=EVERY_VALUE, limit=0)
    listing = listing_of(request, results, lists.facet_page(field))
    values = results.facets[0].values if results.facets else ()
    shown = _facet_page(asked, lists, field, _order(request, field), values)
    return render(request, "facets/facet.html", {"facet": shown, "listing": listing})


def _order(request: HttpRequest, field: str) -> str:
    return request.GET.get("order", "").strip() or _own_order(field)


def _own_order(field: str) -> str:
    return "name" if field in PERIOD_YEARS else "count"


def _facet_page(asked: Asked, lists: Place, field: str, order: str, values: tuple[FacetValue, ...]) -> FacetPage:
    pages = max(1, -(-len(values) // VALUES_ON_A_PAGE))
    if asked.page > pages:
        raise PageOutOfRange(f"The {FACET_PLURALS[field]} fill {pages} pages; there is no page {asked.page}.")
    start = (asked.page - 1) * VALUES_ON_A_PAGE
    ordered = _in_order(values, field, order)[start : start + VALUES_ON_A_PAGE]
    address = partial(_address, asked, lists, field)
    labels = PERIOD_ORDER_LABELS if field in PERIOD_YEARS else ORDER_LABELS
    return FacetPage(
        field=field,
        label=FACET_LABELS[field],
        plural=FACET_PLURALS[field],
        held=len(values),
        values=tuple(value_link(value, lists) for value in ordered),
        orders=tuple(Link(label, address(other, 1), other == order) for other, label in labels.items()),
        pages=page_links(asked.page, pages, partial(address, order)),
        list_address=lists.address(parameters_of(replace(asked, page=1))),
        is_of_timeline=FROM_TIMELINE in lists.facet_page(field).view,
    )


def _in_order(values: tuple[FacetValue, ...], field: str, order: str) -> list[FacetValue]:
    """The chosen before all, but for decades and years in time, where each has its place."""
    if order == "count":
        return sorted(values, key=lambda value: (not value.is_selected, -value.count, value.value))
    if field in PERIOD_YEARS:
        return list(values)
    return sorted(values, key=lambda value: (not value.is_selected, *alphabetical(value.label)))


def _address(asked: Asked, lists: Place, field: str, order: str, page: int) -> str:
    own: Parameters = (("order", order),) if order != _own_order(field) else ()
    place = lists.facet_page(field)
    return replace(place, view=(*place.view, *own)).address(parameters_of(replace(asked, page=page)))
