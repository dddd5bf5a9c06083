"""Searches and lists as pages and data formats need them: answered with rows, labels and passages."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from documents.models import Generation
from documents.search import explain, explanation
from documents.search.engines.base import Engine, EngineError
from documents.search.facets import MAX_VALUES, build_facets, facet_keywords, first_values
from documents.search.factory import get_engine
from documents.search.labels import read_labels, resolve
from documents.search.parameters import parameters_of
from documents.search.query import parse_query
from documents.search.records import are_missing, read_some_paragraphs
from documents.search.results import FACETS, PAGE_SIZE, Asked, FoundDocument, Position, ResultsPage
from documents.search.rows import ListedDocument, read_rows
from documents.search.schema import SPAN
from documents.search.snippets import PASSAGES, highlighter
from documents.search.trees import (
    Forms,
    Keyword,
    Node,
    ParsedQuery,
    Phrase,
    Symbol,
    walk,
)
from documents.search.types import (
    Filters,
    ParagraphsFound,
    SearchRequest,
    SearchResult,
    Sort,
)
from documents.search.variants import has_plain_words, name_variants, vary

__all__ = ["PAGE_SIZE", "PageOutOfRange", "SearchUnavailable", "parameters_of", "position", "run", "words_in"]

logger = logging.getLogger(__name__)

LOOKED_AROUND = 50  # places to either side of the one expected; so many documents may have come or gone since


class SearchUnavailable(Exception):
    """The index cannot answer now; the message may be shown to readers."""


class PageOutOfRange(Exception):
    """A page after the last was asked for; the message may be shown to readers."""


def run(
    asked: Asked,
    *,
    facets: tuple[str, ...] = FACETS,
    values: int = MAX_VALUES,
    limit: int = PAGE_SIZE,
) -> ResultsPage:
    """Answer one page of a search or list; an empty `q` lists every document.

    facets: the fields to count, and schema.SPAN for the years of what was found; values: of each, at most so many.
    limit: how many documents to show, PAGE_SIZE or 0.
    At most 6 queries to the database, whatever the size; 7 in a new generation.
    Raises PageOutOfRange and SearchUnavailable.
    """
    with _told_when_unavailable(asked):
        return _run(asked, facets, values, limit, get_engine())


def position(asked: Asked, document_id: int, expected: int) -> Position | None:
    """Where a document stands in a search or list now, found by where it stood: its place `expected`, from 1.

    None where it stands nowhere near. One query to the database, more where `q` names tags, collections or bodies.
    Raises SearchUnavailable.
    """
    with _told_when_unavailable(asked):
        root = _root(parse_query(asked.q), Generation.current())
        start = max(0, expected - 1 - LOOKED_AROUND)
        request = replace(_request(asked, root, limit=2 * LOOKED_AROUND + 1), offset=start)
        result, _ = _search(get_engine(), request)
    ids = [hit.document_id for hit in result.hits]
    if document_id not in ids:
        return None
    place = ids.index(document_id)
    previous = ids[place - 1] if place else None
    following = ids[place + 1] if place + 1 < len(ids) else None
    return Position(start + place + 1, result.total, previous, following)


def gather(asked: Asked, most: int, *, passages: int = 0) -> tuple[ResultsPage, SearchResult]:
    """All that a search or list finds, up to so many: what a page says of it, without documents, and the hits.

    passages: of how many of its best paragraphs each hit names the numbers. Raises SearchUnavailable.
    """
    asked = replace(asked, page=1)
    with _told_when_unavailable(asked):
        engine = get_engine()
        results = _run(asked, (), 0, 0, engine)
        result, _ = _search(engine, replace(_request(asked, results.root, most), passages=passages))
    return replace(results, total=result.total), result


def held() -> int:
    """How many documents can be found; no query to the database. Raises SearchUnavailable."""
    with _told_when_unavailable("everything"):
        return get_engine().search(SearchRequest(limit=0)).total


def paragraphs(results: ResultsPage, sort: Sort) -> ParagraphsFound:
    """Every paragraph that holds what was searched for, its documents in this order. Raises SearchUnavailable."""
    root = (results.is_partial and explain.relaxed(results.root)) or results.root
    request = replace(_request(results.asked, root, limit=0), sort=sort)
    with _told_when_unavailable(results.asked):
        return get_engine().paragraphs(request, sys.maxsize)


def complete(beginning: str, limit: int) -> tuple[str, ...]:
    """The most frequent words that begin so and are longer; no query to the database. Raises SearchUnavailable."""
    with _told_when_unavailable(beginning):
        return get_engine().complete(beginning, limit)


def words_in(asked: Asked) -> Node | None:
    """The query with every word as its forms, which marks a document opened from a search; None without any word.

    At most one query to the database. Raises SearchUnavailable.
    """
    root = _varied(parse_query(asked.q).root, Generation.current())
    with _told_when_unavailable(asked):
        expanded = get_engine().search(_request(asked, root, limit=0)).expanded
    has_words = any(isinstance(node, Forms | Phrase | Symbol) for node in walk(expanded))
    return expanded if has_words else None


def count(keyword: Keyword) -> int:
    """How many public documents carry this value; no query to the database. Raises SearchUnavailable."""
    with _told_when_unavailable(keyword):
        return get_engine().search(SearchRequest(filters=Filters(keywords=(keyword,)), limit=0)).total


@contextmanager
def _told_when_unavailable(asked: object) -> Iterator[None]:
    """Raises SearchUnavailable, and logs what was asked, where the index cannot answer."""
    try:
        yield
    except (EngineError, OSError) as error:
        logger.exception("The index could not answer %r", asked)
        raise SearchUnavailable(
            "The search cannot answer just now, and is being mended. Please try again in a few minutes; "
            "documents can be read at their addresses meanwhile."
        ) from error


def _run(asked: Asked, facets: tuple[str, ...], values: int, limit: int, engine: Engine) -> ResultsPage:
    generation = Generation.current()
    parsed = parse_query(asked.q)
    root = _root(parsed, generation)
    result, is_partial = _search(engine, replace(_request(asked, root, limit, facets), passages=PASSAGES))
    pages = max(1, -(-result.total // PAGE_SIZE))
    if asked.page > pages:
        raise PageOutOfRange(_no_such_page(asked.page, pages))
    shown = first_values(asked, result.facets, values)
    labels = read_labels(facet_keywords(asked, shown), generation)
    words = explanation.searched_words(asked, root, result)
    is_helped = is_partial or not result.total

    def count(other: Asked, other_root: Node) -> int:
        return engine.search(_request(other, other_root, limit=0)).total

    return ResultsPage(
        asked=asked,
        root=root,
        expanded=result.expanded,
        total=result.total,
        page=asked.page,
        pages=pages,
        found=_found(result),
        facets=build_facets(asked, result.facets, shown, labels),
        notes=parsed.notes + explanation.capped_notes(words),
        words=words,
        parts=explanation.searched_parts(asked, root, count, generation),
        is_partial=is_partial,
        alternatives=explain.alternatives(asked, root, count, labels) if is_helped else (),
        suggestions=explain.suggestions(asked, root, engine, count) if is_helped else (),
        chosen_labels=tuple(labels[keyword.field, keyword.value] for keyword in asked.filters.keywords),
        spans=result.facets.get(SPAN, ()),
        generation=generation,
    )


def _root(parsed: ParsedQuery, generation: int) -> Node:
    """The query with the values of fields as slugs and with the variants of names."""
    return _varied(resolve(parsed.root), generation)


def _varied(root: Node, generation: int) -> Node:
    return vary(root, name_variants(generation)) if has_plain_words(root) else root


def _request(asked: Asked, root: Node, limit: int, facets: tuple[str, ...] = ()) -> SearchRequest:
    return SearchRequest(
        root=root,
        filters=asked.filters,
        certain=asked.certain,
        sort=asked.sort,
        offset=(asked.page - 1) * PAGE_SIZE,
        limit=limit,
        facets=facets,
        without=asked.without,
    )


def _search(engine: Engine, request: SearchRequest) -> tuple[SearchResult, bool]:
    """What holds all the words; where nothing does, what holds most of them, and True."""
    result = engine.search(request)
    relaxed = None if result.total else explain.relaxed(request.root)
    if relaxed:
        most = engine.search(replace(request, root=relaxed))
        if most.total:
            return most, True
    if not result.total and are_missing(engine):
        raise EngineError("The search index is empty. Run `manage.py rebuild_index`.")
    return result, False


def _no_such_page(page: int, pages: int) -> str:
    held = "There is only one page" if pages == 1 else f"There are only {pages} pages"
    return f"{held} of these documents; there is no page {page}."


# --- From hits to rows ------------------------------------------------------------------------------------------------


def _found(result: SearchResult) -> tuple[FoundDocument[ListedDocument], ...]:
    """The hits with their rows. What left the archive since the index was written drops out."""
    rows = read_rows([hit.document_id for hit in result.hits])
    hits = [hit for hit in result.hits if hit.document_id in rows]
    texts = read_some_paragraphs([(hit.document_id, number) for hit in hits for number in hit.passages])
    passages = highlighter(result.expanded).passages([texts.get(hit.document_id, ()) for hit in hits])
    return tuple(
        FoundDocument(rows[hit.document_id], hit.score, shown, hit.paragraphs)
        for hit, shown in zip(hits, passages, strict=True)
    )
