"""Concordances: every place where the words of a search stand, one line each, as a page and as CSV."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from documents.addresses import address_of, with_parameters
from documents.forms import ConcordanceForm
from documents.search import places
from documents.search.concordance import LineOrder
from documents.search.parameters import Parameters, parameters_of
from documents.search.results import Asked
from documents.views.citing import display_title
from documents.views.context import absolute
from documents.views.csv_data import csv_answer
from documents.views.listing import Link, Place, listing_of, page_links, view_of
from documents.views.public import public
from documents.views.search_files import told_in_text
from documents.views.unknown_filters import refuse_unknown

CSV_COLUMNS = ("left", "match", "right", "url", "paragraph", "date", "title")
ORDER_LABELS = {
    LineOrder.DATE: "Date",
    LineOrder.DOCUMENT: "Document",
    LineOrder.LEFT: "Words before",
    LineOrder.RIGHT: "Words after",
}


@public
def concordance(request: HttpRequest) -> HttpResponse:
    """The lines of a search, LINES_ON_A_PAGE of them; 400 and sentences where a parameter is unusable."""
    form = ConcordanceForm(request.GET)
    if not form.is_valid():
        return render(request, "search/concordance.html", {"form": form}, status=400)
    asked, order, page = form.to_asked(), form.line_order, form.page
    asked = replace(asked, page=1)
    lists = Place(address_of("search"), form.sorts, view=view_of(request))
    found = places.concordance(asked, order, page)
    address = partial(_address, asked, lists, "concordance", order)
    context = {
        "form": form,
        "concordance": found,
        "order": order,
        "listing": listing_of(request, found.results, _place(lists, "concordance", order)),
        "orders": _orders(asked, lists, order),
        "links": page_links(page, found.pages, address),
        "previous": address(page - 1) if page > 1 else "",
        "next": address(page + 1) if page < found.pages else "",
        "list_address": lists.address(parameters_of(asked)),
        "data_address": _address(asked, lists, "concordance_csv", order),
        "most": places.MOST_SORTED,
        "marking": with_parameters("", parameters_of(Asked(q=asked.q, without=asked.without))),
    }
    return render(request, "search/concordance.html", context)


@public
@told_in_text
def concordance_csv(request: HttpRequest) -> HttpResponse:
    """The first MOST_SORTED lines; of a later page there is none."""
    form = ConcordanceForm(request.GET)
    if not form.is_valid():
        raise BadRequest(" ".join(form.sentences()))
    asked = form.to_asked()
    lines = places.first_lines(asked, form.line_order)
    if not lines:
        refuse_unknown(asked, Place(reverse("concordance_csv"), form.sorts))
    return csv_answer("concordance.csv", CSV_COLUMNS, (_row(request, placed) for placed in lines))


def _row(request: HttpRequest, placed: places.PlacedLine) -> tuple[object, ...]:
    line, document = placed.line, placed.document
    address = absolute(request, f"{document.get_absolute_url()}#p{line.paragraph}")
    return (line.left, line.match, line.right, address, line.paragraph, document.date, display_title(document))


def _orders(asked: Asked, lists: Place, order: LineOrder) -> tuple[Link, ...]:
    return tuple(
        Link(label, _address(asked, lists, "concordance", other), other == order)
        for other, label in ORDER_LABELS.items()
    )


def _place(lists: Place, name: str, order: LineOrder) -> Place:
    own: Parameters = (("order", order.value),) if order is not LineOrder.DATE else ()
    return replace(lists.beside(name), view=(*lists.view, *own))


def _address(asked: Asked, lists: Place, name: str, order: LineOrder, page: int = 1) -> str:
    return _place(lists, name, order).address(parameters_of(replace(asked, page=page)))
