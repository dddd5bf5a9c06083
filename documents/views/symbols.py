"""UN documents by their symbols: the index of those that the archive cites, and a page for each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from documents.models import State
from documents.models.mention import CitedSymbol
from documents.views.public import public


@public
def symbols(request: HttpRequest) -> HttpResponse:
    cited = CitedSymbol.objects.filter(document__state=State.PUBLISHED)
    return render(
        request, "symbols/index.html", {"symbols": cited.values("symbol", "slug").distinct().order_by("slug")}
    )


@public
def symbol(request: HttpRequest, slug: str) -> HttpResponse:
    cited = CitedSymbol.objects.filter(document__state=State.PUBLISHED, slug=slug).select_related("document")
    if not cited:
        raise Http404(f"No document of the archive cites a symbol at “{slug}”. All are listed under Symbols.")
    return render(request, "symbols/symbol.html", {"symbol": cited[0].symbol, "cited": cited})
