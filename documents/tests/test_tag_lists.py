"""Tags on one line."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.tag_lists import join_tags, split_tags


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("border security", ["border security"]),
        ("ships, border security,ships ,", ["border security", "ships"]),
        ('"peace, justice", ships', ["peace, justice", "ships"]),
        ("", []),
        (" , ", []),
    ],
)
def test_only_commas_divide(line, tags):
    assert split_tags(line) == tags


@given(st.sets(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)))
def test_what_is_joined_is_split_again(names):
    assert split_tags(join_tags([SimpleNamespace(name=name) for name in names])) == sorted(names)


@given(st.text())
def test_nothing_that_is_typed_fails(line):
    assert all(tag.strip() == tag for tag in split_tags(line))
