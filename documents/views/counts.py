"""Collections and tags with the number of published documents in each. What only drafts carry is not public."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from documents.caching import per_generation
from documents.fixed_queries import Given
from documents.models import Collection, Document, Revision, State, Tag
from documents.models.revision import is_named_in_revisions


def collections_in_use() -> QuerySet[Collection]:
    """By title; each with `total`."""
    counted = Collection.objects.filter(documents__state=State.PUBLISHED).annotate(total=Count("documents"))
    return counted.order_by("title")


def tags_in_use() -> QuerySet[Tag]:
    """By name; each with `total`."""
    counted = Tag.objects.filter(tagged__content_object__state=State.PUBLISHED).annotate(total=Count("tagged"))
    return counted.order_by("name")


def collections_ever_public() -> QuerySet[Collection]:
    """Those with pages, which may be empty now: a document of theirs was published, or was while it was theirs."""
    published = Document.objects.ever_published().filter(collection=OuterRef("pk"))
    return Collection.objects.filter(Exists(published) | is_named_in_revisions("collection"))


def tags_ever_public(taken_off: Given) -> QuerySet[Tag]:
    """Those with pages, which may be empty now: documents that carry them are withdrawn, or carry them no more.

    taken_off: stands for what tags_taken_off() tells.
    """
    return Tag.objects.filter(_is_carried() | Q(pk__in=taken_off))


def _is_carried() -> Exists:
    """By a document that was ever published."""
    return Exists(Document.objects.ever_published().filter(tagged__tag=OuterRef("pk")))


@per_generation
def tags_taken_off(generation: int) -> frozenset[int]:
    """Ids of tags that nothing ever published carries and a revision names.

    Compared in Python: databases write the names in a revision's JSON each in its own way. It reads a line for each
    revision, but only where there are such tags, and once a generation.
    """
    idle = dict(Tag.objects.exclude(_is_carried()).values_list("name", "pk"))
    named = Revision.objects.order_by().values_list("fields__tags", flat=True) if idle else ()
    return frozenset(idle[name] for names in named for name in names or () if name in idle)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds: how many documents, and its collections and tags by name, each with `total`."""

    documents: int
    collections: tuple[Collection, ...]
    tags: tuple[Tag, ...]

    def most_used_tags(self, limit: int) -> list[Tag]:
        """The most used, by name."""
        most_used = sorted(self.tags, key=attrgetter("total"), reverse=True)[:limit]
        return sorted(most_used, key=lambda tag: tag.name.casefold())


@per_generation
def holdings(generation: int) -> Holdings:
    """Counted once for each generation: on ten thousand documents it takes a fifth of a second."""
    return Holdings(Document.objects.published().count(), tuple(collections_in_use()), tuple(tags_in_use()))
