"""Searching: the results page, the same as data, and how to ask."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from documents.forms import SearchForm
from documents.search import service
from documents.search.service import PageOutOfRange, SearchUnavailable
from documents.views.errors import RETRY_SECONDS
from documents.views.listing import Place, list_documents
from documents.views.public import public
from documents.views.search_data import describe
from documents.views.search_help import CHAPTERS
from documents.views.symbol_lists import known_symbol
from documents.views.unknown_filters import refuse_unknown


@public
def search(request: HttpRequest) -> HttpResponse:
    """The results page; 400 and the form's sentences where a parameter other than q is unusable."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "search/results.html", {"form": form}, status=400)
    listing = list_documents(request, form.to_asked(), Place(request.path, form.sorts))
    symbol = known_symbol(listing.results.asked.q)
    return render(request, "search/results.html", {"form": form, "listing": listing, "symbol": symbol})


@public
def search_json(request: HttpRequest) -> HttpResponse:
    """The results as data, in the shape of DESIGN, section 7; what is refused comes as `error`, a sentence."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(form.sentences())}, status=400)
    asked = form.to_asked()
    try:
        results = service.run(asked)
        if not results.total:
            refuse_unknown(asked, Place(request.path, form.sorts))
        described = describe(request, results)
    except (Http404, PageOutOfRange) as error:
        return JsonResponse({"error": str(error)}, status=404)
    except SearchUnavailable as error:
        return JsonResponse({"error": str(error)}, status=503, headers={"Retry-After": RETRY_SECONDS})
    return JsonResponse(described, json_dumps_params={"ensure_ascii": False})


@public
def search_help(request: HttpRequest) -> HttpResponse:
    return render(request, "search/help.html", {"chapters": CHAPTERS})
