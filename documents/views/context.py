"""What every template knows: the archive's name, the page's address and the main sections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from documents.addresses import address_of

_SECTIONS = (
    ("Documents", "documents"),
    ("Collections", "collections"),
    ("Tags", "tags"),
    ("Names", "names"),
    ("Symbols", "symbols"),
    ("Timeline", "timeline"),
    ("Search", "search"),
    ("About", "about"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the main navigation; `current` is the value of aria-current, or empty."""

    label: str
    address: str
    current: str


def archive(request: HttpRequest) -> dict[str, Any]:
    """The context processor. It asks the database nothing, so that error pages can use it."""
    return {
        "archive_name": settings.ARCHIVE_NAME,
        "sections": [_section(label, name, request.path) for label, name in _SECTIONS],
        "canonical_address": partial(absolute, request, request.path),  # called where shown: a refused host has none
    }


def absolute(request: HttpRequest, address: str) -> str:
    """The address with scheme and host, from SITE_URL where that is set."""
    return f"{settings.SITE_URL}{address}" if settings.SITE_URL else request.build_absolute_uri(address)


def _section(label: str, name: str, path: str) -> Section:
    address = address_of(name)
    if path == address:
        return Section(label, address, "page")
    return Section(label, address, "true" if path.startswith(address) else "")
