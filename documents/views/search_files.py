"""Searches and lists taken away as files: a table, two formats of reference managers, a feed, and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from documents.addresses import with_parameters
from documents.forms import SearchForm
from documents.search import service
from documents.search.parameters import parameters_of
from documents.search.results import Asked
from documents.search.service import PageOutOfRange, SearchUnavailable
from documents.search.types import Sort
from documents.views import references, search_atom, search_table
from documents.views.context import absolute
from documents.views.errors import RETRY_SECONDS
from documents.views.formats import ATOM, BIBTEX, CSV, MOST_TAKEN, RIS, Format, address_of, cut_note, receipt_address
from documents.views.listing import Place
from documents.views.public import public
from documents.views.receipts import receipt_of
from documents.views.unknown_filters import refuse_unknown

View = Callable[[HttpRequest], HttpResponse]


def told_in_text(view: View) -> View:
    """What cannot be answered is told in one sentence of plain text: whoever asks for a file is no reader of pages."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except BadRequest as error:
            return _sentence(error, 400)
        except (Http404, PageOutOfRange) as error:
            return _sentence(error, 404)
        except SearchUnavailable as error:
            return _sentence(error, 503, {"Retry-After": RETRY_SECONDS})

    return wrapped


@public
@told_in_text
def search_csv(request: HttpRequest) -> HttpResponse:
    results, found = service.gather(_asked(request), MOST_TAKEN, passages=1)
    _refuse_unknown(request, results.asked, results.total)
    return _file(request, CSV, results.asked, results.total, search_table.rows(request, found))


@public
@told_in_text
def search_bib(request: HttpRequest) -> HttpResponse:
    results, found = service.gather(_asked(request), MOST_TAKEN)
    _refuse_unknown(request, results.asked, results.total)
    entries = references.bibtex_file(request, found, receipt_of(request, results))
    return _file(request, BIBTEX, results.asked, results.total, entries)


@public
@told_in_text
def search_ris(request: HttpRequest) -> HttpResponse:
    results, found = service.gather(_asked(request), MOST_TAKEN)
    _refuse_unknown(request, results.asked, results.total)
    records = references.ris_file(request, found, receipt_of(request, results))
    return _file(request, RIS, results.asked, results.total, records)


@public
@told_in_text
def search_feed(request: HttpRequest) -> HttpResponse:
    """A page of the search as a feed; no feed has an order by relevance, so that the newest come first instead."""
    asked = _asked(request)
    asked = replace(asked, sort=Sort.NEWEST) if asked.sort is Sort.RELEVANCE else asked
    results = service.run(asked, facets=())
    _refuse_unknown(request, asked, results.total)
    feed = search_atom.feed(request, results, receipt_of(request, results))
    return HttpResponse(feed, content_type=_typed(ATOM), headers={"Link": _links(request, ATOM, asked)})


@public
def receipt(request: HttpRequest) -> HttpResponse:
    """What was searched, when, of what, and what was found, to be kept and cited."""
    asked = replace(_asked(request), page=1)
    results = service.run(asked, facets=(), limit=0)
    _refuse_unknown(request, asked, results.total)
    context = {
        "receipt": receipt_of(request, results),
        "search_address": with_parameters(reverse("search"), parameters_of(asked)),
        "canonical": absolute(request, receipt_address(asked)),
    }
    return render(request, "search/receipt.html", context)


def _asked(request: HttpRequest) -> Asked:
    """Raises BadRequest with the form's sentences."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest(" ".join(form.sentences()))
    return form.to_asked()


def _refuse_unknown(request: HttpRequest, asked: Asked, total: int) -> None:
    if not total:
        refuse_unknown(asked, Place(request.path, SearchForm.sorts))


def _file(request: HttpRequest, form: Format, asked: Asked, total: int, parts: Iterable[str]) -> HttpResponse:
    """The parts as a file to be saved, sent as they are made. HEAD makes none of them."""
    headers = {
        "Content-Disposition": f'attachment; filename="search.{form.suffix}"',
        "Link": _links(request, form, asked),
    }
    if note := cut_note(total):
        headers["Archive-Note"] = note
    if request.method == "HEAD":
        return HttpResponse(content_type=_typed(form), headers=headers)
    return StreamingHttpResponse(parts, content_type=_typed(form), headers=headers)  # type: ignore[return-value]


def _links(request: HttpRequest, form: Format, asked: Asked) -> str:
    """The permanent address of the file, and the page of the same search."""
    page = with_parameters(reverse("search"), parameters_of(asked))
    canonical = absolute(request, address_of(form, asked))
    return f'<{canonical}>; rel="canonical", <{absolute(request, page)}>; rel="alternate"; type="text/html"'


def _typed(form: Format) -> str:
    return f"{form.content_type}; charset=utf-8"


def _sentence(error: Exception, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(f"{error}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
