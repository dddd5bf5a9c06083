"""What all public pages share: their methods, and how what went wrong becomes a status."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.core.exceptions import BadRequest
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from documents.addresses import held_prefix
from documents.fixed_queries import FixedQuery, Given
from documents.models import Document, FormerSlug, Generation
from documents.search.service import PageOutOfRange, SearchUnavailable
from documents.views import errors
from documents.views.kept_pages import GENERATION, told_to_ask_again

Parameters = ParamSpec("Parameters")
Record = TypeVar("Record", bound=models.Model)

SAFE_METHODS = ("GET", "HEAD")


class Moved(Exception):
    """What was asked for has another address now, for good."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Withdrawn(Exception):
    """What was asked for belongs to a document that was withdrawn."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.slug)
        self.document = document


def public(
    view: Callable[Concatenate[HttpRequest, Parameters], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponse]:
    """A page for readers: GET and HEAD, else 405 (without csrf_exempt a POST would get 403 first).

    It shows the same to everyone: what depends on anything but its address and the public state cannot be kept.
    """

    def answered(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(moved.address)
        except Withdrawn as gone:
            return errors.withdrawn(request, gone.document)
        except PageOutOfRange as error:
            raise Http404(str(error)) from error
        except BadRequest as error:
            return errors.bad_request(request, error)
        except SearchUnavailable as error:
            return errors.unavailable(request, str(error))

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return errors.method_not_allowed(request, ", ".join(SAFE_METHODS))
        with Generation.held(), held_prefix():
            request.META[GENERATION] = Generation.current()
            return told_to_ask_again(answered(request, *args, **kwargs))

    return wrapped


class BySlug(Generic[Record]):
    """Records by their slugs, present and former; made once for a kind of page, as its queries are written once."""

    def __init__(self, records: models.QuerySet[Record]) -> None:
        self._model = records.model
        self._present = FixedQuery(records.filter(slug=Given("slug")).order_by())
        self._former = FixedQuery(records.filter(pk=Given("pk")).order_by())

    def find(self, slug: str, missing: str, **given: Any) -> tuple[Record, bool]:
        """The record, and whether the slug is its present one. Raises Http404 with the sentence `missing`.

        given: what else the records are asked for with, by name.
        """
        for record in self._present(slug=slug, **given):
            return record, True
        former = FormerSlug.record_id_for(self._model, slug)
        for record in self._former(pk=former, **given) if former is not None else ():
            return record, False
        raise Http404(missing)


def record_at(request: HttpRequest, records: BySlug[Record], slug: str, missing: str, **given: Any) -> Record:
    """The record of this slug. Raises Moved where the slug is a former one, and what BySlug.find raises."""
    record, is_present = records.find(slug, missing, **given)
    if not is_present:
        raise Moved(_same_page(request, record))
    return record


def published_document(
    request: HttpRequest, documents: BySlug[Document], slug: str, *, parameter: str = "slug"
) -> Document:
    """The document of this slug among those ever published. Raises as record_at does, and Withdrawn.

    parameter: the part of the page's address that holds the slug.
    """
    document, is_present = documents.find(slug, f"The archive has no document at “{slug}”.")
    if not document.is_published:
        raise Withdrawn(document)
    if not is_present:
        raise Moved(_same_page(request, document, parameter))
    return document


def _same_page(request: HttpRequest, record: Any, parameter: str = "slug") -> str:
    """The address of the page asked for under the record's present slug."""
    match = request.resolver_match
    address = reverse(match.view_name, kwargs={**match.kwargs, parameter: record.slug}) if match else ""
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
