"""A filter value that nothing public carries is no empty result: it is said, so that a slip is not taken for a finding.

What cannot be read as a parameter gets 400; a well-formed value that names nothing gets 404, as the page of the same
name would (/tags/nonsense/), and a value that is the former slug of a collection or body leads to its present one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from documents.models import Collection, FormerSlug, Name
from documents.search import service
from documents.search.parameters import parameters_of
from documents.search.results import FACET_LABELS, Asked
from documents.search.trees import Keyword
from documents.views.public import Moved

if TYPE_CHECKING:
    from documents.views.listing import Place

_RENAMED: dict[str, QuerySet] = {
    "collection": Collection.objects.all(),
    "body": Name.objects.all(),
    "name": Name.objects.all(),
}


def refuse_unknown(asked: Asked, place: Place) -> None:
    """Raises Moved or Http404 for the first filter value of a fruitless search that no public document carries."""
    for keyword in asked.filters.keywords:
        if keyword == place.implied or service.count(keyword):
            continue
        present = _present_slug(keyword)
        if present:
            keywords = tuple(
                Keyword(other.field, present) if other == keyword else other for other in asked.filters.keywords
            )
            moved = replace(asked, filters=replace(asked.filters, keywords=keywords))
            raise Moved(place.address(parameters_of(moved)))
        field = FACET_LABELS.get(keyword.field, keyword.field).lower()
        raise Http404(
            f"The archive has no {field} “{keyword.value}”. Take the filter out of the address, "
            "or choose a value from the list of documents."
        )


def _present_slug(keyword: Keyword) -> str | None:
    records = _RENAMED.get(keyword.field)
    if records is None:
        return None
    record = records.filter(pk=FormerSlug.record_id_for(records.model, keyword.value)).first()
    return record.slug if record and service.count(Keyword(keyword.field, record.slug)) else None
