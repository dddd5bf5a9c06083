"""Collections and tags with the number of published documents in each. What only drafts carry is not public."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from documents.models import Collection, State, Tag

_PUBLISHED_IN = Q(documents__state=State.PUBLISHED)
_PUBLISHED_UNDER = Q(tagged__content_object__state=State.PUBLISHED)


def collections_in_use() -> QuerySet[Collection]:
    """By title; each with `total`."""
    counted = Collection.objects.annotate(total=Count("documents", filter=_PUBLISHED_IN))
    return counted.filter(total__gt=0).order_by("title")


def tags_in_use() -> QuerySet[Tag]:
    """By name; each with `total`."""
    counted = Tag.objects.filter(_PUBLISHED_UNDER).annotate(total=Count("tagged"))
    return counted.order_by("name")


def most_used_tags(limit: int) -> list[Tag]:
    """The most used, by name."""
    most_used = tags_in_use().order_by("-total", "name")[:limit]
    return sorted(most_used, key=lambda tag: tag.name.casefold())
