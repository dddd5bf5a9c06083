"""Two versions of a text side by side, paragraph by paragraph where they align."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from documents.models import Document, Paragraph
from documents.numerals import number_of_heading, number_of_paragraph
from documents.parallel import Passage, Row, align
from documents.views.public import BySlug, public, published_document
from documents.views.related import relations_of, translations_of, versions

FIELDS = ("title", "title_basis", "slug", "language", "date", "state", "collection", "identifier", "title_paragraph")


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph of one side. words_html: sanitised and fit to stand inside <p>. marker: of an item, `2.` or `•`."""

    number: int
    heading_level: int
    words_html: str
    marker: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands side by side; one side may be empty. begins_estimate: lengths alone pair it and what follows."""

    left: tuple[Cell, ...]
    right: tuple[Cell, ...]
    begins_estimate: bool


_TEXTS = BySlug(
    Document.objects.ever_published()
    .select_related("collection")
    .only(*FIELDS, "collection__title", "collection__slug", "body_html")
)


@public
def beside(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Both texts, where one is a translation or a version of the other; else 404."""
    left = published_document(request, _TEXTS, slug)
    right = published_document(request, _TEXTS, other, parameter="other")
    known = versions(relations_of(left), translations_of(left))
    if right not in known:
        raise Http404(
            f"“{left.title}” and “{right.title}” are not known as translations or versions of one another, "
            "so they cannot be read side by side."
        )
    others = [document for document in known if document != right]
    context = {"left": left, "right": right, "others": others, "pairs": pairs_of(left, right)}
    return render(request, "documents/beside.html", context)


def pairs_of(left: Document, right: Document) -> list[Pair]:
    """All paragraphs of both texts but their titles, in one query."""
    ours, theirs = _rows_of((left, right))
    our_cells, their_cells = _cells(left, ours), _cells(right, theirs)
    aligned = align(_passages(ours, our_cells), _passages(theirs, their_cells))
    return list(_pairs(aligned, our_cells, their_cells))


def _pairs(rows: Sequence[Row], left: list[Cell], right: list[Cell]) -> Iterator[Pair]:
    for before, row in pairwise([Row(range(0), range(0)), *rows]):
        begins_estimate = row.is_estimated and not before.is_estimated
        yield Pair(
            tuple(left[position] for position in row.left),
            tuple(right[position] for position in row.right),
            begins_estimate,
        )


def _rows_of(documents: Sequence[Document]) -> list[list[Paragraph]]:
    found: dict[int, list[Paragraph]] = {document.pk: [] for document in documents}
    titles = {(document.pk, document.title_paragraph) for document in documents}
    paragraphs = Paragraph.objects.filter(document__in=found, position__isnull=False).order_by(
        "document_id", "position"
    )
    for paragraph in paragraphs:
        if (paragraph.document_id, paragraph.number) not in titles:
            found[paragraph.document_id].append(paragraph)
    return list(found.values())


def _passages(paragraphs: list[Paragraph], cells: list[Cell]) -> list[Passage]:
    return [
        Passage(len(row.text), cell.heading_level, _number(row, cell))
        for row, cell in zip(paragraphs, cells, strict=True)
    ]


def _number(row: Paragraph, cell: Cell) -> int:
    """What both texts count alike: the number in a heading, before a paragraph or before an item of a list."""
    return number_of_heading(row.text) if cell.heading_level else number_of_paragraph(f"{cell.marker} {row.text}")


def _cells(document: Document, paragraphs: list[Paragraph]) -> list[Cell]:
    markers = list_markers(document.body_html)
    return [
        Cell(row.number, row.level if row.is_heading else 0, row.inner_html, markers.get(row.number, ""))
        for row in paragraphs
    ]


def list_markers(html: str) -> dict[int, str]:
    """By paragraph number, what a list puts before an item: paragraphs are kept without it, and "2." is cited."""
    reader = _Markers()
    reader.feed(html)
    return reader.markers


class _Markers(HTMLParser):
    """Counts the items of rendered lists. The last of `_next` is the open list: None where it has no numbers.

    A note has the mark that leads back from it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.markers: dict[int, str] = {}
        self._next: list[int | None] = []
        self._item = 0
        self._is_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in ("ol", "ul"):
            is_numbered = tag == "ol" and attributes.get("class") != "notes"
            self._next.append(int(attributes.get("start") or 1) if is_numbered else None)
        elif tag == "li" and self._next:
            self._count(attributes.get("id") or "")
        self._is_mark = attributes.get("class") == "back"

    def handle_data(self, data: str) -> None:
        if self._is_mark:
            self.markers[self._item] = data

    def handle_endtag(self, tag: str) -> None:
        self._is_mark = False
        if tag in ("ol", "ul") and self._next:
            self._next.pop()

    def _count(self, address: str) -> None:
        number = self._next[-1]
        if address:
            self._item = int(address.removeprefix("p"))
            self.markers[self._item] = f"{number}." if number is not None else "•"
        if number is not None:
            self._next[-1] = number + 1
