"""The language of the public pages' templates, Jinja2, and what they need beside it.

Django's own renders a page of results in three times the time, more than the search for it takes. The admin's pages
stay with it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template import Context, defaultfilters, defaulttags
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Template
from markupsafe import _escape_inner

from documents import languages
from documents.addresses import address_of
from documents.dates import describe_date, machine_date
from documents.models import Document
from documents.search.analysis import slug_of
from documents.search.rows import ListedDocument
from documents.views.citing import display_title

PAGE_LANGUAGE = "en"
# Django's filters that the templates use, under their names.
_OF_DJANGO = (
    *("capfirst", "date", "linebreaks", "pluralize"),
    *("truncatechars", "truncatewords", "urlencode", "urlize"),
)
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def shown_title(document: Document | ListedDocument) -> str:
    return display_title(document)


def printable(typed: str) -> str:
    """What was typed without control characters, which HTML cannot hold."""
    return "".join(character for character in typed if character >= " " and character != "\x7f")


def slug(value: str) -> str:
    """The slug under which filters know a type or a place."""
    return slug_of(value)


@lru_cache(maxsize=10_000)
def dated(edtf: str) -> SafeString:
    """A date in words, and for machines where <time> can hold it."""
    machine = machine_date(edtf)
    return format_html('<time datetime="{}">{}</time>' if machine else "{1}", machine, describe_date(edtf))


def day(moment: date) -> SafeString:
    """The day of a moment, or a day."""
    return dated(f"{moment:%Y-%m-%d}")


@lru_cache(maxsize=1000)
def tongue(language: str) -> SafeString:
    """The attributes lang and dir of words in this language; none for English, which the page has said already."""
    if language.lower() == PAGE_LANGUAGE:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, languages.direction(language))


def own_name(language: str) -> str:
    """The language's name in itself: français."""
    return languages.own_name(language)


def size_in_words(size: int | None) -> str:
    """A size in bytes as people read it; exact to the byte where that is short."""
    if size is None:
        return ""
    return f"{size:,} bytes" if size < 1_000_000 else defaultfilters.filesizeformat(size)


def grouped(number: int) -> str:
    """10952 as 10,952."""
    return f"{number:,}"


def spelt(number: int) -> str:
    """Numbers up to ten in words, as running text has them."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else grouped(number)


def closing(text: str) -> str:
    """The full stop that a part of a citation needs, unless it ends in a mark of its own."""
    return "" if text.endswith((".", "?", "!", "…", "。")) else "."


def querystring(request: HttpRequest, **changes: Any) -> str:
    """The request's own parameters with these changed, `?` first; None takes one away."""
    return defaulttags.querystring(Context(), request.GET, **changes)


# --- The environment --------------------------------------------------------------------------------------------------


def written(value: Any) -> str:
    """What markupsafe.escape() gives, without making Markup of what only goes into the page: in a third of the time."""
    if type(value) is str:
        return _escape_inner(value)
    return value.__html__() if hasattr(value, "__html__") else _escape_inner(str(value))


class _Compiler(CodeGenerator):
    """Writes templates whose output goes through written(); a page of results has nearly a thousand pieces of it."""

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import {written.__name__} as escape")


class _Environment(Environment):
    code_generator_class = _Compiler


def environment(**options: Any) -> Environment:
    """What TEMPLATES names: an environment in which a value that is not given shows as nothing."""
    made = _Environment(**options | {"undefined": ChainableUndefined, "keep_trailing_newline": True})
    made.globals |= {"static": lru_cache(static), "url": address_of, "querystring": querystring}
    made.filters |= {name: defaultfilters.register.filters[name] for name in _OF_DJANGO}
    made.filters |= {
        function.__name__: function
        for function in (
            shown_title,
            printable,
            slug,
            dated,
            day,
            tongue,
            own_name,
            size_in_words,
            grouped,
            spelt,
            closing,
        )
    }
    return made
