"""One checked record into the database, in the caller's transaction: store, relate, then seal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from documents import originals
from documents.importing.manifest import PackageRecord
from documents.importing.validation import Sources
from documents.models import (
    Collection,
    Document,
    FormerSlug,
    Name,
    NameKind,
    Relation,
    Revision,
    State,
    Tag,
    TaggedDocument,
)
from documents.models.revision import digest_of, edit_digest, editable_state
from documents.models.slugged import shortened
from documents.search.analysis import slug_of, words

# Finds the document that a relation names: its primary key, or None where the archive has none; 0 where it should come
# from this package and is not there yet.
FindTarget = Callable[[PackageRecord, str], int | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A checked document that waits to be written, and what it is made from."""

    document: Document
    record: PackageRecord
    sources: Sources
    package_digest: str
    reason: str  # for its revision


class Shared:
    """Collections, issuing bodies and tags that many records name, looked up once. For one transaction only."""

    def __init__(self) -> None:
        self._collections: dict[str, Collection] = {}
        self._bodies: dict[str, Name] = {}
        self._tags: dict[str, Tag] = {}

    def collection(self, title: str) -> Collection:
        if title not in self._collections:
            self._collections[title] = find_collection(title) or Collection.objects.create(title=title)
        return self._collections[title]

    def issuing_body(self, label: str) -> Name | None:
        if label and label not in self._bodies:
            self._bodies[label] = body_called(label)
        return self._bodies.get(label)

    def tag(self, name: str) -> Tag:
        key = name.casefold()
        if key not in self._tags:
            self._tags[key] = _find_tag(name) or Tag.objects.create(name=name)
        return self._tags[key]


def body_called(label: str) -> Name:
    """The body of this name, or of this variant form. A new one is linked nowhere until an admin wants it."""
    bodies = Name.objects.filter(kind=NameKind.BODY)
    found = bodies.filter(label=label).select_related("merged_into").first()
    found = found or bodies.current().filter(forms__text__iexact=label).first()
    found = found or bodies.filter(slug=shortened(slug_of(label))).exclude(label__iexact=label).first()  # renamed since
    if found:
        return found.merged_into or found
    return Name.objects.create(kind=NameKind.BODY, label=label, is_linked=False)


def find_collection(title: str) -> Collection | None:
    """The collection of this title, or the one that had it when its address was made and was renamed since."""
    if found := Collection.objects.filter(title=title).first():
        return found
    slug = shortened(slug_of(title))
    present_or_former = Q(slug=slug) | Q(pk__in=[FormerSlug.record_id_for(Collection, slug) or 0])
    found = Collection.objects.filter(present_or_former).first()
    if found and (slug_of(found.title) != slug or words(found.title) == words(title)):
        return found
    return None  # or one whose title is another, in another script, and gives the same address


def _find_tag(name: str) -> Tag | None:
    """The tag of this name in any case, or the one that had it when its address was made and was renamed since."""
    if found := Tag.objects.filter(name__iexact=name).first():
        return found
    found = Tag.objects.filter(slug=slug_of(name)).first()
    return found if found and slug_of(found.name) != found.slug else None


def is_edited(document: Document) -> bool:
    """Whether an editor changed it since its last import. Publishing a draft as it was imported changes nothing."""
    state = editable_state(document)
    if digest_of(document.text, state) == document.imported_digest:
        return False
    if document.state == State.PUBLISHED:
        return digest_of(document.text, state | {"state": State.DRAFT}) != document.imported_digest
    return True


def has_moved_on(document: Document) -> bool:
    """Whether someone saved it, or changed its state, since it was read."""
    return not Document.objects.filter(pk=document.pk, updated_at=document.updated_at, state=document.state).exists()


def store(candidate: Candidate, state: State, shared: Shared) -> None:
    """Save the document and its tags.

    state: of a new document, and of one that is still a draft. Raises ValidationError or IntegrityError.
    """
    document, record = candidate.document, candidate.record
    if candidate.sources.original is not None:
        originals.keep(candidate.sources.original)
    document.collection = shared.collection(record.collection)
    document.issuing_body = shared.issuing_body(record.publisher)
    if document.state == State.DRAFT:
        document.state = state
    document.save()
    _set_tags(document, {shared.tag(name) for name in record.tags})


def awaits_targets(record: PackageRecord, find: FindTarget) -> bool:
    """Whether a document that its relations name is still to come from this package."""
    return any(find(record, relation.partition(" ")[2]) == 0 for relation in record.relations)


def relate(document: Document, record: PackageRecord, find: FindTarget) -> bool:
    """Give the document the relations of its record whose targets are there; tells whether that changed any."""
    wanted: list[tuple[str, int | None, str]] = []
    for relation in record.relations:
        term, _, name = relation.partition(" ")
        target = find(record, name)
        if target is None:
            wanted.append((term, None, name))
        elif target:
            wanted.append((term, target, ""))
    return _set_relations(document, wanted)


def seal(document: Document, package_digest: str, reason: str) -> None:
    """Record the revision, and remember the state that only an editor can change from here on.

    package_digest: empty while targets are missing, so that an import cut short is taken up again.
    """
    Revision.record(document, reason=reason)
    # Nothing that anybody sees, so neither the index nor the caches are told.
    found = Document._base_manager.filter(pk=document.pk)
    imported_digest = edit_digest(document)
    found.update(imported_digest=imported_digest, package_digest=package_digest)


def _set_tags(document: Document, wanted: set[Tag]) -> None:
    """As taggit's set() does, in two queries; the index is told already, because the document has just been saved."""
    links = TaggedDocument.objects.filter(content_object=document)
    present = {link.tag_id: link.pk for link in links}
    superfluous = [key for tag_id, key in present.items() if tag_id not in {tag.pk for tag in wanted}]
    if superfluous:
        TaggedDocument.objects.filter(pk__in=superfluous).delete()
    missing = sorted((tag for tag in wanted if tag.pk not in present), key=lambda tag: tag.name)
    TaggedDocument.objects.bulk_create(TaggedDocument(content_object=document, tag=tag) for tag in missing)


def _set_relations(document: Document, wanted: list[tuple[str, int | None, str]]) -> bool:
    present = list(document.relations.values_list("term", "target_id", "target_text"))
    if present == wanted:
        return False
    document.relations.all().delete()
    for term, target, text in wanted:
        Relation.objects.create(document=document, term=term, target_id=target, target_text=text)
    return True
