"""A document, and the file that it was received as."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from documents.models import Document, Relation, RelationTerm, State
from documents.originals import open_original
from documents.views.citing import cite
from documents.views.context import absolute
from documents.views.errors import unavailable
from documents.views.public import public, published_document

logger = logging.getLogger(__name__)

_LISTED = ("title", "title_basis", "slug", "language", "date")


@public
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a document: text, record and neighbours, in at most six queries."""
    documents = Document.objects.ever_published().select_related("collection", "issuing_body").defer("text")
    shown = published_document(request, documents, slug)
    others = Document.objects.published().only(*_LISTED)
    revision = shown.revisions.order_by("-number").only("number", "made_at", "document").first()
    address = absolute(request, shown.get_absolute_url())
    context = {
        "document": shown,
        "tags": shown.tags.order_by("name"),
        "relations": related_to(shown),
        "previous": others.before(shown).first(),
        "next": others.after(shown).first(),
        "revision": revision,
        "citation": cite(shown, address, revision),
    }
    return render(request, "documents/document.html", context)


@public
def original(request: HttpRequest, slug: str) -> HttpResponse:
    """The file as it was received, byte for byte; plain text whatever it holds, so that nothing in it runs."""
    shown = published_document(request, Document.objects.ever_published().defer("text", "body_html"), slug)
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


@dataclass(frozen=True, slots=True)
class Related:
    """How this document is related to another, or to something that the archive does not hold (`text`)."""

    term: str
    document: Document | None
    text: str


def related_to(document: Document) -> list[Related]:
    """Relations from either side, each once, without those whose other end is not public."""
    public_target = Q(target__isnull=True) | Q(target__state=State.PUBLISHED)
    own = Q(document=document) & public_target
    of_others = Q(target=document, document__state=State.PUBLISHED)
    sides = [f"{side}__{field}" for side in ("document", "target") for field in _LISTED]
    relations = Relation.objects.filter(own | of_others).select_related("document", "target")
    shown = relations.only("term", "target_text", *sides)
    return list(dict.fromkeys(_seen_from(document, relation) for relation in shown))


def _seen_from(document: Document, relation: Relation) -> Related:
    term = RelationTerm(relation.term)
    if relation.document_id == document.pk:
        return Related(str(term.label), relation.target, relation.target_text)
    return Related(str(term.inverse.label), relation.document, "")
