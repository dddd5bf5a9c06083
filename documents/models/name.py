"""The authority file: bodies, persons, places, instruments and concepts, with the forms in which texts write them."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from django.db import models, transaction
from django.urls import reverse

from documents.mentions import NameFinder
from documents.mentions import NameForm as FormOfName
from documents.models.indexing import Generation
from documents.models.slugged import Slugged
from documents.models.vocabulary import NameKind


class NameQuerySet(models.QuerySet["Name"]):
    def current(self) -> Self:
        """Those that have pages of their own; a merged one leads to another."""
        return self.filter(merged_into__isnull=True)


class Name(Slugged):
    """An entry. Its label is a form of its name too."""

    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.BODY)
    label = models.CharField("name", max_length=250, help_text="The form of the name that pages show.")
    note = models.TextField(blank=True, help_text="What the texts say that it is. Shown on its page.")
    is_linked = models.BooleanField(
        "linked in texts", default=True, help_text="Off for names so common that links to them would be noise."
    )
    related = models.ManyToManyField("self", blank=True, help_text="Names that a reader of this one may look for.")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    objects = NameQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("name", args=[self.slug])

    def slug_source(self) -> tuple[str, ...]:
        return (self.label,)

    def written_forms(self) -> list[str]:
        """The label and the variant forms."""
        return list(dict.fromkeys([self.label, *(form.text for form in self.forms.all())]))

    @transaction.atomic
    def merge_into(self, other: Name) -> None:
        """Give everything of this name to the other one. This one's addresses lead there from then on."""
        if other.pk == self.pk or other.merged_into_id:
            raise ValueError("A name is merged into another one that has a page of its own.")
        for text in self.written_forms():
            if not NameForm.objects.filter(text__iexact=text).exclude(name=self).exists():
                NameForm.objects.update_or_create(text=text, defaults={"name": other})
        self.forms.all().delete()
        self.documents_issued.update(issuing_body=other)
        other.related.add(*self.related.exclude(pk=other.pk))
        self.related.clear()
        Name.objects.filter(merged_into=self).update(merged_into=other)
        self.merged_into = other
        self.save()


class NameForm(models.Model):
    """A variant form of a name, and the words of a text that show it."""

    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="forms")
    text = models.CharField(
        "form", max_length=250, unique=True, error_messages={"unique": "Another name has this form already."}
    )
    evidence = models.CharField(max_length=500, blank=True, help_text="The words of a text that show it, quoted.")

    class Meta:
        ordering = ("text",)

    def __str__(self) -> str:
        return self.text


def name_finder() -> NameFinder:
    """Finds every form of every name that texts link to, as the authority file is now."""
    return _finder(Generation.current(Generation.NAMES))


@lru_cache(maxsize=2)
def _finder(version: int) -> NameFinder:
    names = Name.objects.current().filter(is_linked=True)
    labels = [FormOfName(label, slug) for label, slug in names.values_list("label", "slug")]
    variants = NameForm.objects.filter(name__in=names).values_list("text", "name__slug")
    return NameFinder([*labels, *(FormOfName(text, slug) for text, slug in variants)])
