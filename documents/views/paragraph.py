"""One paragraph at its own address: its words, its neighbours and how to cite it."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from documents.fixed_queries import FixedQuery, Given, GivenMany
from documents.models import Document, Name, Paragraph, Revision, State
from documents.models.paragraph import ParagraphState
from documents.models.revision import RECORDED_FIELDS
from documents.rendering import parse_text
from documents.views.citing import cite
from documents.views.context import absolute
from documents.views.public import BySlug, public, published_document


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as shown. words_html is sanitised and fit to stand inside <p>."""

    number: int
    kind: str
    words: str
    words_html: str
    is_furniture: bool
    has_lacuna: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph between its neighbours in reading order."""

    here: Passage
    before: Passage | None
    after: Passage | None


LARGEST_NUMBER = 2**63 - 1  # that SQLite can be asked for; no paragraph has it

_DOCUMENTS = BySlug(
    Document.objects.ever_published().select_related("collection", "issuing_body").defer("text", "body_html")
)
_LATEST_REVISION = FixedQuery(
    Revision.objects.filter(document=Given("document"))
    .order_by("-number")
    .defer("text", "fields", "paragraph_numbers")[:1]
)
_AT_NUMBER = FixedQuery(Paragraph.objects.filter(document=Given("document"), number=Given("number")))
_AT_POSITIONS = FixedQuery(Paragraph.objects.filter(document=Given("document"), position__in=GivenMany("positions")))


@public
def paragraph(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The paragraph as it is now, or with `?revision=` as it stood in that revision."""
    document = published_document(request, _DOCUMENTS, slug)
    latest = next(iter(_LATEST_REVISION(document=document.pk)), None)
    if "revision" in request.GET:
        revision = _revision(document, request.GET["revision"])
        place = _place_in(revision, number)
        return _page(request, _as_of(document, revision), place, revision, is_past=revision != latest)
    current = next(iter(_AT_NUMBER(document=document.pk, number=min(number, LARGEST_NUMBER))), None)
    if current is None:
        raise Http404(f"This document has no paragraph {number}.")
    if current.state == ParagraphState.MERGED:
        return HttpResponsePermanentRedirect(reverse("paragraph", args=[slug, current.merged_into]))
    if current.state == ParagraphState.REMOVED:
        return render(request, "documents/paragraph_removed.html", {"document": document, "last": current}, status=410)
    return _page(request, document, _place_of(current), latest)


def _page(
    request: HttpRequest, document: Document, place: Place, revision: Revision | None, *, is_past: bool = False
) -> HttpResponse:
    number = place.here.number
    address = absolute(request, reverse("paragraph", args=[document.slug, number]))
    if revision:
        address = f"{address}?revision={revision.number}"
    citation = cite(document, address, revision, paragraph=number)
    context = {"document": document, "place": place, "revision": revision, "is_past": is_past, "citation": citation}
    return render(request, "documents/paragraph.html", context)


def _revision(document: Document, asked: str) -> Revision:
    if not re.fullmatch("[1-9][0-9]{0,8}", asked):
        raise BadRequest(f"“{asked}” is not a revision. Revisions are numbered from 1: write revision=1.")
    revision = document.revisions.filter(number=int(asked)).first()
    if revision is None or revision.fields["state"] != State.PUBLISHED:
        raise Http404(f"This document has no public revision {asked}.")
    return revision


def _as_of(document: Document, revision: Revision) -> Document:
    """The document with the title, date and other fields of that revision, to be shown, never saved."""
    past = copy(document)
    for name in RECORDED_FIELDS:
        setattr(past, name, revision.fields[name])
    body = revision.fields["issuing_body"]
    past.issuing_body = Name(label=body) if body else None
    return past


def _place_of(current: Paragraph) -> Place:
    position = current.position or 0
    nearby = _AT_POSITIONS(document=current.document_id, positions=(position - 1, position + 1))
    by_position = {neighbour.position: _passage(neighbour) for neighbour in nearby}
    return Place(_passage(current), by_position.get(position - 1), by_position.get(position + 1))


def _passage(row: Paragraph) -> Passage:
    return Passage(row.number, row.kind, row.text, row.inner_html, row.is_furniture, row.has_lacuna)


def _place_in(revision: Revision, number: int) -> Place:
    """The paragraph as this revision has it; a revision's text is rendered when it is asked for, which is seldom."""
    blocks = parse_text(revision.text, title=revision.fields["title"]).blocks
    if len(blocks) != len(revision.paragraph_numbers):
        raise Http404(f"The paragraphs of revision {revision.number} cannot be told apart any more.")
    numbered = zip(revision.paragraph_numbers, blocks, strict=True)
    passages = [
        Passage(address, block.kind, block.text, block.html, block.is_furniture, block.has_lacuna)
        for address, block in numbered
    ]
    index = next((index for index, passage in enumerate(passages) if passage.number == number), None)
    if index is None:
        raise Http404(f"Revision {revision.number} of this document has no paragraph {number}.")
    neighbours = dict(enumerate(passages))
    return Place(passages[index], neighbours.get(index - 1), neighbours.get(index + 1))
