"""Typed relations between documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from documents.models.vocabulary import RelationTerm

if TYPE_CHECKING:
    from documents.models.document import Document


class RelationQuerySet(models.QuerySet["Relation"]):
    def from_published(self) -> Self:
        """Those of documents ever published: what revisions tell of and readers may have seen."""
        return self.filter(document__published_at__isnull=False)


class Relation(models.Model):
    """`document` stands in this relation to `target`, or to a thing that the archive does not hold (`target_text`)."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="relations")
    term = models.CharField(max_length=30, choices=RelationTerm, default=RelationTerm.RELATION)
    target = models.ForeignKey(
        "documents.Document", on_delete=models.CASCADE, null=True, blank=True, related_name="relations_from_others"
    )
    target_text = models.CharField(
        max_length=500, blank=True, help_text="Where the archive does not hold it: its name."
    )

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(target__isnull=False) | ~models.Q(target_text=""),
                name="a_relation_has_a_target",
                violation_error_message="Choose a document, or say in words what it is related to.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_term_display()} {self.target or self.target_text}"

    def clean(self) -> None:
        super().clean()
        if self.target_id and self.target_id == self.document_id:
            raise ValidationError({"target": "A document is not related to itself. Choose another one."})


@receiver(pre_delete, sender="documents.Document")
def keep_what_is_referred_to(instance: Document, **signal: Any) -> None:
    """A draft that goes takes the relations to it along; those of a published document would go untold."""
    relations = Relation.objects.from_published().filter(target=instance)
    referring: set[models.Model] = {relation.document for relation in relations.select_related("document")}
    if referring:
        raise ProtectedError("Published documents refer to this draft. Take these relations away first.", referring)
