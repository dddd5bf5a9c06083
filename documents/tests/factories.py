"""Records for tests. Give what the test is about; the rest is filled in.

Documents reach the index once the test's transaction commits; under pytest.mark.django_db none does, so a test that
searches calls `sync.flush()` after making its documents.
"""

from __future__ import annotations

from typing import Any

from documents.models import Collection, Document, Name, Revision, State

DEFAULT_TEXT = "The Committee met in New York.\n\nIt adopted its programme of work."


def make_collection(title: str = "Press releases", **fields: Any) -> Collection:
    collection, _ = Collection.objects.get_or_create(title=title, defaults=fields)
    return collection


def make_name(label: str = "Security Council", **fields: Any) -> Name:
    name, _ = Name.objects.get_or_create(label=label, defaults=fields)
    return name


def make_document(**fields: Any) -> Document:
    """A document, published unless `state` says otherwise; `collection` and `issuing_body` may be given as words.

    `tags` is a list of names. Revision 1 is recorded, as at every first publication.
    """
    tags = fields.pop("tags", ())
    collection = fields.pop("collection", "Press releases")
    body = fields.pop("issuing_body", None)
    if isinstance(collection, str):
        collection = make_collection(collection)
    if isinstance(body, str):
        body = make_name(body)
    defaults: dict[str, Any] = {"title": "Border security", "text": DEFAULT_TEXT, "state": State.PUBLISHED}
    document = Document.objects.create(**defaults | fields, collection=collection, issuing_body=body)
    if tags:
        document.tags.set(tags)
    Revision.record(document)
    return document
