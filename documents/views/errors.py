"""Pages for what cannot be shown: each says what happened and what would do."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from documents.models import Document

NOT_UNDERSTOOD = "The server could not make sense of this request. Check the address and try again."
NOTHING_HERE = "Nothing is kept at this address. Check its spelling, or look for the document by its words."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Only our own sentences are shown: other exceptions may repeat what an attacker sent.

    413 where a form carries more than is taken in.
    """
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", {"limit": settings.MAX_TEXT_BYTES // 1_000_000}, status=413)
    sentence = str(exception) if isinstance(exception, BadRequest) else NOT_UNDERSTOOD
    return render(request, "errors/400.html", {"sentence": sentence or NOT_UNDERSTOOD}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. The resolver's own exception carries a table of patterns instead of a sentence."""
    reason = exception.args[0] if exception.args else None
    sentence = reason if isinstance(reason, str) and reason else NOTHING_HERE
    return render(request, "errors/404.html", {"sentence": sentence}, status=404)


def withdrawn(request: HttpRequest, document: Document) -> HttpResponse:
    """410 for every address of a document that was withdrawn, with the reason."""
    return render(request, "errors/withdrawn.html", {"document": document}, status=410)


def unavailable(request: HttpRequest, sentence: str) -> HttpResponse:
    """503 where the index cannot answer; reading goes on without it."""
    response = render(request, "errors/503.html", {"sentence": sentence}, status=503)
    response["Retry-After"] = "30"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without a request, so that neither database nor context processors can fail again."""
    page = loader.get_template("errors/500.html").render({"archive_name": settings.ARCHIVE_NAME})
    return HttpResponse(page, status=500)
