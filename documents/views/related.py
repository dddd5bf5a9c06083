"""Documents related to one: by relations that cataloguers stated, as translations, and by what their texts share.

Translations are derived whenever they are asked for, from collection, identifier and language, and never stored: so an
edit in the admin counts at once, an import need not know which came first, and nothing can contradict the records. The
package does not say which text was translated from which, and neither do we.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from documents.fixed_queries import FixedQuery, Given, fetch
from documents.models import Document, Relation, RelationTerm, State
from documents.views.neighbours import LISTED

VERSION_TERMS = frozenset(
    {
        RelationTerm.IS_TRANSLATION_OF,
        RelationTerm.HAS_TRANSLATION,
        RelationTerm.IS_VERSION_OF,
        RelationTerm.HAS_VERSION,
    }
)

# --- What the record says ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Related:
    """How this document is related to another, or to something that the archive does not hold (`text`)."""

    term: RelationTerm
    document: Document | None
    text: str


_PUBLIC_TARGET = Q(target__isnull=True) | Q(target__state=State.PUBLISHED)
_RELATIONS = FixedQuery(
    Relation.objects.filter(
        Q(document=Given("document")) & _PUBLIC_TARGET | Q(target=Given("document"), document__state=State.PUBLISHED)
    )
    .select_related("document", "target")
    .only("term", "target_text", *(f"{side}__{field}" for side in ("document", "target") for field in LISTED))
)


def relations_of(document: Document) -> list[Related]:
    """Relations from either side, each once, without those whose other end is not public."""
    return list(dict.fromkeys(_seen_from(document, relation) for relation in _RELATIONS(document=document.pk)))


def _seen_from(document: Document, relation: Relation) -> Related:
    term = RelationTerm(relation.term)
    if relation.document_id == document.pk:
        return Related(term, relation.target, relation.target_text)
    return Related(term.inverse, relation.document, "")


_SAME_TEXT = FixedQuery(
    Document.objects.published()
    .filter(collection=Given("collection"), identifier=Given("identifier"))
    .exclude(language=Given("language"))
    .order_by("language", "slug")
    .only(*LISTED)
)


def translations_of(document: Document) -> list[Document]:
    """The same text in other languages, as collection and identifier tell; nothing of one without identifier."""
    if not document.identifier:
        return []
    same = {"collection": document.collection_id, "identifier": document.identifier}
    return _SAME_TEXT(**same, language=document.language)


def versions(relations: Iterable[Related], translations: Iterable[Document]) -> list[Document]:
    """What can be read beside the document: its translations and versions, each once."""
    stated = (related.document for related in relations if related.term in VERSION_TERMS and related.document)
    return list(dict.fromkeys((*translations, *stated)))


# --- What the texts share ---------------------------------------------------------------------------------------------

SHOWN = 5
SHOWN_OF_A_COLLECTION = 3  # where others are related too: a collection of thousands always has someone who names it
REASONS_SHOWN = 3
CANDIDATES = 40  # the best by what they share, of which some may be withdrawn
# Paragraphs looked at. What is named in more tells little, and is left out; what remains is looked at from the rarest
# on until these are spent, so that no document takes long, whatever it names.
MOST_PARAGRAPHS_OF_ONE = 400
MOST_PARAGRAPHS = 3000
LEAST_WEIGHT = 0.25  # a name in fifty paragraphs, once: one that stands in hundreds must come often, or not alone


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that both texts name: a symbol, or a name that the other text has so many times."""

    kind: str  # "symbol" or "name"
    label: str
    times: int


@dataclass(frozen=True, slots=True)
class Kindred:
    """A document whose text names what this one's does, the rarest first."""

    document: Document
    reasons: tuple[Reason, ...]

    @property
    def in_words(self) -> str:
        """As in "cites S/RES/1373(2001) too; names UNCCT 4 times"."""
        cited = [reason.label for reason in self.reasons if reason.kind == "symbol"]
        named = [f"{reason.label} {_times(reason.times)}" for reason in self.reasons if reason.kind == "name"]
        parts = [f"cites {_listed(cited)} too" if cited else "", f"names {_listed(named)}" if named else ""]
        return "; ".join(filter(None, parts))


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


