"""Revisions: every state of a document that was public, numbered from 1, the first publication."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Replace

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from documents.models.document import Document

RECORDED_FIELDS = (
    "title",
    "title_basis",
    "date",
    "date_kind",
    "date_basis",
    "date_note",
    "creator",
    "type",
    "language",
    "place",
    "identifier",
    "source",
    "rights",
    "lacunae",
    "state",
    "withdrawal_reason",
)


class Revision(models.Model):
    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of text and fields.")
    fields = models.JSONField()
    paragraph_numbers = models.JSONField(help_text="The address of each paragraph, in reading order.")
    text = models.TextField()

    class Meta:
        ordering = ("document", "number")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="a_revision_number_once"),)

    def __str__(self) -> str:
        return f"revision {self.number}"

    @classmethod
    def record(cls, document: Document, *, editor: AbstractBaseUser | None = None, reason: str = "") -> Revision | None:
        """Keep the document's state where it was ever public and differs from its last revision.

        Called once tags and relations are saved too, in the same transaction. Returns the new revision, if any.
        """
        if document.published_at is None:
            return None
        last = cls.objects.filter(document=document).order_by("-number").only("number", "digest").first()
        fields = recorded_state(document)
        digest = digest_of(document.text, fields)
        if last and last.digest == digest:
            return None
        return cls.objects.create(
            document=document,
            number=last.number + 1 if last else 1,
            editor=editor,
            reason=reason,
            digest=digest,
            fields=fields,
            paragraph_numbers=list(
                document.paragraphs.filter(position__isnull=False).order_by("position").values_list("number", flat=True)
            ),
            text=document.text,
        )


def recorded_state(document: Document) -> dict[str, Any]:
    """Everything of the document that a revision keeps beside its text, ready for JSON."""
    body = document.issuing_body
    return _own_state(document) | {
        "collection": document.collection.title,
        "collection_uuid": str(document.collection.uuid),
        "issuing_body": body.label if body else "",
        "issuing_body_uuid": str(body.uuid) if body else "",
        "tags": sorted(tag.name for tag in document.tags.all()),
    }


def editable_state(document: Document) -> dict[str, Any]:
    """The same, as far as only an edit of this document changes it: renaming a tag, a collection or a name does not."""
    body = document.issuing_body
    return _own_state(document) | {
        "collection": str(document.collection.uuid),
        "issuing_body": str(body.uuid) if body else "",
        "tags": sorted(tag.slug for tag in document.tags.all()),
    }


def edit_digest(document: Document) -> str:
    """SHA-256 of text and editable_state: where it is Document.imported_digest, nobody edited it since its import."""
    return digest_of(document.text, editable_state(document))


def _own_state(document: Document) -> dict[str, Any]:
    state: dict[str, Any] = {name: getattr(document, name) for name in RECORDED_FIELDS}
    state["relations"] = [
        [relation.term, str(relation.target.uuid) if relation.target else relation.target_text]
        for relation in document.relations.select_related("target")
    ]
    return state


def is_named_in_revisions(field: str) -> Exists:
    """A condition on collections (field: collection) or names (issuing_body): that a public state ever named it."""
    text = models.TextField()
    named = Replace(KT(f"fields__{field}_uuid"), Value("-"), output_field=text)
    own = Replace(Cast(OuterRef("uuid"), text), Value("-"), output_field=text)  # SQLite keeps it without hyphens
    return Exists(Revision.objects.annotate(named=named).filter(named=own))


def digest_of(text: str, fields: dict[str, Any]) -> str:
    canonical = json.dumps([text, fields], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
