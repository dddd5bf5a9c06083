"""Which changes the search index is told of. Receivers only mark documents; documents.search.sync does the rest.

Every way of tagging (add, remove, set, clear, merge) and the deletion of a tag saves or deletes rows of TaggedDocument,
which taggit 6.1 does one by one or through querysets that send signals.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from documents.models import (
    Collection,
    Document,
    FormerSlug,
    Name,
    Relation,
    Tag,
    TaggedDocument,
    documents_changed,
)
from documents.search import sync


@receiver((post_save, post_delete), sender=Document)
def document_changed(instance: Document, **signal: Any) -> None:
    sync.mark([instance.pk])


@receiver(documents_changed)
def many_documents_changed(document_ids: Iterable[int], **signal: Any) -> None:
    sync.mark(document_ids)


@receiver((post_save, post_delete), sender=TaggedDocument)
def document_tagged(instance: TaggedDocument, **signal: Any) -> None:
    sync.mark([instance.content_object_id])


@receiver(post_save, sender=Tag)
def tag_renamed(instance: Tag, *, created: bool, **signal: Any) -> None:
    """Its documents carry its slug."""
    if not created:
        sync.mark(instance.tagged.values_list("content_object_id", flat=True))


@receiver(post_save, sender=FormerSlug)
def slug_changed(instance: FormerSlug, **signal: Any) -> None:
    """A collection or an issuing body whose slug changed leaves its former one; its documents carry the new one."""
    link = {"collection": "collection_id", "name": "issuing_body_id"}.get(instance.model_name)
    if link:
        sync.mark(Document.objects.filter(**{link: instance.record_id}).values_list("pk", flat=True))


@receiver((post_save, post_delete), sender=Collection)
@receiver((post_save, post_delete), sender=Name)
@receiver((post_save, post_delete), sender=Relation)
def shown_with_documents(**signal: Any) -> None:
    sync.public_changed()
