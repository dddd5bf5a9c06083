"""Two versions of a text beside each other: nothing is lost, and what stands side by side belongs there."""

from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from documents.parallel import Passage, align
from documents.rendering import parse_text

UDHR = Path(settings.BASE_DIR) / "documents/tests/corpora/udhr"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-Hans")
BLOCKS = {
    language: parse_text((UDHR / f"udhr-{language}.md").read_text(encoding="utf-8")).blocks for language in LANGUAGES
}
PASSAGES = {
    language: [Passage(len(block.text), block.level) for block in blocks] for language, blocks in BLOCKS.items()
}


def shown(rows):
    return [(list(row.left), list(row.right)) for row in rows]


def assert_whole(rows, left, right):
    assert [position for row in rows for position in row.left] == list(range(len(left)))
    assert [position for row in rows for position in row.right] == list(range(len(right)))
    assert all(row.left or row.right for row in rows)


@pytest.mark.parametrize(("first", "second"), list(combinations(LANGUAGES, 2)))
def test_each_two_of_the_six_declarations_stand_article_by_article(first, second):
    left, right = PASSAGES[first], PASSAGES[second]
    rows = align(left, right)
    assert_whole(rows, left, right)
    headings = [row for row in rows if any(left[position].heading_level for position in row.left)]
    assert len(headings) == 31
    for row in headings:
        assert len(row.left) == len(row.right) == 1
        assert right[row.right[0]].heading_level == left[row.left[0]].heading_level
    articles = rows[rows.index(headings[1]) :]
    assert all(len(row.left) == len(row.right) == 1 and not row.is_estimated for row in articles)


def test_the_paragraph_that_the_arabic_preamble_lacks_does_not_shift_the_others():
    rows = align(PASSAGES["ar"], PASSAGES["fr"])
    peoples = next(row for row in rows if BLOCKS["ar"][row.left[0]].text.startswith("ولما كانت شعوب الأمم المتحدة"))
    assert any("les peuples des Nations Unies ont proclamé" in BLOCKS["fr"][i].text for i in peoples.right)
    assert peoples.is_estimated


def test_one_paragraph_stands_beside_the_three_that_it_holds():
    rows = align(PASSAGES["en"], PASSAGES["zh-Hans"])
    assert ([8, 9, 10], [8]) in shown(rows)


def test_parts_with_as_many_paragraphs_are_paired_one_to_one():
    left = [Passage(10, 2), Passage(100), Passage(300), Passage(12, 2), Passage(50)]
    right = [Passage(12, 2), Passage(120), Passage(330), Passage(9, 2), Passage(70)]
    rows = align(left, right)
    assert shown(rows) == [([i], [i]) for i in range(5)]
    assert not any(row.is_estimated for row in rows)


def test_headings_that_differ_in_number_are_paired_by_the_length_of_what_they_head():
    left = [Passage(10, 2), Passage(500), Passage(10, 2), Passage(240), Passage(12, 2), Passage(260), Passage(9, 2)]
    right = [Passage(10, 2), Passage(510), Passage(10, 2), Passage(505), Passage(10, 2)]
    rows = align(left, right)
    assert_whole(rows, left, right)
    assert shown(rows)[:3] == [([0], [0]), ([1], [1]), ([2], [2])]
    assert shown(rows)[-1] == ([6], [4])
    assert all(row.is_estimated for row in rows)


def test_a_part_too_large_to_compare_is_one_row():
    left, right = [Passage(80)] * 300, [Passage(80)] * 200
    (row,) = align(left, right)
    assert (len(row.left), len(row.right)) == (300, 200)


def test_nothing_beside_something():
    assert align([], []) == []
    assert shown(align([Passage(5), Passage(6)], [])) == [([0], []), ([1], [])]


texts = st.lists(st.builds(Passage, st.integers(0, 2000), st.sampled_from((0, 0, 0, 2, 3))), max_size=14)


@given(texts, texts)
def test_every_paragraph_of_both_is_there_once_and_in_order(left, right):
    assert_whole(align(left, right), left, right)
