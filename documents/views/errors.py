"""Pages for what cannot be shown: each says what happened and what would do."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from documents.models import Document

RETRY_SECONDS = "30"  # after which whoever is told that the search cannot answer may ask again
NOT_UNDERSTOOD = "The server could not make sense of this request. Check the address and try again."
NOTHING_HERE = "Nothing is kept at this address. Check its spelling, or look for the document by its words."
FOR_EDITORS = (
    "This is kept for the editors of the archive. If you are one, log in again; a form that was left open too long "
    "must be sent anew."
)
ONLY_READ = "This page can be read, and nothing can be sent to it. Nothing was changed."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Only our own sentences are shown: other exceptions may repeat what an attacker sent.

    413 where a form carries more than is taken in.
    """
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, "This is too large", _too_large(settings.MAX_TEXT_BYTES // 1_000_000))
    sentence = str(exception) if isinstance(exception, BadRequest) else ""
    return _page(request, 400, "This cannot be answered", sentence or NOT_UNDERSTOOD)


def _too_large(limit: int) -> str:
    return (
        f"A text may have at most {limit} MB. Nothing was saved. Go back: what you typed is still in the form. "
        f"Divide it into documents of at most {limit} MB."
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "Not allowed", FOR_EDITORS)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form lacks its token; the reason is for the log, not for whoever sent it."""
    return _page(request, 403, "Not allowed", FOR_EDITORS)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. The resolver's own exception carries a table of patterns instead of a sentence."""
    reason = exception.args[0] if exception.args else None
    return _page(request, 404, "Not found", reason if isinstance(reason, str) and reason else NOTHING_HERE)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405; allowed: the methods that the page takes, as the header says them."""
    response = _page(request, 405, "This page is only read", ONLY_READ)
    response["Allow"] = allowed
    return response


def withdrawn(request: HttpRequest, document: Document) -> HttpResponse:
    """410 for every address of a document that was withdrawn, with the reason."""
    context = {"status": 410, "heading": "This document was withdrawn", "document": document}
    return render(request, "errors/withdrawn.html", context, status=410)


def unavailable(request: HttpRequest, sentence: str) -> HttpResponse:
    """503 where the index cannot answer; reading goes on without it."""
    response = _page(request, 503, "Search is resting", sentence)
    response["Retry-After"] = RETRY_SECONDS
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without a request, so that neither database nor context processors can fail again."""
    page = loader.get_template("errors/500.html").render({"archive_name": settings.ARCHIVE_NAME})
    return HttpResponse(page, status=500)


def _page(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    context = {"status": status, "heading": heading, "sentence": sentence}
    return render(request, "errors/error.html", context, status=status)
