"""Searches and lists as pages and data formats need them: answered with rows, labels and passages."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from documents.models import Document, Generation
from documents.search import explain, explanation
from documents.search.engines.base import Engine, EngineError
from documents.search.facets import build_facets, facet_keywords
from documents.search.factory import get_engine
from documents.search.labels import read_labels, resolve
from documents.search.parameters import parameters_of
from documents.search.query import parse_query
from documents.search.records import read_paragraphs
from documents.search.results import FACETS, PAGE_SIZE, Asked, FoundDocument, ResultsPage
from documents.search.snippets import highlighter
from documents.search.types import Filters, Hit, Keyword, Node, SearchRequest, SearchResult

__all__ = ["PAGE_SIZE", "PageOutOfRange", "SearchUnavailable", "parameters_of", "run"]

logger = logging.getLogger(__name__)


class SearchUnavailable(Exception):
    """The index cannot answer now; the message may be shown to readers."""


class PageOutOfRange(Exception):
    """A page after the last was asked for; the message may be shown to readers."""


def run(asked: Asked, *, facets: tuple[str, ...] = FACETS) -> ResultsPage:
    """Answer one page of a search or list; an empty `q` lists every document.

    At most 6 queries to the database, whatever the size. Raises PageOutOfRange and SearchUnavailable.
    """
    try:
        return _run(asked, facets, get_engine())
    except (EngineError, OSError) as error:
        raise _unavailable(asked) from error


def count(keyword: Keyword) -> int:
    """How many public documents carry this value; no query to the database. Raises SearchUnavailable."""
    try:
        return get_engine().search(SearchRequest(filters=Filters(keywords=(keyword,)), limit=0)).total
    except (EngineError, OSError) as error:
        raise _unavailable(keyword) from error


def _unavailable(asked: object) -> SearchUnavailable:
    logger.exception("The index could not answer %r", asked)
    return SearchUnavailable(
        "The search cannot answer just now, and is being mended. Please try again in a few minutes; "
        "documents can be read at their addresses meanwhile."
    )


def _run(asked: Asked, facets: tuple[str, ...], engine: Engine) -> ResultsPage:
    generation = Generation.current()
    parsed = parse_query(asked.q)
    root = resolve(parsed.root)
    result, is_partial = _search(engine, asked, root, facets)
    pages = max(1, -(-result.total // PAGE_SIZE))
    if asked.page > pages:
        raise PageOutOfRange(_no_such_page(asked.page, pages))
    labels = read_labels(facet_keywords(asked, result.facets), generation)
    words = explanation.searched_words(root, result.expanded)
    is_helped = is_partial or not result.total

    def count(other: Asked, other_root: Node) -> int:
        return engine.search(_request(other, other_root, limit=0)).total

    return ResultsPage(
        asked=asked,
        root=root,
        total=result.total,
        page=asked.page,
        pages=pages,
        found=_found(result),
        facets=build_facets(asked, result.facets, labels),
        notes=parsed.notes + explanation.capped_notes(words),
        words=words,
        parts=explanation.searched_parts(asked, root, count, generation),
        is_partial=is_partial,
        alternatives=explain.alternatives(asked, root, count, labels) if is_helped else (),
        suggestions=explain.suggestions(asked, root, engine, count) if is_helped else (),
        date_from=asked.filters.date_from,
        date_to=asked.filters.date_to,
        generation=generation,
    )


def _request(asked: Asked, root: Node, limit: int = PAGE_SIZE, facets: tuple[str, ...] = ()) -> SearchRequest:
    return SearchRequest(
        root=root,
        filters=asked.filters,
        certain=asked.certain,
        sort=asked.sort,
        offset=(asked.page - 1) * PAGE_SIZE,
        limit=limit,
        facets=facets,
    )


def _search(engine: Engine, asked: Asked, root: Node, facets: tuple[str, ...]) -> tuple[SearchResult, bool]:
    """What holds all the words; where nothing does, what holds most of them, and True."""
    result = engine.search(_request(asked, root, facets=facets))
    relaxed = None if result.total else explain.relaxed(root)
    if relaxed:
        most = engine.search(_request(asked, relaxed, facets=facets))
        if most.total:
            return most, True
    return result, False


def _no_such_page(page: int, pages: int) -> str:
    held = "There is only one page" if pages == 1 else f"There are only {pages} pages"
    return f"{held} of these documents; there is no page {page}."


# --- From hits to rows ------------------------------------------------------------------------------------------------


def _found(result: SearchResult) -> tuple[FoundDocument, ...]:
    """The hits with their rows. What left the archive since the index was written drops out."""
    rows = _rows(hit.document_id for hit in result.hits)
    hits = [hit for hit in result.hits if hit.document_id in rows]
    if not explain.has_words(result.expanded):
        return tuple(FoundDocument(rows[hit.document_id], hit.score, (), 0) for hit in hits)
    return _with_passages(hits, rows, result.expanded)


def _rows(ids: Iterable[int]) -> dict[int, Document]:
    documents = Document.objects.published().select_related("issuing_body").defer("text", "body_html", "contents")
    return documents.in_bulk(list(ids))


def _with_passages(hits: list[Hit], rows: dict[int, Document], expanded: Node) -> tuple[FoundDocument, ...]:
    marker = highlighter(expanded)
    paragraphs = read_paragraphs(list(rows))
    found = []
    for hit in hits:
        held = marker.find(paragraphs.get(hit.document_id, ()))
        found.append(FoundDocument(rows[hit.document_id], hit.score, held.passages, held.paragraphs))
    return tuple(found)
