"""Tags: one a word in any script, whatever its capitals."""

import pytest

from documents.models import Tag
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "second"),
    [("Права", "права"), ("Élan", "ÉLAN"), ("Straße", "STRASSE"), ("Ε\u0301λεος", "Έλεος"), ("A%", "a%")],
)
def test_capitals_make_no_other_tag_in_any_script(first, second):
    make_document(title="One", tags=[first])
    make_document(title="Two", tags=[second])
    make_document(title="Three", tags=[second, first])
    assert [tag.name for tag in Tag.objects.all()] == [first]
    assert Tag.objects.get().tagged.count() == 3


def test_a_tag_deleted_without_the_admin_is_a_revision_too():
    document = make_document(tags=["Silk"])
    Tag.objects.get().delete()
    assert [revision.fields["tags"] for revision in document.revisions.all()] == [["Silk"], []]


@pytest.mark.parametrize(("first", "second"), [("Права", "Право"), ("Élan", "Elan"), ("a%", "ab"), ("a_", "ab")])
def test_other_words_are_other_tags(first, second):
    make_document(title="One", tags=[first])
    make_document(title="Two", tags=[second])
    assert Tag.objects.count() == 2
