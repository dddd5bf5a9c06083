"""Lists: all documents, collections, tags, and the documents of one collection or tag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.fixed_queries import GivenMany
from documents.forms import ListForm
from documents.models import Generation, Tag
from documents.search.analysis import fold
from documents.search.trees import Keyword
from documents.views.counts import collections_ever_public, holdings, tags_ever_public, tags_taken_off
from documents.views.listing import Listing, Place, list_documents
from documents.views.public import BySlug, public, record_at

_COLLECTIONS = BySlug(collections_ever_public())
_TAGS = BySlug(tags_ever_public(GivenMany("taken_off")))


@public
def documents(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "documents/index.html", {"form": form}, status=400)
    listing = list_documents(request, form.to_asked(), Place(request.path, form.sorts))
    return render(request, "documents/index.html", {"form": form, "listing": listing})


@public
def collections(request: HttpRequest) -> HttpResponse:
    return render(request, "collections/index.html", {"collections": holdings(Generation.current()).collections})


@public
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    missing = f"The archive has no collection at “{slug}”. All are listed under Collections."
    shown = record_at(request, _COLLECTIONS, slug, missing)
    listing = _listing_within(request, Keyword("collection", shown.slug))
    return render(request, "collections/collection.html", {"collection": shown, "listing": listing})


@public
def tags(request: HttpRequest) -> HttpResponse:
    return render(request, "tags/index.html", {"letters": by_letter(holdings(Generation.current()).tags)})


@public
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    missing = f"The archive has no tag at “{slug}”. All are listed under Tags."
    shown = record_at(request, _TAGS, slug, missing, taken_off=tags_taken_off(Generation.current()))
    listing = _listing_within(request, Keyword("tag", shown.slug))
    return render(request, "tags/tag.html", {"tag": shown, "listing": listing})


def by_letter(tags: Iterable[Tag]) -> list[tuple[str, list[Tag]]]:
    """Tags under their first letters, without regard to case and accents; digits and signs under "#"."""
    ordered = sorted(tags, key=lambda tag: alphabetical(tag.name))
    return [(letter, list(group)) for letter, group in groupby(ordered, key=_letter)]


def alphabetical(name: str) -> tuple[str, str]:
    """What names are sorted by. Numbers stand by their size: "session 9" before "session 10"."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(9), fold(name)), name


def _letter(tag: Tag) -> str:
    first = fold(tag.name)[:1].upper()
    return first if first.isalpha() else "#"


def _listing_within(request: HttpRequest, keyword: Keyword) -> Listing:
    form = ListForm(request.GET)
    if not form.is_valid():
        raise BadRequest(" ".join(form.sentences()))
    return list_documents(request, form.to_asked(keyword), Place(request.path, form.sorts, implied=keyword))
