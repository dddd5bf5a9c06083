"""What the Whoosh engine keeps of a document beside its words, and gives to whoever scores and quotes."""

from dataclasses import replace

import pytest

from documents.search import analysis
from documents.search.engines.whoosh import WhooshEngine
from documents.search.trees import Word
from documents.search.types import ParagraphText, SearchRequest
from documents.tests.search.engines.records import numbers_at, record

TEXTS = ("alpha beta", "", "gamma counter-terrorism", "alpha " * 200, "delta")


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    engine.open()
    return engine


def paragraphs_of(columns, number):
    here = slice(*columns.paragraphs.offsets[number : number + 2])
    return columns.paragraphs.numbers[here].tolist(), columns.paragraphs.starts[here].tolist()


def test_paragraphs_of_all_segments_are_known_with_the_positions_where_they_begin(engine):
    engine.upsert([record(1, *TEXTS), record(2), record(3, "alpha")])
    engine.upsert([record(4, *reversed(TEXTS))])
    columns = engine._latest().columns
    assert columns.document_ids.tolist() == [1, 2, 3, 4]
    assert paragraphs_of(columns, 0) == ([1, 2, 3, 4, 5], analysis.term_positions(TEXTS).starts)
    assert paragraphs_of(columns, 1) == ([], [])
    assert paragraphs_of(columns, 2) == ([1], [0])
    assert paragraphs_of(columns, 3) == ([1, 2, 3, 4, 5], analysis.term_positions(reversed(TEXTS)).starts)


def test_a_position_leads_to_the_paragraph_that_holds_it(engine):
    numbered = tuple(ParagraphText(number, text) for number, text in zip((7, 3, 9, 12, 1), TEXTS, strict=True))
    engine.upsert([record(1, "before"), replace(record(2), paragraphs=numbered)])
    snapshot = engine._latest()
    for word, numbers in {"alpha": {7, 12}, "terrorism": {9}, "delta": {1}}.items():
        positions = snapshot.postings("text", word).positions
        assert set(numbers_at(snapshot.columns.paragraphs, 1, positions)) == numbers


def test_words_of_headings_and_of_names_are_counted_apart_and_find_nothing(engine):
    texts = (ParagraphText(1, "Border security at the border", is_heading=True), ParagraphText(2, "alpha"))
    labels = ("Côte d'Ivoire", "Security Council")
    engine.upsert([replace(record(1), paragraphs=texts, name_labels=labels), record(2, "border")])
    snapshot = engine._latest()
    assert snapshot.postings("headings", "border").counts.tolist() == [2]
    assert snapshot.postings("headings", "border").ids.tolist() == [0]
    assert snapshot.postings("names", "cote").counts.tolist() == [1]
    assert snapshot.columns.lengths["headings"].tolist() == [5, 0]
    assert snapshot.columns.lengths["names"].tolist() == [5, 0]
    assert engine.search(SearchRequest(Word("council"))).total == 0
    assert engine.search(SearchRequest(Word("border"))).total == 2
