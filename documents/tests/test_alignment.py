"""Addresses outlive edits: rules by example, then invariants over texts that are edited at random."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.alignment import OldParagraph, align

BORDERS = "The first paragraph speaks of borders and of those who cross them by night."
RESOLUTION = "The second is about resolution 1373 and what it asks of every State in the world today."
MONEY = "Money that feeds terrorism moves through banks, charities and couriers alike."
MEETING = "A special meeting was held in Nairobi with representatives of five organizations."
TEXT = [BORDERS, RESOLUTION, MONEY, MEETING]


def aligned(new, old=TEXT, next_number=100):
    return align([OldParagraph(number, text) for number, text in enumerate(old, start=1)], new, next_number)


def test_same_text_keeps_every_number():
    alignment = aligned(TEXT)
    assert (alignment.numbers, alignment.merged, alignment.removed) == ((1, 2, 3, 4), {}, frozenset())


def test_first_text_is_numbered_from_the_next_number():
    assert aligned(TEXT, old=[], next_number=1).numbers == (1, 2, 3, 4)


def test_emptied_text_removes_every_number():
    assert aligned([]).removed == {1, 2, 3, 4}


def test_white_space_changes_no_number():
    assert aligned([text.replace(" ", "  ") for text in TEXT]).numbers == (1, 2, 3, 4)


def test_inserted_paragraph_gets_a_number_that_was_never_used():
    assert aligned([BORDERS, "Something else entirely.", RESOLUTION, MONEY, MEETING]).numbers == (1, 100, 2, 3, 4)


def test_removed_number_is_not_given_to_the_next():
    alignment = aligned([BORDERS, MONEY, MEETING, "A wholly different closing remark was added."])
    assert (alignment.numbers, alignment.removed) == ((1, 3, 4, 100), {2})


def test_reworded_paragraph_keeps_its_number():
    assert aligned([BORDERS, RESOLUTION.replace("asks", "demands"), MONEY, MEETING]).numbers == (1, 2, 3, 4)


def test_much_reworded_paragraph_keeps_its_number_between_the_same_neighbours():
    reworded = "Resolution 1373 and the many duties of every State are the matter of the second part."
    assert aligned([BORDERS, reworded, MONEY, MEETING]).numbers == (1, 2, 3, 4)


def test_replaced_paragraph_does_not_keep_the_number():
    alignment = aligned([BORDERS, "Nothing here resembles what stood before.", MONEY, MEETING])
    assert (alignment.numbers, alignment.removed) == ((1, 100, 3, 4), {2})


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        (
            "The second is about resolution 1373",
            "and what it asks of every State in the world today.",
            (1, 100, 2, 3, 4),
        ),
        (
            "The second is about resolution 1373 and what it asks of every State",
            "in the world today.",
            (1, 2, 100, 3, 4),
        ),
    ],
)
def test_split_leaves_the_number_with_the_longer_part(first, second, numbers):
    alignment = aligned([BORDERS, first, second, MONEY, MEETING])
    assert (alignment.numbers, alignment.merged, alignment.removed) == (numbers, {}, frozenset())


def test_split_in_many_keeps_the_number_in_one_part():
    words = [f"word{n}" for n in range(40)]
    parts = [" ".join(words[start : start + 8]) for start in range(0, 40, 8)]
    assert sorted(aligned(parts, old=[" ".join(words)]).numbers) == [1, 100, 101, 102, 103]


def test_merged_paragraph_leads_to_the_longer_one():
    alignment = aligned([f"{BORDERS} {RESOLUTION}", MONEY, MEETING])
    assert (alignment.numbers, alignment.merged, alignment.removed) == ((2, 3, 4), {1: 2}, frozenset())


def test_several_merged_paragraphs_lead_to_one():
    alignment = aligned([" ".join(TEXT)])
    assert (alignment.numbers, alignment.merged) == ((2,), {1: 2, 3: 2, 4: 2})


def test_heading_merged_into_its_paragraph_leads_there():
    assert aligned([f"Money. {MONEY}"], old=["Money.", MONEY]).merged == {1: 2}


def test_removed_heading_is_not_merged_because_its_words_occur_elsewhere():
    old = ["Special meeting", MEETING, MONEY]
    alignment = aligned([MEETING.replace("five", "six"), MONEY], old=old)
    assert (alignment.numbers, alignment.removed) == ((2, 3), {1})


def test_moved_paragraph_takes_its_number_along():
    assert aligned([MEETING, BORDERS, RESOLUTION, MONEY]).numbers == (4, 1, 2, 3)


def test_repeated_paragraph_keeps_the_number_of_its_place():
    old = ["(Applause)", BORDERS, "(Applause)", RESOLUTION, "(Applause)"]
    alignment = aligned([BORDERS, "(Applause)", RESOLUTION, "(Applause)"], old=old)
    assert (alignment.numbers, alignment.removed) == ((2, 3, 4, 5), {1})


def test_heading_with_another_figure_keeps_its_number():
    assert aligned([BORDERS, "Article 3", MONEY], old=[BORDERS, "Article 2", MONEY]).numbers == (1, 2, 3)


def test_chinese_is_compared_by_its_signs():
    old = ["人人有权享有国籍。", "任何人的国籍不得任意剥夺。", "亦不得否认其改变国籍的权利。"]
    new = [old[0], "任何人的国籍都不得任意剥夺。", old[2]]
    assert aligned(new, old=old).numbers == (1, 2, 3)
    assert aligned([old[0], old[1] + old[2]], old=old).merged == {2: 3}


def test_thousands_of_changed_paragraphs_are_aligned():
    old = [" ".join(f"w{(n * 7 + i * i) % 4001}" for i in range(20)) for n in range(1_000)]
    assert aligned([f"now {text}" for text in old], old=old, next_number=5_000).numbers == tuple(range(1, 1_001))


# --- Random edits -----------------------------------------------------------------------------------------------------


@dataclass
class Edited:
    """A text of distinct words under edit; each paragraph knows which old ones it comes from, by words."""

    paragraphs: list
    touched: set = field(default_factory=set)
    words: int = 10_000

    def fresh(self, count):
        self.words += count
        return [f"new{n}" for n in range(self.words - count, self.words)]


def original(sizes):
    counter = iter(range(10_000))
    return [[f"word{next(counter)}" for _ in range(size)] for size in sizes]


def insert(edited, at, cut):
    edited.paragraphs.insert(at, edited.fresh(12))


def delete(edited, at, cut):
    edited.touched.update(edited.paragraphs.pop(at))


def reword(edited, at, cut):
    words = edited.paragraphs[at]
    edited.touched.update(words)
    edited.paragraphs[at] = [*words[: cut % len(words)], *edited.fresh(1), *words[cut % len(words) + 1 :]]


def split(edited, at, cut):
    words = edited.paragraphs[at]
    place = 1 + cut % (len(words) - 1) if len(words) > 1 else 0
    if place:
        edited.touched.update(words)
        edited.paragraphs[at : at + 1] = [words[:place], words[place:]]


def merge(edited, at, cut):
    if at + 1 < len(edited.paragraphs):
        both = edited.paragraphs[at] + edited.paragraphs[at + 1]
        edited.touched.update(both)
        edited.paragraphs[at : at + 2] = [both]


def swap(edited, at, cut):
    other = cut % len(edited.paragraphs)
    edited.touched.update(edited.paragraphs[at] + edited.paragraphs[other])
    edited.paragraphs[at], edited.paragraphs[other] = edited.paragraphs[other], edited.paragraphs[at]


SIZES = st.lists(st.integers(6, 40), min_size=1, max_size=30)
EDITS = st.lists(
    st.tuples(st.sampled_from([insert, delete, reword, split, merge, swap]), st.integers(0, 999), st.integers(0, 999)),
    max_size=8,
)


def as_text(paragraphs):
    return [" ".join(words) for words in paragraphs]


def check_invariants(alignment, old_count, new_count, next_number):
    numbers = list(alignment.numbers)
    assert len(numbers) == new_count == len(set(numbers))
    old = set(range(1, old_count + 1))
    kept, merged, removed = old & set(numbers), set(alignment.merged), set(alignment.removed)
    assert kept | merged | removed == old
    assert len(kept) + len(merged) + len(removed) == old_count
    new = [number for number in numbers if number not in old]
    assert new == list(range(next_number, next_number + len(new)))
    assert set(alignment.merged.values()) <= kept


@given(SIZES, EDITS)
@settings(max_examples=150, deadline=None)
def test_random_edits_hold_the_rules(sizes, edits):
    old = original(sizes)
    edited = Edited([list(words) for words in old])
    for edit, at, cut in edits:
        if edited.paragraphs:
            edit(edited, at % len(edited.paragraphs), cut)
    alignment = aligned(as_text(edited.paragraphs), old=as_text(old), next_number=1_000)
    check_invariants(alignment, len(old), len(edited.paragraphs), 1_000)
    for number, words in enumerate(old, start=1):
        if words in edited.paragraphs and not edited.touched.intersection(words):
            assert alignment.numbers[edited.paragraphs.index(words)] == number


VOCABULARY = st.lists(st.sampled_from(["a", "the", "of", "State", "law", "peace", "Yes.", ""]), max_size=6)


@given(st.lists(VOCABULARY, max_size=12), st.lists(VOCABULARY, max_size=12))
@settings(max_examples=200, deadline=None)
def test_texts_of_few_words_hold_the_invariants(old, new):
    alignment = aligned(as_text(new), old=as_text(old))
    check_invariants(alignment, len(old), len(new), 100)
    assert aligned(as_text(new), old=as_text(old)) == alignment


@given(st.lists(VOCABULARY, max_size=20))
@settings(max_examples=100, deadline=None)
def test_a_text_aligned_with_itself_changes_nothing(paragraphs):
    assert aligned(as_text(paragraphs), old=as_text(paragraphs)).numbers == tuple(range(1, len(paragraphs) + 1))


@given(SIZES, st.integers(0, 29), st.integers(0, 999))
@settings(max_examples=100, deadline=None)
def test_any_split_leaves_the_number_with_the_longer_part(sizes, at, cut):
    old = original(sizes)
    edited = Edited([list(words) for words in old])
    at %= len(old)
    split(edited, at, cut)
    first, second = edited.paragraphs[at : at + 2]
    alignment = aligned(as_text(edited.paragraphs), old=as_text(old), next_number=1_000)
    assert alignment.numbers[at if len(first) >= len(second) else at + 1] == at + 1
    assert not alignment.merged
    assert not alignment.removed


@given(SIZES, st.integers(0, 29))
@settings(max_examples=100, deadline=None)
def test_any_merger_leads_the_shorter_ones_number_to_the_longer_one(sizes, at):
    old = original([*sizes, 9])
    at %= len(sizes)
    merged_text = [*old[:at], old[at] + old[at + 1], *old[at + 2 :]]
    alignment = aligned(as_text(merged_text), old=as_text(old), next_number=1_000)
    stays, goes = (at + 1, at + 2) if len(old[at]) >= len(old[at + 1]) else (at + 2, at + 1)
    assert alignment.numbers[at] == stays
    assert (alignment.merged, alignment.removed) == ({goes: stays}, frozenset())
