"""What the pages of symbols show: which symbols the archive cites and holds, and where each is cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from documents import symbols
from documents.caching import per_generation
from documents.models import Document, Generation, State
from documents.models.mention import CitedSymbol
from documents.search.records import read_paragraphs
from documents.search.snippets import Passage, highlighter
from documents.search.trees import Or, Symbol

BESIDE_SHOWN = 8

_PLAIN_RESOLUTION = re.compile(r"(?P<short>(?P<body>[AS])/RES/[0-9]+)(?:\((?P<bracket>[^)]+)\)[A-Z]*)?")
_RESOLUTION_OF_SESSION = re.compile(r"A/RES/(?P<session>(?:S-|ES-)?[0-9]+)/[0-9]+[A-Z]*")
_DIGITS = re.compile(r"([0-9]+)")


class Series(StrEnum):
    """The parts of the index, as its address says them."""

    SECURITY_COUNCIL = "security-council"
    GENERAL_ASSEMBLY = "general-assembly"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _SERIES_LABELS[self]


_SERIES_LABELS = {
    Series.SECURITY_COUNCIL: "Resolutions of the Security Council",
    Series.GENERAL_ASSEMBLY: "Resolutions of the General Assembly",
    Series.OTHER: "Other documents",
}
# Organs with few documents of their own stand together at the end: by the alphabet, too, they follow these.
_ORGANS = {"A": "General Assembly", "E": "Economic and Social Council", "S": "Security Council"}


@dataclass(frozen=True, slots=True)
class KnownSymbol:
    """A symbol that published documents cite, or that is itself held. total: how many documents cite it."""

    symbol: str
    slug: str
    total: int
    is_held: bool

    @property
    def in_words(self) -> str:
        """How texts name a resolution; empty for other documents."""
        return resolution_in_words(self.symbol)

    @property
    def short(self) -> str:
        """The symbol without year or session, S/RES/1373; empty where it has none to leave out."""
        match = _PLAIN_RESOLUTION.fullmatch(self.symbol)
        return match["short"] if match and match["bracket"] else ""

    @property
    def series(self) -> Series:
        if self.symbol.startswith("S/RES/"):
            return Series.SECURITY_COUNCIL
        return Series.GENERAL_ASSEMBLY if self.symbol.startswith("A/RES/") else Series.OTHER

    @property
    def heading(self) -> str:
        """What it stands under in the index of its series."""
        if match := _RESOLUTION_OF_SESSION.fullmatch(self.symbol):
            return f"Session {match['session']}"
        organ, kind, number = (*self.symbol.split("/"), "")[:3]
        if kind != "RES":
            return _ORGANS.get(organ, "Other bodies")
        hundred = int(_DIGITS.split(number)[1]) // 100 * 100
        return f"{hundred or 1} to {hundred + 99}"


@dataclass(frozen=True, slots=True)
class SymbolIndex:
    """Every symbol that the public can see, by slug, in numeric order; held: ids of documents by the symbol's slug."""

    by_slug: Mapping[str, KnownSymbol]
    held: Mapping[str, tuple[int, ...]]
    dated: Mapping[str, tuple[KnownSymbol, ...]] = field(repr=False)  # by the slug of the short form

    def of_series(self, series: Series) -> list[KnownSymbol]:
        return [known for known in self.by_slug.values() if known.series is series]


@per_generation
def symbol_index(generation: int) -> SymbolIndex:
    """Counted once for each generation: a grouped count over all that is cited."""
    held = _held()
    names = {slug: symbol for slug, (symbol, _) in held.items()}
    cited = CitedSymbol.objects.filter(document__state=State.PUBLISHED).order_by()
    totals: dict[str, int] = {}
    for slug, symbol, total in cited.values_list("slug", "symbol").annotate(total=Count("document", distinct=True)):
        names[slug] = symbol
        totals[slug] = total
    known = [KnownSymbol(symbol, slug, totals.get(slug, 0), slug in held) for slug, symbol in names.items()]
    by_slug = {each.slug: each for each in sorted(known, key=_index_order)}
    return SymbolIndex(by_slug, {slug: tuple(ids) for slug, (_, ids) in held.items()}, _dated(by_slug.values()))


def known_symbol(query: str) -> KnownSymbol | None:
    """The symbol that a query consists of, where it is cited or held; without a year, the only one that it fits."""
    text = query.strip()
    bare = symbols.find_bare_resolutions(text)
    symbol = symbols.normalise(text) or (bare[0].symbol if bare and bare[0].end - bare[0].start == len(text) else "")
    if not symbol:
        return None
    slug, index = symbols.slug(symbol), symbol_index(Generation.current())
    dated = index.dated.get(slug, ())
    return dated[0] if len(dated) == 1 else index.by_slug.get(slug)


