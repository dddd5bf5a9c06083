"""The archive's addresses and one more, which the archive itself does not have."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from ctarchive.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def hello(_request: HttpRequest) -> HttpResponse:
    """The least that a page can cost: server, middleware, routing."""
    return HttpResponse("hello")


urlpatterns = [
    path("benchmark/hello/", hello),
    path("", include("ctarchive.urls")),
]
