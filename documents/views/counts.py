"""Collections and tags with the number of published documents in each. What only drafts carry is not public."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet

from documents.models import Collection, State, Tag


def collections_in_use() -> QuerySet[Collection]:
    """By title; each with `total`."""
    counted = Collection.objects.filter(documents__state=State.PUBLISHED).annotate(total=Count("documents"))
    return counted.order_by("title")


def tags_in_use() -> QuerySet[Tag]:
    """By name; each with `total`."""
    counted = Tag.objects.filter(tagged__content_object__state=State.PUBLISHED).annotate(total=Count("tagged"))
    return counted.order_by("name")


def most_used_tags(limit: int) -> list[Tag]:
    """The most used, by name."""
    most_used = tags_in_use().order_by(F("total").desc(), "name")[:limit]
    return sorted(most_used, key=lambda tag: tag.name.casefold())
