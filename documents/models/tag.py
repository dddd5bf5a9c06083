"""Tags: django-taggit's, with slugs in any script and a real foreign key to the document."""

from __future__ import annotations

from django.db import models
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


class TaggedDocument(ItemBase):
    content_object = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("content_object", "tag"), name="a_tag_once_a_document"),)
