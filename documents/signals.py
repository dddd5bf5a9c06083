"""Which changes the search index is told of. Receivers only mark documents; documents.search.sync does the rest.

Every way of tagging (add, remove, set, clear, merge) and the deletion of a tag saves or deletes rows of TaggedDocument,
which taggit 6.1 does one by one or through querysets that send signals.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from documents import authority
from documents.models import (
    Collection,
    Document,
    FormerSlug,
    Name,
    NameForm,
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
@receiver((post_save, post_delete), sender=NameForm)
@receiver((post_save, post_delete), sender=Relation)
def shown_with_documents(**signal: Any) -> None:
    sync.public_changed()


# --- The authority file: what texts link to ---------------------------------------------------------------------------


@receiver(pre_save, sender=Name)
def name_changes(instance: Name, **signal: Any) -> None:
    """Texts are concerned where its label, its address, or whether they link to it changes."""
    old = Name.objects.filter(pk=instance.pk).first() if instance.pk else None
    was, will_be = _linked(old), _linked(instance)
    if was == will_be:
        return
    forms = {label for label, _ in (*was, *will_be)}
    if instance.pk and not was:
        forms.update(instance.written_forms())
    authority.changed(names=[instance.pk] if instance.pk else (), forms=forms)


@receiver(pre_delete, sender=Name)
def name_goes(instance: Name, **signal: Any) -> None:
    if _linked(instance):
        authority.changed(names=[instance.pk])


@receiver(pre_save, sender=NameForm)
def form_changes(instance: NameForm, **signal: Any) -> None:
    old = NameForm.objects.select_related("name").filter(pk=instance.pk).first() if instance.pk else None
    if old and (old.text, old.name_id) == (instance.text, instance.name_id):
        return
    authority.changed(forms=[form.text for form in (old, instance) if form and _linked(form.name)])


@receiver(pre_delete, sender=NameForm)
def form_goes(instance: NameForm, **signal: Any) -> None:
    if _linked(instance.name):
        authority.changed(forms=[instance.text])


def _linked(name: Name | None) -> list[tuple[str, str]]:
    """The label and address that texts link to; nothing where they do not."""
    is_linked = name is not None and name.is_linked and not name.merged_into_id
    return [(name.label, name.slug)] if name and is_linked else []
