"""How a document, or one paragraph of it, is cited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from documents.models import Document, Revision, TitleBasis
from documents.search.rows import ListedDocument


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation, in the order in which they are read; empty where nothing is known.

    `revision` is the state cited, `revised` the day on which that state was made.
    """

    author: str
    title: str
    language: str
    details: str
    archive: str
    revision: int | None
    revised: date | None
    address: str


def cite(document: Document, address: str, revision: Revision | None, *, paragraph: int | None = None) -> Citation:
    """Cite the document as it stood in this revision; `address` is absolute."""
    passage = f"paragraph {paragraph}" if paragraph else ""
    details = [document.type, document.identifier, document.place, document.date_in_words, passage]
    return Citation(
        author=document.creator or (document.issuing_body.label if document.issuing_body else ""),
        title=display_title(document),
        language=document.language,
        details=", ".join(filter(None, details)),
        archive=settings.ARCHIVE_NAME,
        revision=revision.number if revision else None,
        revised=revision.made_at.date() if revision else None,
        address=address,
    )


def display_title(document: Document | ListedDocument) -> str:
    """The title as pages show it: one that the archive supplied stands in square brackets, as cataloguers write it."""
    is_supplied = document.title_basis == TitleBasis.SUPPLIED
    return f"[{document.title.removeprefix('[').removesuffix(']')}]" if is_supplied else document.title
