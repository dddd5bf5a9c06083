"""Tags: django-taggit's, with slugs in any script and a real foreign key to the document."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from django.db.backends.signals import connection_created
from django.db.models.lookups import IExact
from django.dispatch import receiver
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from documents.search.analysis import slug_of


class Tag(TagBase):
    """A tag; its slug is made once, from its first name, so that renaming it breaks no address."""

    class Meta:
        ordering = ("name",)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slug_of(tag)[:90] or "tag"
        return slug if i is None else f"{slug}-{i + 1}"

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


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


class TaggedDocument(ItemBase):
    content_object = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("content_object", "tag"), name="a_tag_once_a_document"),)
