"""Collections: documents kept together because of where they come from."""

from __future__ import annotations

from django.db import models

from documents.addresses import address_of
from documents.models.slugged import Slugged


class Collection(Slugged):
    title = models.CharField(
        max_length=250, unique=True, error_messages={"unique": "A collection of this title is there already."}
    )
    description = models.TextField(blank=True, help_text="Where the documents come from, who gathered them and how.")

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def slug_source(self) -> tuple[str, ...]:
        return (self.title,)

    def get_absolute_url(self) -> str:
        return address_of("collection", self.slug)
