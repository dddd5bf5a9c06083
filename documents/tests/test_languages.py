"""Languages by their tags."""

import pytest

from documents.languages import direction, is_language_tag, language_name, own_name


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "pt-BR", "es-419", "arn"])
def test_well_formed_tags(tag):
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "English", "en_GB", "e", "-en"])
def test_what_is_no_tag(tag):
    assert not is_language_tag(tag)


@pytest.mark.parametrize(("tag", "name"), [("fr", "French"), ("zh-Hans", "Simplified Chinese"), ("xx-Latn", "xx-Latn")])
def test_names_for_people(tag, name):
    assert language_name(tag) == name


def test_own_names():
    assert own_name("ru") == "Русский"


@pytest.mark.parametrize(("tag", "way"), [("ar", "rtl"), ("ar-EG", "rtl"), ("en", "ltr"), ("tlh", "ltr")])
def test_direction(tag, way):
    assert direction(tag) == way
