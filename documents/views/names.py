"""The pages of names: the index by kind and letter, and one page for each entry of the authority file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from documents.caching import per_generation
from documents.forms import ListForm
from documents.mentions import NameFinder
from documents.models import Document, Generation, Mention, Name, NameForm, NameKind, Paragraph, State
from documents.models.name import name_finder
from documents.search import snippets
from documents.search.analysis import fold
from documents.search.snippets import Passage
from documents.search.types import Keyword
from documents.views.listing import Listing, Place, list_documents
from documents.views.public import Moved, public, record_at

KIND_PLURALS = {
    NameKind.BODY: "Bodies",
    NameKind.PERSON: "Persons",
    NameKind.PLACE: "Places",
    NameKind.INSTRUMENT: "Instruments",
    NameKind.CONCEPT: "Concepts",
}
BAR_HEIGHT = 100  # of the highest bar, in the units of the drawing
LEAST_BAR = 2


@dataclass(frozen=True, slots=True)
class IndexedName:
    """An entry of the index; how many documents mention the name, and how many it issued."""

    name: Name
    mentioning: int
    issued: int


@dataclass(frozen=True, slots=True)
class IndexedKind:
    """The names of a kind under their letters."""

    kind: str
    label: str
    total: int
    letters: tuple[tuple[str, tuple[IndexedName, ...]], ...]


@dataclass(frozen=True, slots=True)
class MentioningDocument:
    """A document that mentions a name, how often, and the paragraph that does so most."""

    document: Document
    count: int
    paragraphs: int
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Year:
    """The documents of a year that mention a name, and the bar that is drawn for them."""

    label: str
    count: int
    address: str
    x: int
    y: int
    height: int


@public
def names(request: HttpRequest) -> HttpResponse:
    return render(request, "names/index.html", {"kinds": _index(Generation.current())})


@public
def name(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a name, in at most ten queries."""
    missing = f"The archive has no name at “{slug}”. All are listed under Names."
    shown = record_at(request, _with_figures(), slug, missing)
    if shown.merged_into:
        raise Moved(shown.merged_into.get_absolute_url())
    listing = _listing(request, shown) if shown.is_mentioned else None  # type: ignore[attr-defined]  # annotated below
    context = {
        "name": shown,
        "forms": _forms(shown),
        "related": public_names().filter(related=shown),
        "listing": listing,
        "mentioning": _mentioning(shown, [found.document for found in listing.results.found]) if listing else [],
        "years": _years(shown, listing) if listing else [],
    }
    return render(request, "names/name.html", context)


def public_names() -> QuerySet[Name]:
    """Those with a page: what the authority file describes or texts link to. A body that only drafts name has none."""
    issued = Document.objects.published().filter(issuing_body=OuterRef("pk"))
    described = Q(is_linked=True) | Q(Exists(NameForm.objects.filter(name=OuterRef("pk")))) | Q(Exists(issued))
    return Name.objects.current().filter(described)


def _with_figures() -> QuerySet[Name]:
    """The public names and those merged into them, each with `issued` and `is_mentioned`."""
    merged = Name.objects.filter(merged_into__isnull=False)
    mentions = Mention.objects.filter(name=OuterRef("pk"), document__state=State.PUBLISHED)
    return (
        (public_names() | merged)
        .select_related("merged_into")
        .annotate(
            issued=Count("documents_issued", filter=Q(documents_issued__state=State.PUBLISHED)),
            is_mentioned=Exists(mentions),
        )
    )


def _forms(name: Name) -> QuerySet[NameForm]:
    """Each with the slug and title of the document whose words show it, where the archive has that."""
    documents = Document.objects.published().filter(source_file=OuterRef("source")).exclude(source_file="")
    return name.forms.annotate(
        document_slug=Subquery(documents.values("slug")[:1]), document_title=Subquery(documents.values("title")[:1])
    )


