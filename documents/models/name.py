"""The authority file: bodies, persons, places, instruments and concepts, with the forms in which texts write them."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction

from documents.addresses import address_of
from documents.caching import per_generation
from documents.fixed_queries import fetch
from documents.mentions import FIRST_WORD, NameFinder
from documents.mentions import NameForm as FormOfName
from documents.models.indexing import Generation
from documents.models.revision import edit_digest
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
    imported_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of its state when last imported."
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
        return address_of("name", self.slug)

    def slug_source(self) -> tuple[str, ...]:
        return (self.label,)

    @transaction.atomic  # with what its receivers mark
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)

    def refuse_label_of_another(self) -> None:
        """Raises ValidationError where another name has the label as a variant form: texts could mean either."""
        if NameForm.objects.filter(text__iexact=self.label).exclude(name=self.pk).exists():
            sentence = "This is a variant form of another name. Merge the two, or take it out there."
            raise ValidationError({"label": sentence})

    def written_forms(self) -> list[str]:
        """The label and the variant forms."""
        return list(dict.fromkeys([self.label, *(form.text for form in self.forms.all())]))

    def digest(self) -> str:
        """SHA-256 of everything that an admin can change: what tells an import that one was here."""
        forms = sorted(self.forms.values_list("text", "evidence", "source"))
        related = sorted(self.related.values_list("slug", flat=True))
        state = (self.slug, self.kind, self.label, self.note, self.is_linked, self.merged_into_id, forms, related)
        return hashlib.sha256(repr(state).encode()).hexdigest()

    @transaction.atomic
    def merge_into(self, other: Name) -> None:
        """Give everything of this name to the other one. This one's addresses lead there from then on."""
        if other.pk == self.pk or other.merged_into_id:
            raise ValueError("A name is merged into another one that has a page of its own.")
        for text in self.written_forms():
            if not NameForm.objects.filter(text__iexact=text).exclude(name=self).exists():
                NameForm.objects.update_or_create(text=text, defaults={"name": other})
        self.forms.all().delete()
        self._give_documents_to(other)
        other.related.add(*self.related.exclude(pk=other.pk))
        self.related.clear()
        Name.objects.filter(merged_into=self).update(merged_into=other)
        self.merged_into = other
        self.save()

    def _give_documents_to(self, other: Name) -> None:
        """Those that nobody edited since their import still count as imported: a merger is no edit of theirs."""
        imported = self.documents_issued.exclude(imported_digest="")
        unedited = [
            document.pk for document in imported.iterator() if document.imported_digest == edit_digest(document)
        ]
        self.documents_issued.update(issuing_body=other)
        for document in other.documents_issued.filter(pk__in=unedited).iterator():
            other.documents_issued.filter(pk=document.pk).update(imported_digest=edit_digest(document))


class NameForm(models.Model):
    """A variant form of a name, and the words of a text that show it."""

    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="forms")
    text = models.CharField(
        "form", max_length=250, unique=True, error_messages={"unique": "Another name has this form already."}
    )
    evidence = models.CharField(
        max_length=500, blank=True, help_text="The words of a text that show it, as they stand there."
    )
    source = models.CharField(
        max_length=500, blank=True, help_text="The file of the text in its import package: 003-cooperation.md."
    )

    class Meta:
        ordering = ("text",)

    def __str__(self) -> str:
        return self.text

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not FIRST_WORD.search(self.text):
            raise ValidationError({"text": "A form has at least one letter or digit."})
        same = NameForm.objects.filter(text__iexact=self.text).exclude(pk=self.pk)
        label_of = Name.objects.current().filter(label__iexact=self.text).exclude(pk=self.name_id)
        if same.exists() or label_of.exists():
            raise ValidationError({"text": "Another name has this form already. Merge the two, or leave it out here."})


def name_finder() -> NameFinder:
    """Finds every form of every name that texts link to, as the authority file is now."""
    return _finder(Generation.current(Generation.NAMES))


@per_generation
def _finder(generation: int) -> NameFinder:
    return NameFinder(linked_forms())


def linked_forms() -> list[FormOfName]:
    """Every form of every name that texts link to, each once, in one query."""
    return [FormOfName(*written) for written in fetch(*_linked_forms_sql())]


@cache
def _linked_forms_sql() -> tuple[str, tuple[Any, ...]]:
    names = Name.objects.current().filter(is_linked=True).order_by()
    variants = NameForm.objects.filter(name__in=names).order_by().values_list("text", "name__slug")
    return names.values_list("label", "slug").union(variants).query.sql_with_params()
