"""The YAML head of a Markdown file; nothing in it turns into anything but the words that stand there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.importing.front_matter import read_head, split_head
from documents.importing.package import FileError


def test_head_and_text_are_parted():
    assert split_head("---\ntitle: A\n---\nText\n\n---\n\nMore") == ("\ntitle: A\n", "\nText\n\n---\n\nMore")


@pytest.mark.parametrize("text", ["Text alone", "---\nonly one rule", "Text\n---\nmore\n---\n"])
def test_a_text_without_a_head_stays_whole(text):
    assert split_head(text) == (None, text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2001", "2001"),
        ("2001-09-11", "2001-09-11"),
        ("2001-09", "2001-09"),
        ("1_000", "1_000"),
        ("[2018..]", "[2018..]"),
        ("[2001-01-01..2003-03-06]", "[2001-01-01..2003-03-06]"),
        ("{2001, 2003}", "{2001, 2003}"),
        ("'2001~'", "2001~"),
        ("no", "no"),
        ("", ""),
        ("~", ""),
        ("null", ""),
    ],
)
def test_values_stay_as_written(written, value):
    assert read_head(f"date: {written}\n") == {"date": value}


def test_lists_stay_lists():
    head = "tags: [human rights, Paris]\nlacunae:\n- One; and two\n- Three\n"
    assert read_head(head) == {"tags": ["human rights", "Paris"], "lacunae": ["One; and two", "Three"]}


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (
            "title: A: B\n",
            "The front matter is not YAML (line 1). Write `key: value` lines; quote values that hold a colon.",
        ),
        ("- a\n- b\n", "The front matter holds no keys. Write `key: value` lines, such as `title: A statement`."),
        ("title: A\ntitle: B\n", "The front matter names 'title' twice. Keep one."),
        ("tags: [[a], b]\n", "The value of 'tags' in the front matter is neither a text nor a list of texts."),
        ("title: {a: b}\n", "The value of 'title' in the front matter is neither a text nor a list of texts."),
        (
            f"title: {'[' * 3000}\n",
            "The front matter holds too many brackets in one another. "
            "Write `key: value` lines; quote values that hold [.",
        ),
    ],
)
def test_what_is_no_flat_mapping_is_refused(head, sentence):
    with pytest.raises(FileError) as caught:
        read_head(head)
    assert str(caught.value) == sentence


def test_yaml_makes_no_objects():
    assert read_head("title: !!python/object/apply:os.system ['true']\n") == {"title": ["true"]}


@given(st.text())
def test_any_head_gives_texts_or_a_sentence(head):
    try:
        values = read_head(head)
    except FileError as error:
        assert str(error).endswith(".")
    else:
        assert all(isinstance(value, str | list) for value in values.values())
