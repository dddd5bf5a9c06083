"""The title page of the archive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.models import Document, Generation
from documents.views.counts import holdings
from documents.views.public import public
from documents.views.timeline import held_in_time

SHOWN = 3  # oldest and newest documents
TAGS_SHOWN = 24


@public
def home(request: HttpRequest) -> HttpResponse:
    published = Document.objects.published().select_related("collection", "issuing_body").defer("text", "body_html")
    oldest = published.in_date_order()[:SHOWN]
    newest = published.in_date_order(newest_first=True)[:SHOWN]
    generation = Generation.current()
    held = holdings(generation)
    context = {
        "oldest": oldest,
        "newest": newest,
        "total": held.documents,
        "time": held_in_time(generation),
        "collections": held.collections,
        "tags": held.most_used_tags(TAGS_SHOWN),
    }
    return render(request, "home.html", context)
