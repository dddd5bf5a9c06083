"""A page of results as data: what /search.json answers. Its shape is pinned by tests; it may grow, never change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from documents.search.results import Facet, FoundDocument, ResultsPage, SearchedForm
from documents.search.rows import ListedDocument
from documents.views.citing import display_title
from documents.views.context import absolute
from documents.views.receipts import Receipt, receipt_of


def describe(request: HttpRequest, results: ResultsPage) -> dict[str, Any]:
    """The results and their explanation; addresses are absolute."""
    return {
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "generation": results.generation,
        "explanation": _explanation(results),
        "receipt": _receipt(receipt_of(request, results)),
        "facets": {facet.field: _facet(facet) for facet in results.facets},
        "results": [_found(request, found) for found in results.found],
    }


def _explanation(results: ResultsPage) -> dict[str, Any]:
    """`apart` is the query that keeps two words two which were read as one; `documents` is null where not counted.

    A word with `is_scored` false was looked for and did not count for the order.
    """
    return {
        "query": results.asked.q,
        "notes": list(results.notes),
        "is_partial": results.is_partial,
        "words": [
            {
                "typed": word.typed,
                "forms": [_form(form) for form in word.forms],
                "left_out": [_form(form) for form in word.left_out],
                "is_capped": word.is_capped,
                "apart": word.apart,
                "is_scored": word.is_scored,
            }
            for word in results.words
        ],
        "parts": [{"label": part.label, "documents": part.documents} for part in results.parts],
        "alternatives": [{"label": other.label, "count": other.count} for other in results.alternatives],
        "suggestions": list(results.suggestions),
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    """`documents`: how many the archive held; `searched_at` in UTC, to the second."""
    return {
        "sentence": receipt.sentence,
        "searched_at": f"{receipt.searched_at:%Y-%m-%dT%H:%M:%SZ}",
        "documents": receipt.held,
        "filters": list(receipt.filters),
        "address": receipt.address,
    }


def _form(form: SearchedForm) -> dict[str, Any]:
    return {"form": form.text, "documents": form.documents, "is_variant": form.is_variant}


def _facet(facet: Facet) -> list[dict[str, Any]]:
    return [
        {"value": value.value, "label": value.label, "count": value.count, "is_selected": value.is_selected}
        for value in facet.values
    ]


def _found(request: HttpRequest, found: FoundDocument[ListedDocument]) -> dict[str, Any]:
    """`date` is the EDTF expression; an empty one is unknown."""
    address = absolute(request, found.document.get_absolute_url())
    return {
        "slug": found.document.slug,
        "title": display_title(found.document),
        "url": address,
        "date": found.document.date,
        "score": found.score,
        "passages": [
            {"paragraph": passage.paragraph, "url": f"{address}#p{passage.paragraph}", "html": passage.html}
            for passage in found.passages
        ],
    }
