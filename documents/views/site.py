"""Pages about the archive itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.views.public import public


@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html")
