"""The records of the archive, one module a concern."""

from documents.models.collection import Collection
from documents.models.document import Document
from documents.models.former_slug import FormerSlug
from documents.models.indexing import Generation, PendingIndexing
from documents.models.mention import CitedSymbol, Mention
from documents.models.name import Name, NameForm
from documents.models.paragraph import Paragraph
from documents.models.queries import DocumentQuerySet, documents_changed
from documents.models.relation import Relation
from documents.models.revision import Revision
from documents.models.tag import Tag, TaggedDocument
from documents.models.vocabulary import DateBasis, DateKind, NameKind, RelationTerm, State, TitleBasis

__all__ = [
    "CitedSymbol",
    "Collection",
    "DateBasis",
    "DateKind",
    "Document",
    "DocumentQuerySet",
    "FormerSlug",
    "Generation",
    "Mention",
    "Name",
    "NameForm",
    "NameKind",
    "Paragraph",
    "PendingIndexing",
    "Relation",
    "RelationTerm",
    "Revision",
    "State",
    "Tag",
    "TaggedDocument",
    "TitleBasis",
    "documents_changed",
]
