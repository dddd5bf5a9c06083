"""The words of a search in the document that it was opened from, or that it searches alone: `?q=border`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from django.http import HttpRequest

from documents.addresses import address_of, with_parameters
from documents.forms import SearchForm
from documents.marking import MarkedText, mark_html
from documents.models import Document
from documents.search import service
from documents.search.parameters import parameters_of
from documents.search.results import Asked
from documents.search.service import SearchUnavailable
from documents.search.snippets import highlighter, passage
from documents.views.citing import display_title

MOST_LISTED = 40  # paragraphs; all places are marked in the text

_TITLE_END = "</h1>"


@dataclass(frozen=True, slots=True)
class Listed:
    """A paragraph in which something was found: its words, cut and marked, and the number of its first mark."""

    number: int
    first_mark: int
    html: str


@dataclass(frozen=True, slots=True)
class FoundWords:
    """What was found, and the text with its marks. in_archive: the address of the same search in all documents.

    is_searched: False for a query that holds no words, or that could not be looked up: then nothing is said of places.
    """

    q: str
    is_searched: bool
    title_html: str
    text_html: str
    in_archive: str = ""
    places: int = 0
    paragraphs: int = 0
    listed: tuple[Listed, ...] = ()

    @property
    def unlisted(self) -> int:
        return self.paragraphs - len(self.listed)


def found_words(request: HttpRequest, document: Document) -> FoundWords:
    """The words of the address's `q` in this document; the text without marks where it has none."""
    asked = _asked(request)
    title = escape(display_title(document))
    plain = FoundWords(asked.q, False, title, document.body_html)
    if not asked.q:
        return plain
    try:
        expanded = service.words_in(asked)
    except SearchUnavailable:
        return plain
    if expanded is None:
        return plain
    # A title that the text itself gives is its first paragraph, and stands outside of the rendered text.
    number = document.title_paragraph
    heading = f'<h1 id="p{number}">{title}{_TITLE_END}' if number else ""
    marked = mark_html(heading + document.body_html, highlighter(expanded).marks_of)
    title_html, text_html = _parted(marked.html) if number else (title, marked.html)
    return FoundWords(
        asked.q,
        is_searched=True,
        in_archive=with_parameters(address_of("search"), parameters_of(replace(asked, page=1))),
        title_html=title_html,
        text_html=text_html,
        places=marked.places,
        paragraphs=len(marked.paragraphs),
        listed=_listed(marked),
    )


def _asked(request: HttpRequest) -> Asked:
    """The search that the address names; parameters that mean nothing here are left alone."""
    form = SearchForm(request.GET)
    return form.to_asked() if form.is_valid() else Asked(q=request.GET.get("q", "").strip())


def _parted(html: str) -> tuple[str, str]:
    """What stands inside the heading, and what follows it."""
    heading, text_html = html.split(_TITLE_END, 1)
    return heading.split(">", 1)[1], text_html


def _listed(marked: MarkedText) -> tuple[Listed, ...]:
    return tuple(
        Listed(
            paragraph.number,
            paragraph.first_mark,
            passage(paragraph.number, paragraph.text, [(span.start, span.end) for span in paragraph.spans]).html,
        )
        for paragraph in marked.paragraphs[:MOST_LISTED]
    )
