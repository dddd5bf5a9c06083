"""What the values of filters are called, read once for all pages of a generation."""

import pytest

from documents.models import Generation, Tag
from documents.search import labels
from documents.search.labels import read_labels
from documents.search.trees import Keyword
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db

BORDERS, NOTHING, DECADE = Keyword("tag", "border-security"), Keyword("tag", "nothing"), Keyword("decade", "1990")


@pytest.fixture
def tag():
    make_document(title="Charter").tags.add("Border security")
    return Tag.objects.get()


def test_a_label_is_read_once_in_a_generation(tag, django_assert_num_queries):
    expected = {
        ("tag", "border-security"): "Border security",
        ("tag", "nothing"): "nothing",
        ("decade", "1990"): "1990s",
    }
    generation = Generation.current()
    assert read_labels([BORDERS, NOTHING, DECADE], generation) == expected
    with django_assert_num_queries(0):
        assert read_labels([BORDERS, NOTHING, DECADE], generation) == expected


def test_the_next_generation_reads_labels_anew(tag):
    read_labels([BORDERS], Generation.current())
    tag.name = "Frontiers"
    tag.save()
    Generation.advance()
    assert read_labels([BORDERS], Generation.current()) == {("tag", "border-security"): "Frontiers"}


def test_what_is_kept_is_bounded(tag, monkeypatch):
    monkeypatch.setattr(labels, "MOST_KEPT", 3)
    for number in range(20):
        read_labels([Keyword("tag", f"typed-{number}"), BORDERS], 1)
        assert len(labels._kept(1)) <= 5
