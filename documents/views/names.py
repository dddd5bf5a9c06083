"""The pages of names: the index by kind and letter, and one page for each entry of the authority file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.caching import per_generation
from documents.fixed_queries import FixedQuery, Given, GivenMany
from documents.forms import ListForm
from documents.mentions import NameFinder
from documents.models import Document, Generation, Mention, Name, NameForm, NameKind, Paragraph, State
from documents.models.name import name_finder
from documents.search import schema, service, snippets
from documents.search.analysis import fold
from documents.search.results import FACETS
from documents.search.rows import ListedDocument
from documents.search.snippets import Passage
from documents.search.trees import Keyword
from documents.search.types import Filters
from documents.views.listing import FACET_VALUES_SHOWN, Listing, Place, listing_of, view_of
from documents.views.public import BySlug, Moved, public, record_at
from documents.views.timeline import small_chart_of

KIND_PLURALS = {
    NameKind.BODY: "Bodies",
    NameKind.PERSON: "Persons",
    NameKind.PLACE: "Places",
    NameKind.INSTRUMENT: "Instruments",
    NameKind.CONCEPT: "Concepts",
}


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
class WrittenForm:
    """A form of a name, the words that show it, and the document in which they stand, where the archive has that."""

    text: str
    evidence: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class MentioningDocument:
    """A document that mentions a name, how often, and the paragraph that does so most."""

    document: ListedDocument
    count: int
    paragraphs: int
    passage: Passage | None


@public
def names(request: HttpRequest) -> HttpResponse:
    return render(request, "names/index.html", {"kinds": _index(Generation.current())})


@public
def name(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a name, in at most ten queries."""
    missing = f"The archive has no name at “{slug}”. All are listed under Names."
    shown = record_at(request, _NAMES, slug, missing)
    if shown.merged_into:
        raise Moved(shown.merged_into.get_absolute_url())
    listing = _listing(request, shown) if shown.is_mentioned else None  # type: ignore[attr-defined]  # annotated below
    context = {
        "name": shown,
        "forms": _forms(shown, listing.results.generation if listing else Generation.current()),
        "related": _RELATED(name=shown.pk),
        "listing": listing,
        "mentioning": _mentioning(shown, [found.document for found in listing.results.found]) if listing else [],
        "chart": small_chart_of(listing.results) if listing else None,
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


_NAMES = BySlug(_with_figures())
_RELATED = FixedQuery(public_names().filter(related=Given("name")))


def _forms(name: Name, generation: int) -> list[WrittenForm]:
    documents = _sources(generation)
    return [WrittenForm(form.text, form.evidence, documents.get(form.source)) for form in name.forms.all()]


@per_generation
def _sources(generation: int) -> dict[str, Document]:
    """The documents whose words show forms, by the files that they came from; no index helps to find these."""
    files = NameForm.objects.exclude(source="").values("source")
    found = Document.objects.published().filter(source_file__in=files)
    return {document.source_file: document for document in found.only("slug", "title", "title_basis", "source_file")}


def _listing(request: HttpRequest, name: Name) -> Listing | None:
    """The documents that mention it; None where the index does not know of them yet."""
    form = ListForm(request.GET)
    if not form.is_valid():
        raise BadRequest(" ".join(form.sentences()))
    keyword = Keyword("name", name.slug)
    asked = form.to_asked(keyword)
    results = service.run(asked, facets=(*FACETS, schema.SPAN), values=FACET_VALUES_SHOWN)
    if not results.total and asked.filters == Filters((keyword,)):
        return None
    return listing_of(request, results, Place(request.path, form.sorts, keyword, view_of(request)))


# --- Passages ---------------------------------------------------------------------------------------------------------


_TEXTS = Paragraph.objects.filter(document=OuterRef("document"), number=OuterRef("paragraph")).values("text")[:1]
_MENTIONS = FixedQuery(
    Mention.objects.filter(name=Given("name"), document__in=GivenMany("documents"))
    .annotate(text=Subquery(_TEXTS))
    .order_by("paragraph")
)


def _mentioning(name: Name, documents: Sequence[ListedDocument]) -> list[MentioningDocument]:
    """These documents with their best passages, in two queries."""
    by_document: dict[int, list[Mention]] = defaultdict(list)
    for mention in _MENTIONS(name=name.pk, documents=[document.pk for document in documents]):
        by_document[mention.document_id].append(mention)
    finder = name_finder()
    return [_with_passage(document, by_document.get(document.pk, []), name, finder) for document in documents]


def _with_passage(
    document: ListedDocument, mentions: list[Mention], name: Name, finder: NameFinder
) -> MentioningDocument:
    best = max(mentions, key=lambda mention: mention.count, default=None)  # the first of several
    count = sum(mention.count for mention in mentions)
    passage = _passage(best.paragraph, best.text or "", name, finder) if best else None  # type: ignore[attr-defined]
    return MentioningDocument(document, count, len(mentions), passage)


def _passage(number: int, text: str, name: Name, finder: NameFinder) -> Passage:
    places = [(found.start, found.end) for found in finder.find(text) if found.target == name.slug]
    return snippets.passage(number, text, places)


# --- The index --------------------------------------------------------------------------------------------------------


@per_generation
def _index(generation: int) -> tuple[IndexedKind, ...]:
    """Counted once for each generation: ten thousand documents have hundreds of thousands of mentions."""
    mentions = Mention.objects.filter(document__state=State.PUBLISHED).order_by().values_list("name_id")
    mentioning = dict(mentions.annotate(total=Count("document", distinct=True)))
    issued = dict(Document.objects.published().order_by().values_list("issuing_body_id").annotate(total=Count("pk")))
    entries = [IndexedName(name, mentioning.get(name.pk, 0), issued.get(name.pk, 0)) for name in public_names()]
    kinds = (_kind(kind, [entry for entry in entries if entry.name.kind == kind]) for kind in NameKind)
    return tuple(kind for kind in kinds if kind.total)


def _kind(kind: NameKind, entries: Iterable[IndexedName]) -> IndexedKind:
    ordered = sorted(entries, key=lambda entry: fold(entry.name.label))
    letters = tuple((letter, tuple(group)) for letter, group in groupby(ordered, _letter))
    return IndexedKind(kind.value, KIND_PLURALS[kind], len(ordered), letters)


def _letter(entry: IndexedName) -> str:
    first = fold(entry.name.label)[:1].upper()
    return first if first.isalpha() else "#"
