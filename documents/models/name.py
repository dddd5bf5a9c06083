"""The authority file: bodies, persons, places, instruments and concepts. Issuing bodies are its first entries."""

from __future__ import annotations

from django.db import models

from documents.models.slugged import Slugged
from documents.models.vocabulary import NameKind


class Name(Slugged):
    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.BODY)
    label = models.CharField("name", max_length=250, help_text="The form of the name that pages show.")

    class Meta:
        ordering = ("label",)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "label"),
                name="one_name_a_kind_and_label",
                violation_error_message="This name is there already.",
            ),
        )

    def __str__(self) -> str:
        return self.label

    def slug_source(self) -> tuple[str, ...]:
        return (self.label,)
