"""Two versions of a text beside each other: nothing is lost, and what stands side by side belongs there."""

from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from documents.numerals import number_of_heading
from documents.parallel import Passage, align
from documents.rendering import parse_text

UDHR = Path(settings.BASE_DIR) / "documents/tests/corpora/udhr"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-Hans")
BLOCKS = {
    language: parse_text((UDHR / f"udhr-{language}.md").read_text(encoding="utf-8")).blocks for language in LANGUAGES
}


def passage(block):
    return Passage(len(block.text), block.level, number_of_heading(block.text) if block.level else 0)


PASSAGES = {language: [passage(block) for block in blocks] for language, blocks in BLOCKS.items()}
PAIRS = list(combinations(LANGUAGES, 2))
WELL_DIVIDED = [pair for pair in PAIRS if not {"ar", "zh-Hans"} & set(pair)]  # those two divide the preamble otherwise


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
    peoples = next(
        row for row in rows if row.left and BLOCKS["ar"][row.left[0]].text.startswith("ولما كانت شعوب الأمم المتحدة")
    )
    assert any("les peuples des Nations Unies ont proclamé" in BLOCKS["fr"][i].text for i in peoples.right)
    assert peoples.is_estimated


def test_one_paragraph_stands_beside_the_three_that_it_holds():
    rows = align(PASSAGES["en"], PASSAGES["zh-Hans"])
    assert ([8, 9, 10], [8]) in shown(rows)


def article(language, number):
    """The positions of an article with all that stands below its heading; 0 is the preamble."""
    headings = [place for place, block in enumerate(BLOCKS[language]) if block.level]
    bounds = [*headings, len(BLOCKS[language])]
    return range(bounds[number], bounds[number + 1])


def without(language, positions):
    """The declaration without some of its passages, and what stood at each place that is left."""
    kept = [place for place in range(len(PASSAGES[language])) if place not in positions]
    return [PASSAGES[language][place] for place in kept], kept


def partners(rows, kept_left, kept_right):
    """Each passage of the left with those of the right beside it, both by their places in the whole text."""
    return {kept_left[here]: [kept_right[there] for there in row.right] for row in rows for here in row.left}


def undisturbed(first, second):
    left, right = PASSAGES[first], PASSAGES[second]
    return partners(align(left, right), range(len(left)), range(len(right)))


def assert_missing(first, second, missing):
    """Left out of the second text, these stand alone, and all others stand beside what they stood beside before."""
    left, (right, kept) = PASSAGES[first], without(second, missing)
    rows = align(left, right)
    assert_whole(rows, left, right)
    whole = undisturbed(first, second)
    expected = {here: [place for place in there if place not in missing] for here, there in whole.items()}
    assert partners(rows, range(len(left)), kept) == expected
    mirrored = align(right, left)
    assert [(list(row.left), list(row.right)) for row in mirrored] == [(list(r.right), list(r.left)) for r in rows]


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize("number", [1, 2, 11, 29, 30])
def test_an_article_that_one_side_lacks_stands_alone(first, second, number):
    assert_missing(first, second, article(second, number))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_several_articles_that_one_side_lacks_stand_alone(first, second):
    assert_missing(first, second, {*article(second, 3), *article(second, 4), *article(second, 21)})


@pytest.mark.parametrize(("first", "second"), WELL_DIVIDED)
@pytest.mark.parametrize("place", [1, 2, 3, 5])
def test_a_paragraph_of_the_preamble_that_one_side_lacks_stands_alone(first, second, place):
    """But for the others: a short one joined to the next, or two of like length, cannot be told by length."""
    assert_missing(first, second, {article(second, 0)[place]})


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_preamble_that_one_side_lacks_stands_alone(first, second):
    assert_missing(first, second, set(article(second, 0)))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_heading_that_one_side_lacks_leaves_its_paragraphs_where_they_were(first, second):
    assert_missing(first, second, {article(second, 17)[0]})


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_paragraphs_of_two_articles_without_numbers_or_headings_are_missing(first, second):
    """Where nothing is numbered or headed, lengths alone tell that paragraphs are missing."""
    left = [passage for passage in PASSAGES[first] if not passage.heading_level][12:]
    right = [passage for passage in PASSAGES[second] if not passage.heading_level][-len(left) :]
    rows = align(left, right[:9] + right[13:])
    assert_whole(rows, left, right[:9] + right[13:])
    assert shown(rows)[-20:] == [([place], [place - 4]) for place in range(len(left) - 20, len(left))]


def test_a_paragraph_that_a_translation_divides_stands_beside_both_parts():
    left = PASSAGES["en"]
    place = article("fr", 2)[1]
    whole = PASSAGES["fr"]
    half = whole[place].length // 2
    right = [*whole[:place], Passage(half), Passage(whole[place].length - half), *whole[place + 1 :]]
    rows = align(left, right)
    assert ([article("en", 2)[1]], [place, place + 1]) in shown(rows)
    assert shown(rows)[-1] == ([len(left) - 1], [len(right) - 1])


def test_numbered_paragraphs_stand_beside_those_of_their_number():
    left = [Passage(length, 0, number) for number, length in enumerate((90, 300, 80, 85, 400, 90), start=1)]
    right = [left[place] for place in (0, 1, 3, 5)]
    assert shown(align(left, right)) == [([0], [0]), ([1], [1]), ([2], []), ([3], [2]), ([4], []), ([5], [3])]


def test_headings_whose_numbers_differ_are_not_paired_because_there_are_as_many():
    left = [Passage(10, 2, 1), Passage(200), Passage(10, 2, 2), Passage(300)]
    right = [Passage(10, 2, 2), Passage(300), Passage(10, 2, 3), Passage(200)]
    rows = shown(align(left, right))
    assert rows == [([0], []), ([1], []), ([2], [0]), ([3], [1]), ([], [2]), ([], [3])]


def test_sections_numbered_anew_in_each_chapter_stay_in_their_chapter():
    chapter = [Passage(12, 3, 1), Passage(200), Passage(12, 3, 2), Passage(310)]
    left = [Passage(9, 2, 1), *chapter, Passage(9, 2, 2), *chapter]
    right = [Passage(9, 2, 1), *chapter[:2], Passage(9, 2, 2), *chapter]
    rows = shown(align(left, right))
    assert ([3], []) in rows and ([4], []) in rows
    assert rows[-5:] == [([place], [place - 2]) for place in range(5, 10)]


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
    assert all(row.is_estimated for row in rows[1:])


def test_a_long_part_without_headings_is_still_paired():
    left = [Passage(60 + place * 37 % 400) for place in range(300)]
    right = [*left[:150], *left[153:]]
    rows = shown(align(left, right))
    assert rows[0] == ([0], [0]) and rows[-1] == ([299], [296])
    assert [row for row in rows if not row[1]] == [([place], []) for place in (150, 151, 152)]


def test_a_part_too_large_to_compare_is_one_row():
    left, right = [Passage(80)] * 6000, [Passage(80)] * 4000
    (row,) = align(left, right)
    assert (len(row.left), len(row.right)) == (6000, 4000)


def test_nothing_beside_something():
    assert align([], []) == []
    assert shown(align([Passage(5), Passage(6)], [])) == [([0], []), ([1], [])]


passages = st.builds(Passage, st.integers(0, 2000), st.sampled_from((0, 0, 0, 2, 3)), st.sampled_from((0, 0, 1, 2, 3)))
texts = st.lists(passages, max_size=14)


@given(texts, texts)
def test_every_paragraph_of_both_is_there_once_and_in_order(left, right):
    assert_whole(align(left, right), left, right)
