"""The rules of which documents are public and how they are ordered, each said once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.apps import apps
from django.db import models, transaction
from django.db.models import OuterRef, ProtectedError, Subquery
from django.dispatch import Signal

from documents.models.vocabulary import State

if TYPE_CHECKING:
    from documents.models.document import Document  # noqa: F401  # of which the queryset below is one

documents_changed = Signal()
"""Sent with `document_ids` where a queryset changes documents without saving each (Django sends nothing then)."""

# What is derived at save from these would be stale after an update() of the whole queryset.
RENDERED_FIELDS = frozenset({"title", "text", "date", "slug"})


class DocumentQuerySet(models.QuerySet["Document"]):
    def published(self) -> Self:
        """What readers see: the one rule of what is public."""
        return self.filter(state=State.PUBLISHED)

    def ever_published(self) -> Self:
        """What has public addresses: published, or withdrawn, which answers 410."""
        return self.filter(published_at__isnull=False)

    def with_latest_revision(self) -> Self:
        """Each with `latest_revision` (its number) and `latest_revision_at`; None where none was recorded."""
        latest = apps.get_model("documents", "Revision").objects.filter(document=OuterRef("pk")).order_by("-number")
        return self.annotate(
            latest_revision=Subquery(latest.values("number")[:1]),
            latest_revision_at=Subquery(latest.values("made_at")[:1]),
        )

    def in_date_order(self, *, newest_first: bool = False) -> Self:
        """By earliest, latest, slug; undated documents last either way."""
        if newest_first:
            return self.order_by("is_undated", "-order_earliest", "-order_latest", "slug")
        return self.order_by("is_undated", "order_earliest", "order_latest", "slug")

    def update(self, **values: Any) -> int:
        if stale := RENDERED_FIELDS & values.keys():
            raise TypeError(
                f"{', '.join(sorted(stale))} must be changed by saving each document: pages are made at save."
            )
        with transaction.atomic():
            ids = list(self.values_list("pk", flat=True))
            changed = super().update(**values)
            documents_changed.send(sender=self.model, document_ids=ids)
        return changed

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Save each document: its page, paragraphs and place in the index are made at save.")

    def delete(self) -> tuple[int, dict[str, int]]:
        kept: set[models.Model] = set(self.ever_published()[:20])
        if kept:
            raise ProtectedError("What was once published can only be withdrawn.", kept)
        return super().delete()
