"""Lists that no search makes, cut into pages: `?page=`, refused and linked as in the lists of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from documents.forms import place_of
from documents.views.listing import Link, page_links

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """One page of a list and its links; `first` is the place of its first item among all, from 1."""

    items: Sequence[Item]
    total: int
    number: int
    pages: int
    first: int
    links: tuple[Link, ...]
    previous: str
    next: str

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


def paged(request: HttpRequest, items: Sequence[Item] | QuerySet[Item], size: int) -> Paged[Item]:  # type: ignore[type-var]
    """The page asked for. Raises BadRequest where it is no number and Http404 where there is none such."""
    asked = request.GET.get("page", "").strip() or "1"
    number = place_of(asked)
    if number is None:
        raise BadRequest(f"“{asked}” is not a page. Pages are numbered from 1: write page=1.")
    paginator = Paginator(items, size)
    if number > paginator.num_pages:
        raise Http404(f"There is no page {number}: the last one is page {paginator.num_pages}.")
    page = paginator.page(number)

    def address(of_page: int) -> str:
        asked_for = request.GET.copy()
        asked_for.pop("page", None)
        if of_page > 1:
            asked_for["page"] = str(of_page)
        return f"{request.path}?{asked_for.urlencode()}" if asked_for else request.path

    return Paged(
        items=list(page.object_list),
        total=paginator.count,
        number=number,
        pages=paginator.num_pages,
        first=page.start_index(),
        links=page_links(number, paginator.num_pages, address),
        previous=address(number - 1) if page.has_previous() else "",
        next=address(number + 1) if page.has_next() else "",
    )
