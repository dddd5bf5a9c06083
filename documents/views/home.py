"""The title page of the archive."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.caching import per_generation
from documents.models import Collection, Document, Generation, Tag
from documents.views.counts import holdings
from documents.views.public import public
from documents.views.timeline import Held, held_in_time

SHOWN = 3  # oldest and newest documents
TAGS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """What the title page shows of the archive; nothing on it is anything else."""

    total: int
    oldest: tuple[Document, ...]
    newest: tuple[Document, ...]
    time: Held
    collections: tuple[Collection, ...]
    tags: tuple[Tag, ...]


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"held": _shown(Generation.current())})


@per_generation
def _shown(generation: int) -> Shown:
    published = Document.objects.published().select_related("collection", "issuing_body").defer("text", "body_html")
    held = holdings(generation)
    return Shown(
        total=held.documents,
        oldest=tuple(published.in_date_order()[:SHOWN]),
        newest=tuple(published.in_date_order(newest_first=True)[:SHOWN]),
        time=held_in_time(generation),
        collections=held.collections,
        tags=tuple(held.most_used_tags(TAGS_SHOWN)),
    )
