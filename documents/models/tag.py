"""Tags: django-taggit's, with slugs in any script and a real foreign key to the document."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.backends.signals import connection_created
from django.db.models.lookups import IExact
from django.dispatch import receiver
from taggit.models import ItemBase, TagBase

from documents.addresses import address_of
from documents.models.revision import Revision
from documents.search.analysis import slug_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

RECORDED_AT_ONCE = 100  # documents held in memory with their texts


class Tag(TagBase):
    """A tag; its slug is made once, from its first name, so that renaming it breaks no address."""

    class Meta:
        ordering = ("name",)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slug_of(tag)[:90] or "tag"
        return slug if i is None else f"{slug}-{i + 1}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return delete_tags([self])

    def get_absolute_url(self) -> str:
        return address_of("tag", self.slug)


@receiver(connection_created)
def add_fold_case(connection: Any, **signal: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("fold_case", 1, _fold_case, deterministic=True)


def _fold_case(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


class _SameInAnyCase(IExact):
    """`iexact` in any script: SQLite's own knows the capitals of ASCII alone."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"fold_case({left}) = %s", [*parameters, _fold_case(self.rhs)]


# By which admin, import and taggit (TAGGIT_CASE_INSENSITIVE) all look for a tag.
Tag._meta.get_field("name").register_lookup(_SameInAnyCase)


def delete_tags(tags: Sequence[Tag], *, editor: AbstractBaseUser | None = None) -> tuple[int, dict[str, int]]:
    """Delete them, and record a revision of each published document that carried one."""
    links = TaggedDocument.objects.filter(tag__in=tags, content_object__published_at__isnull=False)
    carriers = sorted(set(links.values_list("content_object", flat=True)))
    names = ", ".join(f"“{tag}”" for tag in tags)
    reason = f"The tag {names} was deleted." if len(tags) == 1 else f"The tags {names} were deleted."
    every: Any = TaggedDocument._meta.get_field("content_object").related_model._default_manager
    documents = every.select_related("collection", "issuing_body")
    with transaction.atomic():
        deleted = Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
        for start in range(0, len(carriers), RECORDED_AT_ONCE):
            for document in documents.filter(pk__in=carriers[start : start + RECORDED_AT_ONCE]):
                Revision.record(document, editor=editor, reason=reason[:500])
    return deleted


class TaggedDocument(ItemBase):
    content_object = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("content_object", "tag"), name="a_tag_once_a_document"),)