def _held() -> dict[str, tuple[str, list[int]]]:
    """Each symbol that a published document bears as its identifier, and the documents: there may be translations."""
    held: dict[str, tuple[str, list[int]]] = {}
    documents = Document.objects.published().filter(identifier__contains="/").in_date_order()
    for pk, identifier in documents.values_list("pk", "identifier"):
        if symbol := symbols.normalise(identifier):
            held.setdefault(symbols.slug(symbol), (symbol, []))[1].append(pk)
    return held


def _dated(known: Iterable[KnownSymbol]) -> dict[str, tuple[KnownSymbol, ...]]:
    dated: dict[str, list[KnownSymbol]] = defaultdict(list)
    for each in known:
        if each.short:
            dated[symbols.slug(each.short)].append(each)
    return {short: tuple(those) for short, those in dated.items()}


def _index_order(known: KnownSymbol) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """Organs with a heading of their own first; numbers by their size, so that S/RES/242 stands before S/RES/1373."""
    parts = _DIGITS.split(known.symbol)
    sizes = tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
    return known.symbol.partition("/")[0] not in _ORGANS, sizes


def resolution_in_words(symbol: str) -> str:
    """Security Council resolution 1373 (2001); empty for what is no resolution of these bodies."""
    if match := _PLAIN_RESOLUTION.fullmatch(symbol):
        body = "Security Council" if match["body"] == "S" else "General Assembly"
        number, bracket, rest = symbol.split("/")[2].partition("(")
        return f"{body} resolution {number} {bracket}{rest}".rstrip()
    if _RESOLUTION_OF_SESSION.fullmatch(symbol):
        return f"General Assembly resolution {symbol.removeprefix('A/RES/')}"
    return ""


# --- Where a symbol is cited ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CitingPassage:
    """A Passage, and whether only the text before it tells what is cited there."""

    passage: Passage
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Citing:
    """A document that cites the symbol: its best passages, and how many other paragraphs do."""

    document: Document
    passages: tuple[CitingPassage, ...]
    others: int


def meant_by(known: KnownSymbol, index: SymbolIndex) -> tuple[str, ...]:
    """The symbols that mean this one: itself and, where no other has the same number, it without its year."""
    is_alone = known.short and len(index.dated[symbols.slug(known.short)]) == 1
    return (known.symbol, known.short) if is_alone else (known.symbol,)


def citing_documents(meant: tuple[str, ...]) -> QuerySet[Document]:
    """The published documents that cite one of the symbols, in date order."""
    cited = CitedSymbol.objects.filter(slug__in=[symbols.slug(symbol) for symbol in meant])
    documents = Document.objects.published().filter(pk__in=cited.values("document"))
    return documents.in_date_order().select_related("issuing_body").defer("text", "body_html", "contents")


def passages_citing(documents: Iterable[Document], meant: tuple[str, ...]) -> list[Citing]:
    """These documents with the passages that cite one of the symbols; two queries, however many they are."""
    shown = list(documents)
    ids = [document.pk for document in shown]
    inferred = _inferred_paragraphs(ids, meant)
    paragraphs = read_paragraphs(ids)
    marking = highlighter(Or(tuple(Symbol(symbol) for symbol in meant)))
    citing = []
    for document in shown:
        found = marking.find(paragraphs.get(document.pk, []))
        passages = tuple(
            CitingPassage(passage, (document.pk, passage.paragraph) in inferred) for passage in found.passages
        )
        citing.append(Citing(document, passages, found.paragraphs - len(passages)))
    return citing


def _inferred_paragraphs(ids: list[int], meant: tuple[str, ...]) -> set[tuple[int, int]]:
    """(document, paragraph) where the symbol is cited, but nowhere beyond doubt."""
    cited = CitedSymbol.objects.filter(document__in=ids, slug__in=[symbols.slug(symbol) for symbol in meant])
    told: dict[tuple[int, int], bool] = {}
    for document, paragraph, is_inferred in cited.values_list("document", "paragraph", "is_inferred"):
        told[document, paragraph] = told.get((document, paragraph), True) and is_inferred
    return {place for place, is_inferred in told.items() if is_inferred}


def cited_beside(meant: tuple[str, ...], index: SymbolIndex) -> list[tuple[KnownSymbol, int]]:
    """The symbols most often cited by the same documents, with how many of these cite both."""
    slugs = [symbols.slug(symbol) for symbol in meant]
    documents = CitedSymbol.objects.filter(slug__in=slugs, document__state=State.PUBLISHED)
    others = CitedSymbol.objects.filter(document__in=documents.values("document")).exclude(slug__in=slugs).order_by()
    counted = others.values_list("slug").annotate(total=Count("document", distinct=True)).filter(Q(total__gt=1))
    most = counted.order_by("-total", "slug")[:BESIDE_SHOWN]
    return [(index.by_slug[slug], total) for slug, total in most if slug in index.by_slug]
