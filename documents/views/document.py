"""A document, and the file that it was received as."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from documents.fixed_queries import FixedQuery, Given
from documents.models import Document, Revision, Tag
from documents.originals import open_original
from documents.views.citing import cite
from documents.views.context import absolute
from documents.views.errors import unavailable
from documents.views.found_words import found_words
from documents.views.neighbours import in_time, listed, standing
from documents.views.public import BySlug, public, published_document
from documents.views.related import kindred_of, relations_of, shared_with, translations_of, versions

logger = logging.getLogger(__name__)


_DOCUMENTS = BySlug(
    Document.objects.ever_published().with_latest_revision().select_related("collection", "issuing_body").defer("text")
)
_ORIGINALS = BySlug(Document.objects.ever_published().defer("text", "body_html"))
_TAGS = FixedQuery(Tag.objects.filter(tagged__content_object=Given("document")).order_by("name"))


@public
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a document: text, record, relations and neighbours, in at most eight queries."""
    shown = published_document(request, _DOCUMENTS, slug)
    revision = _latest_revision(shown)
    address = absolute(request, shown.get_absolute_url())
    relations, translations = relations_of(shown), translations_of(shown)
    known = {*translations, *(related.document for related in relations if related.document)}
    stands, shared = standing(request, shown) or in_time(shown), shared_with(shown, known)
    rows = listed({*shared, *stands.ids})
    context = {
        "document": shown,
        "tags": _TAGS(document=shown.pk),
        "relations": relations,
        "translations": translations,
        "versions": versions(relations, translations),
        "found": found_words(request, shown),
        "kindred": kindred_of(shared, rows),
        "neighbours": stands.neighbours(rows),
        "revision": revision,
        "citation": cite(shown, address, revision),
    }
    return render(request, "documents/document.html", context)


def _latest_revision(shown: Any) -> Revision | None:
    """What with_latest_revision() told; its text is not read."""
    return Revision(number=shown.latest_revision, made_at=shown.latest_revision_at) if shown.latest_revision else None


@public
def original(request: HttpRequest, slug: str) -> HttpResponse:
    """The file as it was received, byte for byte; plain text whatever it holds, so that nothing in it runs."""
    shown = published_document(request, _ORIGINALS, slug)
    if not shown.original_sha256:
        raise Http404("No original is kept of this document. Its text can be read on its own page.")
    try:
        with open_original(shown.original_sha256) as file:
            content = file.read()
    except FileNotFoundError:
        logger.exception("The original of document %s is missing", shown.pk)
        return unavailable(request, "The original cannot be read just now. The text can be read on its own page.")
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = content_disposition_header(False, shown.original_name) or "inline"
    return response
