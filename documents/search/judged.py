"""Test collections of information retrieval: documents, queries, and which documents people judged to answer which.

Three files, UTF-8: documents and queries as one JSON object a line with `id` (or `_id`, as BEIR writes it), `text` and,
for a document, maybe `title`; the judgements as lines of query, document and grade with tabs between.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Judgements = dict[str, dict[str, int]]  # by query id and document id, the grade; 0 or less answers nothing


class CollectionError(Exception):
    """The files are no test collection; the message names file and line and says what is expected there."""


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A document, or a query, which has no title."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TestCollection:
    """`queries` are those that at least one document answers; `grades` holds the judgements of these."""

    __test__ = False  # what pytest looks for by this name

    documents: tuple[JudgedText, ...]
    queries: tuple[JudgedText, ...]
    grades: Judgements


def read_collection(corpus: Path, queries: Path, judgements: Path) -> TestCollection:
    """Raises CollectionError where a file is missing, malformed, or does not belong to the others."""
    documents = _read_texts(corpus)
    asked = _read_texts(queries)
    grades = _read_judgements(judgements)
    answered = tuple(query for query in asked if any(grade > 0 for grade in grades.get(query.id, {}).values()))
    if not answered:
        raise CollectionError(f"{judgements} grades no document above 0 for any query of {queries}.")
    if not {document.id for document in documents} & {held for query in answered for held in grades[query.id]}:
        raise CollectionError(f"{judgements} names no document of {corpus}.")
    return TestCollection(documents, answered, {query.id: grades[query.id] for query in answered})


def _read_texts(path: Path) -> tuple[JudgedText, ...]:
    found: dict[str, JudgedText] = {}
    for number, line in _lines(path):
        text = _text_of(line)
        if text is None:
            raise CollectionError(f'{path}, line {number}: expected a JSON object such as {{"id": "1", "text": "…"}}.')
        if text.id in found:
            raise CollectionError(f"{path}, line {number}: the id {text.id} was given before. Ids must differ.")
        found[text.id] = text
    if not found:
        raise CollectionError(f"{path} is empty.")
    return tuple(found.values())


def _text_of(line: str) -> JudgedText | None:
    try:
        values = json.loads(line)
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    key, title, text = values.get("id", values.get("_id")), values.get("title") or "", values.get("text")
    if not isinstance(key, str | int) or not isinstance(title, str) or not isinstance(text, str):
        return None
    return JudgedText(str(key), title, text)


def _read_judgements(path: Path) -> Judgements:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, line in _lines(path):
        try:
            query, document, grade = line.rstrip("\r\n").split("\t")
            found[query.strip()][document.strip()] = int(grade)
        except ValueError:
            if number > 1:  # the first line may name the columns
                raise CollectionError(
                    f"{path}, line {number}: expected query, document and a whole number as the grade, "
                    "with tabs between."
                ) from None
    return dict(found)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers from 1."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except UnicodeDecodeError as error:
        raise CollectionError(f"{path} is not UTF-8. Save it as UTF-8.") from error
    except OSError as error:
        raise CollectionError(f"{path} cannot be read: {error.strerror}.") from error
