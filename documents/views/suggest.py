"""Suggestions while typing, and what tells browsers of them (https://github.com/dewitt/opensearch)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from documents.caching import per_generation
from documents.models import Document, Generation, NameKind
from documents.search import service
from documents.search.completion import LONGEST_TEXT, Completer
from documents.search.facets import EVERY_VALUE
from documents.search.function_words import is_function_word
from documents.search.results import Asked
from documents.views.citing import display_title
from documents.views.context import absolute
from documents.views.counts import holdings
from documents.views.kept_pages import never_kept
from documents.views.names import public_names
from documents.views.public import public
from documents.views.search_files import told_in_text

MOST = 10
MOST_WORDS, MOST_NAMES, MOST_TAGS = 3, 3, 2  # titles take what these leave
WORDS_LOOKED_AT = 40  # the most frequent; half of those that begin with a t are function words
LEAST_LETTERS = 2  # of ASCII, before anything is suggested
KEPT_SECONDS = 60  # by browsers, for who deletes a letter again
_LAST_WORD = re.compile(r"[^\W_]+$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be searched for instead, what it is, in words, and where it leads."""

    text: str
    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """All that may be suggested of a kind of page, as (text, kind in words, slug), and what finds it; `page` is the
    name of their addresses.
    """

    page: str
    held: tuple[tuple[str, str, str], ...]
    completer: Completer

    def complete(self, typed: str, limit: int) -> Iterator[Suggestion]:
        for number in self.completer.complete(typed, limit):
            text, kind, slug = self.held[number]
            yield Suggestion(text, kind, reverse(self.page, args=[slug]))


@public
@told_in_text
def suggest(request: HttpRequest) -> HttpResponse:
    """Four rows, as OpenSearch Suggestions has them: what was typed, the suggestions, their kinds, their addresses."""
    never_kept(request)  # each letter typed asks for another
    typed = request.GET.get("q", "")[:LONGEST_TEXT].lstrip()
    found = suggestions(typed)
    rows = [
        typed,
        [suggestion.text for suggestion in found],
        [suggestion.kind for suggestion in found],
        [absolute(request, suggestion.address) for suggestion in found],
    ]
    headers = {"Cache-Control": f"max-age={KEPT_SECONDS}"}
    return JsonResponse(rows, safe=False, content_type="application/x-suggestions+json", headers=headers)


@public
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which browsers and other programs search the archive."""
    address = absolute(request, "/").removesuffix("/")
    kind = "application/opensearchdescription+xml"
    return render(request, "opensearch.xml", {"site": address}, content_type=kind)


def suggestions(typed: str) -> list[Suggestion]:
    """At most MOST: words that end what is typed, then names, tags and titles in which it begins a word.

    One query to the database, and some more for the first in each generation. Raises SearchUnavailable.
    """
    if len(typed.strip()) < LEAST_LETTERS and typed.isascii():
        return []
    generation = Generation.current()
    found = [
        *_words(typed),
        *_names(generation).complete(typed, MOST_NAMES),
        *_tags(generation).complete(typed, MOST_TAGS),
    ]
    return [*found, *_titles(generation).complete(typed, MOST - len(found))]


def _words(typed: str) -> Iterator[Suggestion]:
    """What is typed with its last word ended, by words that say something of a subject."""
    last = _LAST_WORD.search(typed)
    frequent = service.complete(last[0], WORDS_LOOKED_AT) if last else ()
    for word in islice((word for word in frequent if not is_function_word(word)), MOST_WORDS):
        words = typed[: last.start()] + word if last else word
        yield Suggestion(words, "Word", f"{reverse('search')}?{urlencode({'q': words})}")


@per_generation
def _names(generation: int) -> _Kind:
    """Each found by all of its forms, those in most documents first."""
    facet = service.run(Asked(), facets=("name",), values=EVERY_VALUE, limit=0).facets
    counts = {value.value: value.count for value in facet[0].values} if facet else {}
    names = sorted(public_names().prefetch_related("forms"), key=lambda name: (-counts.get(name.slug, 0), name.label))
    forms = [(form, number) for number, name in enumerate(names) for form in name.written_forms()]
    held = ((name.label, NameKind(name.kind).label, name.slug) for name in names)
    return _Kind("name", tuple(held), Completer(forms))


@per_generation
def _tags(generation: int) -> _Kind:
    """Those of most documents first."""
    tags = sorted(holdings(generation).tags, key=lambda tag: (-tag.total, tag.name))  # type: ignore[attr-defined]
    return _kind("tag", ((tag.name, "Tag", tag.slug) for tag in tags))


@per_generation
def _titles(generation: int) -> _Kind:
    """The newest documents first."""
    documents = Document.objects.published().in_date_order(newest_first=True).only("title", "title_basis", "slug")
    return _kind("document", ((display_title(document), "Document", document.slug) for document in documents))


def _kind(page: str, rows: Iterable[tuple[str, str, str]]) -> _Kind:
    held = tuple(rows)
    return _Kind(page, held, Completer([(text, number) for number, (text, _, _) in enumerate(held)]))