def _listing(request: HttpRequest, name: Name) -> Listing | None:
    """The documents that mention it; None where the index does not know of them yet."""
    form = ListForm(request.GET)
    if not form.is_valid():
        raise BadRequest(" ".join(form.sentences()))
    keyword = Keyword("name", name.slug)
    asked = form.to_asked(keyword)
    try:
        return list_documents(request, asked, Place(request.path, form.sorts, implied=keyword))
    except Http404:
        if asked.filters.keywords != (keyword,):
            raise
        return None


# --- Passages ---------------------------------------------------------------------------------------------------------


def _mentioning(name: Name, documents: Sequence[Document]) -> list[MentioningDocument]:
    """These documents with their best passages, in two queries."""
    texts = Paragraph.objects.filter(document=OuterRef("document"), number=OuterRef("paragraph")).values("text")[:1]
    mentions = Mention.objects.filter(name=name, document__in=documents).annotate(text=Subquery(texts))
    by_document: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions.order_by("paragraph"):
        by_document[mention.document_id].append(mention)
    finder = name_finder()
    return [_with_passage(document, by_document.get(document.pk, []), name, finder) for document in documents]


def _with_passage(document: Document, mentions: list[Mention], name: Name, finder: NameFinder) -> MentioningDocument:
    best = max(mentions, key=lambda mention: mention.count, default=None)  # the first of several
    count = sum(mention.count for mention in mentions)
    passage = _passage(best.paragraph, best.text or "", name, finder) if best else None  # type: ignore[attr-defined]
    return MentioningDocument(document, count, len(mentions), passage)


def _passage(number: int, text: str, name: Name, finder: NameFinder) -> Passage:
    places = [(found.start, found.end) for found in finder.find(text) if found.target == name.slug]
    return snippets.passage(number, text, places)


# --- Years ------------------------------------------------------------------------------------------------------------


def _years(name: Name, listing: Listing) -> list[Year]:
    """Documents a year as the facet counts them: where a date is uncertain, in each year that it may be."""
    place = Place("", (listing.results.asked.sort,), implied=Keyword("name", name.slug))
    values = [value for facet in listing.results.facets if facet.field == "year" for value in facet.values]
    values.sort(key=lambda value: int(value.value))
    if not values:
        return []
    first, most = int(values[0].value), max(value.count for value in values)
    years = []
    for value in values:
        height = max(LEAST_BAR, BAR_HEIGHT * value.count // most)
        address = place.narrowed(value.parameters)
        years.append(Year(value.label, value.count, address, int(value.value) - first, BAR_HEIGHT - height, height))
    return years


# --- The index --------------------------------------------------------------------------------------------------------


@per_generation
def _index(generation: int) -> tuple[IndexedKind, ...]:
    """Counted once for each generation: ten thousand documents have hundreds of thousands of mentions."""
    mentioning = _counted(Mention.objects.filter(document__state=State.PUBLISHED), "name_id", "document")
    issued = _counted(Document.objects.published(), "issuing_body_id", "pk")
    entries = [IndexedName(name, mentioning.get(name.pk, 0), issued.get(name.pk, 0)) for name in public_names()]
    kinds = (_kind(kind, [entry for entry in entries if entry.name.kind == kind]) for kind in NameKind)
    return tuple(kind for kind in kinds if kind.total)


def _counted(rows: QuerySet, by: str, what: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(total=Count(what, distinct=True)))


def _kind(kind: NameKind, entries: Iterable[IndexedName]) -> IndexedKind:
    ordered = sorted(entries, key=lambda entry: fold(entry.name.label))
    letters = tuple((letter, tuple(group)) for letter, group in groupby(ordered, _letter))
    return IndexedKind(kind.value, KIND_PLURALS[kind], len(ordered), letters)


def _letter(entry: IndexedName) -> str:
    first = fold(entry.name.label)[:1].upper()
    return first if first.isalpha() else "#"
