"""Documents as reference managers take them: from the record to documents.citations, one document or a whole search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.conf import settings
from django.http import HttpRequest

from documents.citations import Reference, bibtex, bibtex_comment, certain_date, ris
from documents.models import Document
from documents.search.gathered import read_gathered
from documents.search.types import SearchResult
from documents.views.citing import display_title
from documents.views.context import absolute
from documents.views.receipts import Receipt


def reference_to(document: Document, address: str, revision: int | None, revised: date | None) -> Reference:
    """What is known of a document, as it stood in this revision; address is absolute.

    The key is made of the UUID: slugs, titles and dates may be corrected, and what was cited must not change its name.
    """
    year, month, day = certain_date(document.date)
    return Reference(
        key=f"doc-{document.uuid}",
        title=display_title(document),
        creator=document.creator,
        body=document.issuing_body.label if document.issuing_body else "",
        type=document.type,
        place=document.place,
        identifier=document.identifier,
        year=year,
        month=month,
        day=day,
        date_in_words=f"{document.get_date_kind_display()}: {document.date_in_words}" if document.date else "Undated",
        language=document.language_in_words,
        tags=tuple(sorted(tag.name for tag in document.tags.all())),
        archive=settings.ARCHIVE_NAME,
        revision=revision,
        revised=revised,
        address=address,
        seen=datetime.now(UTC).date(),
    )


def bibtex_file(request: HttpRequest, found: SearchResult, receipt: Receipt) -> Iterator[str]:
    """The receipt in lines that BibTeX passes over, then an entry for each hit."""
    yield bibtex_comment(receipt.text)
    for reference in _references(request, found):
        yield f"\n{bibtex(reference)}"


def ris_file(request: HttpRequest, found: SearchResult, receipt: Receipt) -> Iterator[str]:
    """A record for each hit. RIS has no comments, so that each notes how it was found."""
    note = f"Found by a search: {receipt.sentence}"
    return (ris(reference, note) for reference in _references(request, found))


def _references(request: HttpRequest, found: SearchResult) -> Iterator[Reference]:
    for gathered in read_gathered(found):
        document = gathered.document
        revised = document.revised  # type: ignore[attr-defined]  # annotated by read_gathered
        yield reference_to(
            document,
            absolute(request, document.get_absolute_url()),
            document.revision,  # type: ignore[attr-defined]
            revised.date() if revised else None,
        )
