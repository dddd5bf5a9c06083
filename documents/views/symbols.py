"""UN documents by their symbols: the index of those that the archive cites or holds, and a page for each."""

from __future__ import annotations

from itertools import groupby

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from documents.models import Document, Generation
from documents.views.paging import paged
from documents.views.public import public
from documents.views.symbol_lists import (
    KnownSymbol,
    Series,
    SymbolIndex,
    cited_beside,
    citing_documents,
    meant_by,
    passages_citing,
    symbol_index,
)

CITING_SHOWN = 20
LISTED = 300
MOST_CITED_SHOWN = 12


@public
def symbols(request: HttpRequest) -> HttpResponse:
    """The most cited of each series or, with `?series=`, all of one in numeric order."""
    index = symbol_index(Generation.current())
    if "series" in request.GET:
        return _series(request, index)
    parts = [(series, index.of_series(series)) for series in Series]
    shown = [(series, len(known), _most_cited(known)) for series, known in parts if known]
    return render(request, "symbols/index.html", {"parts": shown, "total": len(index.by_slug)})


def _most_cited(known: list[KnownSymbol]) -> list[KnownSymbol]:
    return sorted(known, key=lambda each: -each.total)[:MOST_CITED_SHOWN]


def _series(request: HttpRequest, index: SymbolIndex) -> HttpResponse:
    asked = request.GET["series"]
    if asked not in list(Series):
        raise BadRequest(f"“{asked}” is no series of symbols. Write series={', '.join(Series)}.")
    series = Series(asked)
    page = paged(request, index.of_series(series), LISTED)
    groups = [(heading, list(group)) for heading, group in groupby(page.items, key=lambda known: known.heading)]
    return render(request, "symbols/series.html", {"series": series, "groups": groups, "page": page})


@public
def symbol(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the symbol is cited, and the thing itself where it is held. One without its year leads to the only one."""
    index = symbol_index(Generation.current())
    dated = index.dated.get(slug, ())
    if len(dated) == 1:
        return redirect("symbol", dated[0].slug)  # for now: a text may yet name another of the same number
    known = index.by_slug.get(slug) or (_short_of(dated[0], slug) if dated else None)
    if known is None:
        raise Http404(
            f"No document of the archive cites or bears a symbol at “{slug}”. Those that are known stand under Symbols."
        )
    meant = meant_by(known, index)
    page = paged(request, citing_documents(meant), CITING_SHOWN)
    held = Document.objects.published().filter(pk__in=index.held.get(known.slug, ())).defer("text", "body_html")
    context = {
        "symbol": known,
        "dated": dated,
        # Without its year it is searched for in every form; a session cannot be left out so.
        "query": meant[-1] if known.series is Series.SECURITY_COUNCIL else known.symbol,
        "held": held.in_date_order() if known.is_held else (),
        "page": page,
        "citing": passages_citing(page.items, meant),
        "beside": cited_beside(meant, index) if page.total > 1 else [],
    }
    return render(request, "symbols/symbol.html", context)


def _short_of(dated: KnownSymbol, slug: str) -> KnownSymbol:
    """The symbol without year or session that several share, where no text names it so."""
    return KnownSymbol(dated.short, slug, 0, is_held=False)
