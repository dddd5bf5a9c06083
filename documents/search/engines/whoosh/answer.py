"""One search from request to result: expand, evaluate, filter, count, put in order, cut the page."""

from __future__ import annotations

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh import facets
from documents.search.engines.whoosh.evaluate import Evaluator
from documents.search.engines.whoosh.expand import Expander, languages_asked
from documents.search.engines.whoosh.occurrences import Occurrences
from documents.search.engines.whoosh.snapshot import Snapshot
from documents.search.types import TEXT_FIELDS, FacetCount, Hit, SearchRequest, SearchResult, Sort

SCORE_DECIMALS = 9  # differences below are those of adding up in another order
SUGGESTION_PREFIX_LETTERS = 1
SUGGESTION_LONG_LETTERS = 5  # from this length on a spelling two letters away may be suggested

SLIP_SHARE = 50  # a word so many times rarer than another near by is a slip itself


def search(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """The exact answer of this generation."""
    occurrences = Occurrences(snapshot)
    languages = languages_asked(request.root, request.filters, snapshot.languages)
    expanded = Expander(occurrences, languages).expand(request.root)
    evaluator = Evaluator(occurrences, certain=request.certain)
    matches = evaluator.evaluate(expanded)
    mask = matches.mask & evaluator.matching_filters(request.filters)
    scores = np.round(matches.scores, SCORE_DECIMALS)
    return SearchResult(
        total=int(mask.sum()),
        hits=_page(snapshot, mask, scores, request),
        facets={field: _facet(snapshot, mask, field, request) for field in request.facets},
        expanded=expanded,
    )


def _page(snapshot: Snapshot, mask: np.ndarray, scores: np.ndarray, request: SearchRequest) -> tuple[Hit, ...]:
    numbers = mask.nonzero()[0]
    rank = snapshot.columns.rank(request.sort)[numbers]
    by_score = -scores[numbers] if request.sort is Sort.RELEVANCE else np.zeros(len(numbers))
    order = np.lexsort((rank, by_score))[request.offset : request.offset + request.limit]
    ids = snapshot.columns.document_ids
    return tuple(Hit(int(ids[number]), float(scores[number])) for number in numbers[order])


def _facet(snapshot: Snapshot, mask: np.ndarray, field: str, request: SearchRequest) -> tuple[FacetCount, ...]:
    if field == schema.SPAN:
        return facets.count_spans(snapshot, mask)
    if field in schema.PERIOD_YEARS:
        years = schema.PERIOD_YEARS[field]
        return facets.count_periods(snapshot, mask, request.filters, years, certain=request.certain)
    return facets.count(snapshot, mask, field)


def suggest(snapshot: Snapshot, word: str, limit: int) -> tuple[str, ...]:
    """Words held that are spelt most nearly like this one, the most frequent first; none where it is held.

    Slips of the texts themselves are passed over.
    """
    occurrences = Occurrences(snapshot)

    def is_held(other: str) -> bool:
        return occurrences.documents((other,), TEXT_FIELDS) > 0

    if is_held(word):
        return ()
    lexicon = snapshot.lexicon
    distance = 2 if len(word) >= SUGGESTION_LONG_LETTERS else 1
    near = {
        other: apart
        for other, apart in lexicon.spelt_nearly(word, distance, SUGGESTION_PREFIX_LETTERS).items()
        if is_held(other)
    }
    usual = max((lexicon.frequencies[other] for other in near), default=0)
    words = [other for other in near if lexicon.frequencies[other] * SLIP_SHARE >= usual]
    least = min((near[other] for other in words), default=0)
    return tuple(lexicon.most_frequent([other for other in words if near[other] == least], limit))
