"""Records with a UUID for exports and a slug for addresses; a slug that changes leads on for ever."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from documents.models.former_slug import FormerSlug
from documents.search.analysis import slug_of

SLUG_LENGTH = 100


class Slugged(models.Model):
    """A record with an address. `slug_source` says what its slug is made from where none is given."""

    uuid = models.UUIDField("UUID", default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        "address",
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text="The end of its web address. Left empty, it is made from the title; a former one leads on.",
        error_messages={"unique": "Another record has this address. Choose another, or leave it empty."},
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug.lower() or self._free_slug()
        previous = self._saved_slug() if self.pk else None
        super().save(*args, **kwargs)
        if previous and previous != self.slug:
            FormerSlug.remember(self, previous)

    def slug_source(self) -> tuple[str, ...]:
        """What a slug may be made from, the best first."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        self._refuse_slug_of_another()

    def _saved_slug(self) -> str | None:
        return type(self)._base_manager.filter(pk=self.pk).values_list("slug", flat=True).first()

    def _refuse_slug_of_another(self) -> None:
        if self.slug and FormerSlug.leads_elsewhere(self, self.slug):
            raise ValidationError(
                {"slug": "This was the address of another record, and still leads there. Choose another."}
            )

    def _free_slug(self) -> str:
        candidates = [shortened(slug) for source in self.slug_source() if (slug := slug_of(source))]
        candidates = candidates or [type(self).__name__.lower()]
        for candidate in candidates:
            if not self._is_taken(candidate):
                return candidate
        return self._numbered(candidates[0])

    def _numbered(self, base: str) -> str:
        number = 2
        while self._is_taken(candidate := f"{shortened(base, SLUG_LENGTH - 8)}-{number}"):
            number += 1
        return candidate

    def _is_taken(self, slug: str) -> bool:
        others = type(self)._base_manager.filter(slug=slug).exclude(pk=self.pk)
        return others.exists() or FormerSlug.leads_elsewhere(self, slug)


def shortened(slug: str, length: int = SLUG_LENGTH) -> str:
    """The slug cut at a hyphen so that no word is cut in two, unless it is one word."""
    if len(slug) <= length:
        return slug
    head, hyphen, _ = slug[: length + 1].rpartition("-")
    return head if hyphen else slug[:length]
