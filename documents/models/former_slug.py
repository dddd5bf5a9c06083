"""Addresses that records once had. They lead on for ever and are never given to another record of the same model."""

from __future__ import annotations

from typing import Self

from django.db import models


class FormerSlug(models.Model):
    """A slug that the record of this model and primary key once had."""

    model_name = models.CharField(max_length=50)
    slug = models.SlugField(max_length=100)
    record_id = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model_name", "slug"), name="one_record_for_a_former_slug"),)

    def __str__(self) -> str:
        return f"{self.model_name} {self.slug}"

    @classmethod
    def remember(cls, record: models.Model, slug: str) -> Self:
        """Keep the slug leading to this record; the record's present slug is no former one any more."""
        name = record._meta.model_name
        cls.objects.filter(model_name=name, slug=getattr(record, "slug", "")).delete()
        former, _ = cls.objects.update_or_create(model_name=name, slug=slug, defaults={"record_id": record.pk})
        return former

    @classmethod
    def leads_elsewhere(cls, record: models.Model, slug: str) -> bool:
        """Whether the slug was another record's."""
        former = cls.objects.filter(model_name=record._meta.model_name, slug=slug)
        return former.exclude(record_id=record.pk).exists() if record.pk else former.exists()

    @classmethod
    def record_id_for(cls, model: type[models.Model], slug: str) -> int | None:
        """The primary key of the record that once had this slug."""
        former = cls.objects.filter(model_name=model._meta.model_name, slug=slug)
        return former.values_list("record_id", flat=True).first()
