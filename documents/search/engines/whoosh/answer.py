"""One search from request to result: expand, evaluate, filter, count, put in order, cut the page."""

from __future__ import annotations

from functools import cached_property
from itertools import islice

import numpy as np

from documents.search import schema
from documents.search.engines.whoosh import facets
from documents.search.engines.whoosh.evaluate import Evaluator
from documents.search.engines.whoosh.expand import Expander, languages_asked
from documents.search.engines.whoosh.leaves import Leaves
from documents.search.engines.whoosh.nearness import bonus
from documents.search.engines.whoosh.occurrences import Occurrences
from documents.search.engines.whoosh.passages import NOTHING, all_paragraphs, best_paragraphs
from documents.search.engines.whoosh.snapshot import Snapshot
from documents.search.function_words import unscored_words
from documents.search.trees import Node
from documents.search.types import (
    TEXT,
    TEXT_FIELDS,
    FacetCount,
    Hit,
    ParagraphsFound,
    SearchRequest,
    SearchResult,
    Sort,
)

SCORE_DECIMALS = 9  # differences below are those of adding up in another order
FACET_COUNT_BYTES = 120  # with its number; the value belongs to the index
SUGGESTION_PREFIX_LETTERS = 1
SUGGESTION_LONG_LETTERS = 5  # from this length on a spelling two letters away may be suggested

SLIP_SHARE = 50  # a word so many times rarer than another near by is a slip itself


def search(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """The exact answer of this generation."""
    answer = _Answer(snapshot, request)
    return SearchResult(
        total=len(answer.ids),
        hits=answer.hits(),
        facets={field: answer.facet(field) for field in request.facets},
        expanded=answer.expanded,
    )


def paragraphs(snapshot: Snapshot, request: SearchRequest, limit: int) -> ParagraphsFound:
    """The exact answer to Engine.paragraphs."""
    answer = _Answer(snapshot, request)
    order, _ = answer.order(len(answer.ids))
    found = all_paragraphs(answer.leaves, snapshot.columns.paragraphs, answer.ids[order])
    ids = snapshot.columns.document_ids[found.documents[:limit]]
    places = tuple(zip(ids.tolist(), found.numbers[:limit].tolist(), strict=True))
    return ParagraphsFound(places, tuple(found.counts[:limit].tolist()), len(found.numbers), int(found.counts.sum()))


class _Answer:
    """What one request finds: `ids` of documents, ascending, and the score of each by their words alone."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest) -> None:
        self._snapshot = snapshot
        self._request = request
        self.occurrences = Occurrences(snapshot)
        languages = languages_asked(request.root, snapshot.languages)
        unscored = unscored_words(request.root, languages)
        self.expanded: Node = Expander(self.occurrences, languages, request.without, unscored).expand(request.root)
        self._evaluator = Evaluator(self.occurrences, certain=request.certain)
        matches = self._evaluator.evaluate(self.expanded)
        kept = self._evaluator.matching_filters(request.filters)[matches.ids]
        self.ids = matches.ids[kept]
        self._scores = np.round(matches.scores[kept], SCORE_DECIMALS)

    @cached_property
    def leaves(self) -> Leaves:
        return Leaves(self.occurrences, self._evaluator, self.expanded)

    def hits(self) -> tuple[Hit, ...]:
        request, columns = self._request, self._snapshot.columns
        past = request.offset + request.limit
        order, scores = (part[request.offset : past] for part in self.order(past if request.limit else 0))
        shown = self.ids[order]
        documents = np.sort(shown)
        held = best_paragraphs(self.leaves, columns.paragraphs, documents, request.passages) if request.passages else {}
        hits = zip(shown.tolist(), columns.document_ids[shown].tolist(), scores.tolist(), strict=True)
        return tuple(Hit(document_id, score, *held.get(number, NOTHING)) for number, document_id, score in hits)

    def order(self, wanted: int) -> tuple[np.ndarray, np.ndarray]:
        """Of the first `wanted` documents, in the order asked for, the places in `ids` and the scores."""
        rank = self._snapshot.columns.rank(self._request.sort)[self.ids]
        if self._request.sort is not Sort.RELEVANCE:
            places = _smallest(rank, wanted)
            return places, self._scores[places]
        places = _best(self._scores, rank, max(wanted, schema.NEAR_DOCUMENTS) if wanted else 0)
        return self._by_nearness(places, rank)

    def _by_nearness(self, places: np.ndarray, rank: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The best few in their new order, and the others as they were."""
        few = np.sort(places[: schema.NEAR_DOCUMENTS])
        norms = self._snapshot.length_norms[TEXT]
        scores = np.round(self._scores[few] + bonus(self.leaves, self.ids[few], norms), SCORE_DECIMALS)
        order = np.lexsort((rank[few], -scores))
        rest = places[schema.NEAR_DOCUMENTS :]
        return np.concatenate([few[order], rest]), np.concatenate([scores[order], self._scores[rest]])

    def facet(self, field: str) -> tuple[FacetCount, ...]:
        """Kept for the other pages and orders of the same search, and for lists of everything."""
        request = self._request
        key = ("facet", field, request.root, request.filters, request.certain, request.without)
        return self._snapshot.cache.get(key, lambda: self._count(field), _bytes)

    @cached_property
    def _mask(self) -> np.ndarray:
        return self.occurrences.mask([self.ids])

    def _count(self, field: str) -> tuple[FacetCount, ...]:
        mask = self._mask
        if field == schema.SPAN:
            return facets.count_spans(self._snapshot, mask)
        if field in schema.PERIOD_YEARS:
            years = schema.PERIOD_YEARS[field]
            request = self._request
            return facets.count_periods(self._snapshot, mask, request.filters, years, certain=request.certain)
        return facets.count(self._snapshot, mask, field)


def _bytes(counts: tuple[FacetCount, ...]) -> int:
    return FACET_COUNT_BYTES * len(counts)


def _best(scores: np.ndarray, rank: np.ndarray, wanted: int) -> np.ndarray:
    """The places of the highest scores, highest first; of equal ones the lowest ranks, lowest first."""
    if wanted < len(scores):
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] if wanted else np.inf
        above, equal = (scores > least).nonzero()[0], (scores == least).nonzero()[0]
        places = np.concatenate([above, equal[_smallest(rank[equal], wanted - len(above))]])
    else:
        places = np.arange(len(scores))
    return places[np.lexsort((rank[places], -scores[places]))]


def _smallest(rank: np.ndarray, wanted: int) -> np.ndarray:
    """The places of the lowest ranks, lowest first. No rank is given twice."""
    if wanted >= len(rank):
        return np.argsort(rank)
    places = np.argpartition(rank, wanted)[:wanted]
    return places[np.argsort(rank[places])]


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
    usual = max((lexicon.frequency(other) for other in near), default=0)
    words = [other for other in near if lexicon.frequency(other) * SLIP_SHARE >= usual]
    least = min((near[other] for other in words), default=0)
    return tuple(lexicon.most_frequent([other for other in words if near[other] == least], limit))


def complete(snapshot: Snapshot, beginning: str, limit: int) -> tuple[str, ...]:
    """Words held that begin so and are longer, the most frequent first; the beginning is folded.

    A word in more documents than were removed is held by another; the others are looked up.
    """
    occurrences = Occurrences(snapshot)
    removed = (len(snapshot.columns) - snapshot.documents) * len(TEXT_FIELDS)
    held = (
        word
        for word, frequency in (snapshot.lexicon.ranked(beginning) if beginning else ())
        if word != beginning and (frequency > removed or occurrences.documents((word,), TEXT_FIELDS) > 0)
    )
    return tuple(islice(held, limit))