# Each shared name or symbol weighs 1 / ln(paragraphs that have it), as Adamic and Adar weigh what two people have in
# common ("Friends and neighbors on the Web", Social Networks 25, 2003), and more where both name it often. In SQL,
# because the rows of a common name are counted and cut off before Python sees any, and because the ORM has no windows
# over unions.
_SHARED_SQL = """
WITH own(kind, label, slug, name_id, own_times) AS (
    SELECT 'symbol', symbol, slug, 0, SUM(count) FROM documents_citedsymbol WHERE document_id = %(document)s
    GROUP BY symbol, slug
    UNION ALL
    SELECT 'name', label, '', name_id, SUM(count)
    FROM documents_mention JOIN documents_name ON documents_name.id = name_id WHERE document_id = %(document)s
    GROUP BY label, name_id
),
counted AS (
    SELECT own.*, CASE kind
        WHEN 'symbol' THEN (SELECT COUNT(*) FROM (
            SELECT 1 FROM documents_citedsymbol AS held WHERE held.slug = own.slug LIMIT %(most_of_one)s) AS held)
        ELSE (SELECT COUNT(*) FROM (
            SELECT 1 FROM documents_mention AS held WHERE held.name_id = own.name_id LIMIT %(most_of_one)s) AS held)
        END AS paragraphs
    FROM own
),
rare AS (
    SELECT * FROM (
        SELECT counted.*, SUM(paragraphs) OVER (ORDER BY paragraphs, kind DESC, label) AS spent FROM counted
        WHERE paragraphs < %(most_of_one)s
    ) AS counted WHERE spent <= %(most)s
),
shared AS (
    SELECT document_id, kind, label, paragraphs, own_times, SUM(count) AS times
    FROM rare JOIN documents_citedsymbol AS held ON kind = 'symbol' AND held.slug = rare.slug
    WHERE document_id <> %(document)s GROUP BY document_id, kind, label, paragraphs, own_times
    UNION ALL
    SELECT document_id, kind, label, paragraphs, own_times, SUM(count) AS times
    FROM rare JOIN documents_mention AS held ON kind = 'name' AND held.name_id = rare.name_id
    WHERE document_id <> %(document)s GROUP BY document_id, kind, label, paragraphs, own_times
),
weighed AS (
    SELECT document_id, SUM(
        (1 + LN(CASE WHEN times < own_times THEN times ELSE own_times END)) / LN(1 + paragraphs)
    ) AS weight FROM shared GROUP BY document_id
),
best AS (
    SELECT *, (
        SELECT collection_id FROM documents_document AS held WHERE held.id = document_id AND state = %(published)s
    ) AS collection_id
    FROM weighed WHERE weight >= %(least)s ORDER BY weight DESC, document_id LIMIT %(candidates)s
)
SELECT document_id, collection_id, kind, label, times FROM best JOIN shared USING (document_id)
ORDER BY weight DESC, document_id, paragraphs, kind DESC, label
"""


def shared_with(document: Document, known: Iterable[Document]) -> dict[int, list[Reason]]:
    """By the id of at most SHOWN published documents, the likest first: what it shares, the rarest first. One query.

    known: documents that the page names already as translations or relations; they are left out.
    """
    bounds = {
        "most_of_one": MOST_PARAGRAPHS_OF_ONE,
        "most": MOST_PARAGRAPHS,
        "least": LEAST_WEIGHT,
        "candidates": CANDIDATES,
        "published": State.PUBLISHED,
    }
    named = {other.pk for other in known}
    reasons: dict[int, list[Reason]] = defaultdict(list)
    collections: dict[int, int] = {}
    for key, collection, kind, label, times in fetch(_SHARED_SQL, {"document": document.pk, **bounds}):
        if collection is not None and key not in named:
            collections[key] = collection
            reasons[key].append(Reason(kind, label, times))
    return {key: reasons[key][:REASONS_SHOWN] for key in _mixed(collections)}


def kindred_of(shared: Mapping[int, Sequence[Reason]], rows: Mapping[int, Document]) -> list[Kindred]:
    """shared: what shared_with() gives; rows: what listed() gives of its keys."""
    return [Kindred(rows[key], tuple(reasons)) for key, reasons in shared.items() if key in rows]


def _mixed(collections: Mapping[int, int]) -> list[int]:
    """The first of all, but no collection takes all the places while others have someone to show.

    collections: by the ids of documents, the likest first.
    """
    taken: dict[int, int] = defaultdict(int)
    first: list[int] = []
    rest: list[int] = []
    for key, collection in collections.items():
        taken[collection] += 1
        (first if taken[collection] <= SHOWN_OF_A_COLLECTION else rest).append(key)
    chosen = {*[*first, *rest][:SHOWN]}
    return [key for key in collections if key in chosen]
