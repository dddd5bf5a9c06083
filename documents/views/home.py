"""The title page of the archive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.models import Document
from documents.views.counts import collections_in_use, most_used_tags
from documents.views.public import public

SHOWN = 3  # oldest and newest documents
TAGS_SHOWN = 24


@public
def home(request: HttpRequest) -> HttpResponse:
    published = Document.objects.published().select_related("collection", "issuing_body").defer("text", "body_html")
    oldest = published.in_date_order()[:SHOWN]
    newest = published.in_date_order(newest_first=True)[:SHOWN]
    total = Document.objects.published().count()
    context = {
        "oldest": oldest,
        "newest": newest,
        "total": total,
        "collections": collections_in_use(),
        "tags": most_used_tags(TAGS_SHOWN),
    }
    return render(request, "home.html", context)
