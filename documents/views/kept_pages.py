"""Public pages kept as they were sent, until the public sees something else: a page asked for again costs one query."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from operator import itemgetter
from urllib.parse import parse_qsl

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag

from documents.models import Generation

GENERATION = "archive.generation"  # in request.META, where a public page was made: the generation that it was made of
LONGEST_KEPT = 150_000  # bytes; with CACHES' MAX_ENTRIES this bounds what a process holds
SAFE = ("GET", "HEAD")
OK = 200

_ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as Django's GZipMiddleware reads it

Kept = tuple[int, dict[str, str], bytes]  # generation, headers and content; what Django's caches can hold


def kept_pages(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, before all that makes or changes a page. Asked again, a page comes from Django's cache.

    Kept are whole answers with status 200 to readers, who have no cookies: those of views.public. They depend on the
    address and on what is public alone. An answer with an ETag is 304 to whoever has it already.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE:
            return get_response(request)
        key = _key(request)
        kept: Kept | None = cache.get(key)
        if kept and kept[0] == Generation.current():
            return _or_not_modified(request, HttpResponse(kept[2], headers=kept[1]))
        response = get_response(request)
        if not isinstance(response, HttpResponse) or response.status_code != OK or not response.has_header("ETag"):
            return response
        generation = request.META.get(GENERATION)
        if generation is not None and not response.cookies and len(response.content) <= LONGEST_KEPT:
            cache.set(key, (generation, dict(response.items()), response.content))
        return _or_not_modified(request, response)

    return answer


def never_kept(request: HttpRequest) -> None:
    """The page being made is made anew for each who asks: it says when it was made, or would only crowd out others."""
    request.META.pop(GENERATION, None)


def told_to_ask_again(response: HttpResponse) -> HttpResponse:
    """The answer of a public page with what browsers need to store it: they ask each time, by its ETag."""
    if response.status_code == OK and not response.streaming:
        response.headers.setdefault("Cache-Control", "no-cache")
        set_response_etag(response)
    return response


def _or_not_modified(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    return get_conditional_response(request, etag=response.get("ETag"), response=response) or response


def _key(request: HttpRequest) -> str:
    """The same for addresses that ask for the same page: order of parameters and blanks around values do not count."""
    meta = request.META
    asked = [(name, value.strip()) for name, value in parse_qsl(meta.get("QUERY_STRING", ""))]
    encoding = bool(_ACCEPTS_GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", "")))
    parts = (request.scheme, meta.get("HTTP_HOST"), request.path, sorted(asked, key=itemgetter(0)), encoding)
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
