"""Documents a year: those of any list or search on a page, and all of them in small on the title page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import MAXYEAR, date

from django.db.models import Case, Count, DateField, When
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from documents.addresses import with_parameters
from documents.caching import per_generation
from documents.models import Document, Generation
from documents.search import schema, service
from documents.search.facets import days_shared
from documents.search.parameters import Parameters, parameters_of
from documents.search.results import FACETS, Asked, ResultsPage
from documents.search.types import FacetCount, Filters
from documents.views.charts import Chart, Period, Span, columns_of, count_periods, draw
from documents.views.csv_data import csv_answer
from documents.views.listing import FACET_VALUES_SHOWN, Link, Place, listing_of, question
from documents.views.public import public
from documents.views.search_files import told_in_text
from documents.views.shares import FEW, SHARE_COLUMNS, Share, shares_of
from documents.views.unknown_filters import refuse_unknown

HEIGHT = 260  # pixels, of the bars
SMALL_HEIGHT = 64
SHARE = ("show", "share")
_UNIT_NAMES = {1: "year", 10: "decade", 100: "century", 1000: "millennium"}


@dataclass(frozen=True, slots=True)
class Held:
    """All published documents in time. `earliest` is the first year that any of them is known to be of."""

    chart: Chart
    earliest: int


@public
def timeline(request: HttpRequest) -> HttpResponse:
    """The filters are those of a list, `q` among them; `show=share` draws what part of everything held was found.

    Where dates shall be certain, only certain ones are drawn.
    """
    asked, lists = question(request)
    asked = replace(asked, page=1)
    own = shown_as(request)
    place = Place(request.path, lists.sorts, view=(*lists.view, *own))
    results = _found_in_time(asked, FACETS)
    listing = listing_of(request, results, place)
    periods = _periods(asked, [_span(span) for span in results.spans])
    shares = _shares(asked, periods) if own else ()
    columns = tuple(share.column() for share in shares) or columns_of(periods)
    found = sum(span.documents for span in results.spans)
    drawn = sum(period.certain for period in periods) if asked.certain else found
    context = {
        "listing": listing,
        "chart": draw(columns, lambda period: _address(asked, lists, period), HEIGHT, unit=" %" if own else ""),
        "shares": [(share, _address(asked, lists, share.found)) for share in shares],
        "has_few_held": any(share.is_of_few for share in shares),
        "few": FEW,
        "shows": _shows(asked, place),
        "unit": _UNIT_NAMES[periods[0].years] if periods else "",
        "list_address": lists.address(parameters_of(asked)),
        "data_address": with_parameters(reverse("timeline_csv"), parameters_of(asked)),
        "undrawn": results.total - drawn,
        "asks_certainty": asked.certain,
        "has_doubt": any(period.possible for period in periods),
    }
    return render(request, "timeline/timeline.html", context)


def shown_as(request: HttpRequest) -> Parameters:
    """What the address says of how the bars are drawn."""
    return (SHARE,) if request.GET.get("show", "").strip() == SHARE[1] else ()


@public
@told_in_text
def timeline_csv(request: HttpRequest) -> HttpResponse:
    """The figures of the timeline: a line for each year from the first to the last."""
    asked, lists = question(request)
    results = _found_in_time(replace(asked, page=1), ())
    if not results.total:
        refuse_unknown(asked, Place(request.path, lists.sorts))
    periods = _periods(asked, [_span(span) for span in results.spans])
    return csv_answer("timeline.csv", SHARE_COLUMNS, (share.row() for share in _shares(asked, periods)))


def _found_in_time(asked: Asked, facets: tuple[str, ...]) -> ResultsPage:
    return service.run(asked, facets=(*facets, schema.SPAN), values=FACET_VALUES_SHOWN, limit=0)


def _shares(asked: Asked, periods: tuple[Period, ...]) -> tuple[Share, ...]:
    """Of all documents that the archive holds of the dates asked for, whatever else narrows the search."""
    of_dates = Filters(date_from=asked.filters.date_from, date_to=asked.filters.date_to)
    held = _found_in_time(Asked(filters=of_dates, certain=asked.certain), ())
    earliest = held_in_time(Generation.current()).earliest
    return shares_of(periods, [_span(span) for span in held.spans], earliest, certain=asked.certain)


def _shows(asked: Asked, place: Place) -> tuple[Link, ...]:
    """The two ways to draw a search; what is held as a share of itself says nothing."""
    if not (asked.q or asked.filters.keywords):
        return ()
    others = tuple(pair for pair in place.view if pair != SHARE)
    return tuple(
        Link(label, replace(place, view=view).address(parameters_of(asked)), view == place.view)
        for label, view in (("Number", others), ("Share of what is held", (*others, SHARE)))
    )


def small_chart_of(results: ResultsPage) -> Chart:
    """What was found in time, for a search that asked for spans: one picture, whose bars lead nowhere."""
    periods = _periods(results.asked, [_span(span) for span in results.spans])
    return draw(columns_of(periods), lambda period: "", SMALL_HEIGHT)


def _periods(asked: Asked, spans: list[Span]) -> tuple[Period, ...]:
    """Where dates shall be certain, a document counts only in a period that holds it whole."""
    start, end = asked.filters.date_from, asked.filters.date_to
    earliest = held_in_time(Generation.current()).earliest
    periods = count_periods(spans, earliest, start.year if start else None, end.year if end else None)
    return tuple(period.certain_alone() for period in periods) if asked.certain else periods


def _address(asked: Asked, lists: Place, period: Period) -> str:
    """The list of a period's documents: within the dates asked for, so that it holds as many as the bar says."""
    years = min(period.last, MAXYEAR) - period.first + 1
    start, end = days_shared(asked.filters, period.first, years) or (None, None)
    return lists.address(parameters_of(replace(asked, filters=replace(asked.filters, date_from=start, date_to=end))))


def _span(counted: FacetCount) -> Span:
    first, _, last = counted.value.partition("/")
    return Span(int(first) if first else None, int(last), counted.documents)


@per_generation
def held_in_time(generation: int) -> Held:
    """From the database, so that the title page needs no index."""
    spans = _spans_held()
    earliest = min((span.last if span.first is None else span.first for span in spans), default=0)
    periods = count_periods(spans, earliest)
    return Held(draw(columns_of(periods), lambda period: "", SMALL_HEIGHT), earliest)


def _spans_held() -> list[Span]:
    """In one query, which takes the day of adding only of open ends: SQLite asks Python for each such day."""
    ended = Case(When(date_latest__isnull=True, then=TruncDate("added_at")), output_field=DateField())
    dated = Document.objects.published().filter(is_undated=False).order_by()
    counted = dated.values_list("date_earliest", "date_latest", ended).annotate(documents=Count("pk"))
    return [
        Span(earliest.year if earliest else None, _last_year(earliest, latest, added), documents)
        for earliest, latest, added, documents in counted
    ]


def _last_year(earliest: date | None, latest: date | None, added: date | None) -> int:
    days = schema.days_between(earliest, latest, added or date.min)
    return date.fromordinal(days.last).year
