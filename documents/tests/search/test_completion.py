"""Completing what is typed from many texts gives what looking at each of them gives."""

from hypothesis import given
from hypothesis import strategies as st

from documents.search.completion import LONGEST_TEXT, Completer, key_of

WORDS = st.lists(
    st.sampled_from(["border", "borders", "Bórd", "security", "of", "the", "UNCCT", "counter-terror"]), max_size=5
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=12)


def held(texts):
    return Completer([(text, number) for number, text in enumerate(texts)])


def begins_a_word(key, typed):
    words = key.split(" ")
    return any(" ".join(words[place:]).startswith(typed) for place in range(len(words)))


@given(TEXTS, st.sampled_from(["b", "bor", "BÖRD", "border s", "border ", "the b", "terr", "counter t", "x", "-"]))
def test_it_finds_what_begins_a_word_and_first_what_begins_so_itself(texts, typed):
    found = held(texts).complete(typed, 99)
    keys = [key_of(text) for text in texts]
    expected = [number for number, key in enumerate(keys) if key_of(typed) and begins_a_word(key, key_of(typed))]
    assert found == sorted(expected, key=lambda number: (not keys[number].startswith(key_of(typed)), number))


def test_several_forms_of_one_are_found_once():
    forms = Completer([("United Nations Counter-Terrorism Centre", 0), ("UNCCT", 0), ("United Kingdom", 1)])
    assert forms.complete("un", 9) == [0, 1]
    assert forms.complete("uncc", 9) == [0]


def test_at_most_as_many_as_wanted_come():
    assert held([f"Report {number}" for number in range(50)]).complete("rep", 3) == [0, 1, 2]


def test_a_very_long_text_is_found_by_its_beginning():
    texts = held(["border " + "word " * 200, "b" * 999])
    assert texts.complete("border w", 9) == [0]
    assert texts.complete("b" * LONGEST_TEXT, 9) == [1]
