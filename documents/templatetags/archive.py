"""What templates need to show a document's title, language and size."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents import languages
from documents.models import Document
from documents.search.analysis import slug_of
from documents.views.citing import display_title

register = template.Library()
PAGE_LANGUAGE = "en"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@register.filter
def shown_title(document: Document) -> str:
    return display_title(document)


@register.filter
def printable(typed: str) -> str:
    """What was typed without control characters, which HTML cannot hold."""
    return "".join(character for character in typed if character >= " " and character != "\x7f")


@register.filter
def slug(value: str) -> str:
    """The slug under which filters know a type or a place."""
    return slug_of(value)


@register.simple_tag
def tongue(language: str) -> SafeString:
    """The attributes lang and dir of words in this language; none for English, which the page has said already."""
    if language.lower() == PAGE_LANGUAGE:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, languages.direction(language))


@register.filter
def own_name(language: str) -> str:
    """The language's name in itself: français."""
    return languages.own_name(language)


@register.filter
def size_in_words(size: int | None) -> str:
    """A size in bytes as people read it; exact to the byte where that is short."""
    if size is None:
        return ""
    return f"{size:,} bytes" if size < 1_000_000 else filesizeformat(size)


@register.filter
def grouped(number: int) -> str:
    """10952 as 10,952."""
    return f"{number:,}"


@register.filter
def spelt(number: int) -> str:
    """Numbers up to ten in words, as running text has them."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else grouped(number)


@register.filter
def closing(text: str) -> str:
    """The full stop that a part of a citation needs, unless it ends in a mark of its own."""
    return "" if text.endswith((".", "?", "!", "…", "。")) else "."
