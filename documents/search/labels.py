"""What people call the values of filters: the index holds slugs, pages show titles and names."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.models import QuerySet, Value

from documents.caching import per_generation
from documents.fixed_queries import fetch
from documents.languages import language_name
from documents.models import Collection, Document, Name, NameForm, Tag
from documents.search.analysis import slug_of
from documents.search.trees import Keyword, Node, rewrite, walk

Labels = dict[tuple[str, str], str]  # by field and value

MOST_KEPT = 20_000  # labels, a few megabytes; readers may type any number of values

_RECORDS: dict[str, tuple[QuerySet, str]] = {
    "collection": (Collection.objects.order_by(), "title"),
    "body": (Name.objects.order_by(), "label"),
    "tag": (Tag.objects.order_by(), "name"),
    "name": (Name.objects.order_by(), "label"),
}
_LABELS_SQL = " UNION ALL ".join(
    f"SELECT '{field}', slug, {label} FROM {records.model._meta.db_table}"
    " WHERE slug IN (SELECT value FROM json_each(%s))"
    for field, (records, label) in _RECORDS.items()
)
_WRITTEN_ON_DOCUMENTS = ("type", "place")
_OF_NAMES = ("body", "name")


def read_labels(keywords: Iterable[Keyword], generation: int) -> Labels:
    """The labels of these values; one query or two where some are new to this process in this generation.

    A value that nothing is called by is its own label.
    """
    asked = {(keyword.field, keyword.value) for keyword in keywords}
    kept = _kept(generation)
    labels = {key: label for key in asked if (label := kept.get(key)) is not None}
    if len(labels) < len(asked):
        new = _read(asked - labels.keys(), generation)
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept |= new
        labels |= new
    return labels


@per_generation
def _kept(generation: int) -> Labels:
    """Filled as pages ask: every page shows the same few of all values."""
    return {}


def _read(asked: set[tuple[str, str]], generation: int) -> Labels:
    labels = {(field, value): _plain_label(field, value) for field, value in asked}
    labels |= _record_labels(asked)
    if any(field in _WRITTEN_ON_DOCUMENTS for field, _ in asked):
        written = written_labels(generation)
        labels |= {key: written[key] for key in asked & written.keys()}
    return labels


def _plain_label(field: str, value: str) -> str:
    if field == "language":
        return language_name(value)
    return f"{value}s" if field == "decade" else value


def _record_labels(asked: set[tuple[str, str]]) -> Labels:
    slugs = {field: [value for name, value in asked if name == field] for field in _RECORDS}
    if not any(slugs.values()):
        return {}
    rows = fetch(_LABELS_SQL, [json.dumps(of_field) for of_field in slugs.values()])
    return {(field, slug): label for field, slug, label in rows}


def _labelled(field: str) -> QuerySet:
    records, label = _RECORDS[field]
    return records.annotate(field=Value(field)).values_list("field", "slug", label)


@per_generation
def written_labels(generation: int) -> Labels:
    """Every document type and place; where documents write one differently, the first in the alphabet."""
    found: Labels = {}
    for field in _WRITTEN_ON_DOCUMENTS:
        values = Document.objects.published().exclude(**{field: ""}).order_by(f"-{field}")
        found |= {(field, slug_of(value)): value for value in values.values_list(field, flat=True).distinct()}
    return found


# --- From what is called so to its value ------------------------------------------------------------------------------


def resolve(root: Node) -> Node:
    """The query with what collections, bodies, names and tags are called led to their slugs, which outlive it."""
    typed = {node for node in walk(root) if isinstance(node, Keyword) and node.field in _RECORDS}
    slugs = _slugs_by_name(typed) if typed else {}
    return rewrite(root, lambda leaf: slugs.get(leaf, leaf)) if slugs else root


def _slugs_by_name(typed: set[Keyword]) -> dict[Node, Keyword]:
    fields = sorted({keyword.field for keyword in typed})
    called, slugs = _called(fields)
    return {
        keyword: Keyword(keyword.field, called[keyword.field, keyword.value])
        for keyword in typed
        if (keyword.field, keyword.value) not in slugs and (keyword.field, keyword.value) in called
    }


def _called(fields: list[str]) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    """By field and what it is called, as a slug: the slug of every record, and all slugs; in one query."""
    variants = [
        NameForm.objects.order_by().annotate(field=Value(f"{field} form")).values_list("field", "name__slug", "text")
        for field in fields
        if field in _OF_NAMES
    ]
    parts = [*variants, *map(_labelled, fields)]
    called: dict[tuple[str, str], str] = {}
    slugs: set[tuple[str, str]] = set()
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: not row[0].endswith(" form"))
    for source, slug, label in rows:  # what a record itself is called settles what a variant may claim too
        field = source.removesuffix(" form")
        called[field, slug_of(label)] = slug
        if source == field:
            slugs.add((field, slug))
    return called, slugs
