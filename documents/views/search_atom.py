"""A page of a search as an Atom feed (RFC 4287), with links to its other pages (RFC 5005) and OpenSearch figures.

Identifiers are tag URIs (RFC 4151) of ARCHIVE_ID and the document's UUID: they outlive slugs, hosts and databases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from documents.addresses import with_parameters
from documents.citations import one_line
from documents.models import Document
from documents.search.parameters import parameters_of
from documents.search.results import PAGE_SIZE, FoundDocument, ResultsPage
from documents.search.rows import ListedDocument
from documents.views.citing import display_title
from documents.views.context import absolute
from documents.views.formats import ATOM, address_of
from documents.views.receipts import Receipt

NAMED_SINCE = 2026  # a tag URI holds a year in which its maker held the domain; it never changes again
_TOLD = ("uuid", "published_at", "updated_at", "rights", "identifier")  # of a document, beside what lists show
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


def feed(request: HttpRequest, results: ResultsPage, receipt: Receipt) -> str:
    """The feed of this page of results; addresses are absolute."""
    asked = results.asked
    page = with_parameters(reverse("search"), parameters_of(replace(asked, page=1)))
    made = _SearchFeed(
        title=f"{one_line(asked.q) or 'All documents'} · {settings.ARCHIVE_NAME}",
        link=absolute(request, page),
        description=None,
        subtitle=one_line(receipt.sentence),
        language="en-GB",
        author_name=settings.ARCHIVE_NAME,
        feed_url=absolute(request, address_of(ATOM, asked)),
        feed_guid=_identifier("search", urlencode(parameters_of(replace(asked, page=1)))),
        paging=_paging(request, results),
        figures=_figures(results),
    )
    records = _records(found.document.pk for found in results.found)
    for found in results.found:
        if record := records.get(found.document.pk):
            made.add_item(**_entry(request, found, record))
    return made.writeString("utf-8")


class _SearchFeed(Atom1Feed):
    """Django's Atom feed with paging, figures and, of each document, its Dublin Core."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:dc": DUBLIN_CORE, "xmlns:opensearch": OPENSEARCH}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["paging"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address})
        for name, figure in self.feed["figures"].items():
            handler.addQuickElement(f"opensearch:{name}", str(figure))

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["dublin_core"]["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for term, value in item["dublin_core"].items():
            if value:
                handler.addQuickElement(f"dc:{term}", one_line(value))


def _identifier(kind: str, own: str) -> str:
    return f"tag:{settings.ARCHIVE_ID},{NAMED_SINCE}:{kind}/{own}"


def _paging(request: HttpRequest, results: ResultsPage) -> dict[str, str]:
    pages = {"first": 1, "previous": results.page - 1, "next": results.page + 1, "last": results.pages}
    return {
        rel: absolute(request, address_of(ATOM, replace(results.asked, page=page)))
        for rel, page in pages.items()
        if 1 <= page <= results.pages
    }


def _figures(results: ResultsPage) -> dict[str, int]:
    return {
        "totalResults": results.total,
        "startIndex": (results.page - 1) * PAGE_SIZE + 1,
        "itemsPerPage": PAGE_SIZE,
    }


def _records(ids: Iterable[int]) -> Mapping[int, Document]:
    """What entries tell beside what lists show; `revised` is when the last revision was made: a mere rendering anew is
    no news.
    """
    return Document.objects.only(*_TOLD).annotate(revised=Max("revisions__made_at")).in_bulk(list(ids))


def _entry(request: HttpRequest, found: FoundDocument[ListedDocument], record: Any) -> dict[str, Any]:
    document = found.document
    body = document.issuing_body.label if document.issuing_body else ""
    address = absolute(request, document.get_absolute_url())
    return {
        "title": one_line(display_title(document)),
        "link": address,
        "description": _summary(found, address),
        "unique_id": _identifier("document", str(record.uuid)),
        "pubdate": record.published_at,
        "updateddate": record.revised or record.updated_at,
        "author_name": one_line(document.creator or body) or None,
        "item_copyright": one_line(record.rights) or None,
        "dublin_core": {
            "date": document.date,
            "publisher": body,
            "type": document.type,
            "language": document.language,
            "identifier": record.identifier,
        },
    }


def _summary(found: FoundDocument[ListedDocument], address: str) -> str:
    """The passages as HTML, each with a link to its paragraph; without any, how the text opens."""
    passages = (
        f'<p><a href="{escape(address)}#p{passage.paragraph}">{passage.paragraph}</a> {passage.html}</p>'
        for passage in found.passages
    )
    return one_line(" ".join(passages) or f"<p>{escape(found.document.opening)}</p>")
