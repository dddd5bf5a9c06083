"""The pages of names: the index by kind and letter, and one page for each entry of the authority file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.models import Name
from documents.views.public import Moved, public, record_at


@public
def names(request: HttpRequest) -> HttpResponse:
    return render(request, "names/index.html", {"names": Name.objects.current()})


@public
def name(request: HttpRequest, slug: str) -> HttpResponse:
    shown = record_at(
        request,
        Name.objects.select_related("merged_into"),
        slug,
        f"The archive has no name at “{slug}”. All are listed under Names.",
    )
    if shown.merged_into:
        raise Moved(shown.merged_into.get_absolute_url())
    return render(request, "names/name.html", {"name": shown})
