"""Revisions: what was public, and nothing else."""

import pytest

from documents.models import Revision, State
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db


def test_a_draft_has_none():
    document = make_document(state=State.DRAFT)
    assert Revision.record(document) is None


def test_the_first_publication_is_number_one():
    document = make_document()
    assert [revision.number for revision in document.revisions.all()] == [1]


def test_nothing_is_recorded_where_nothing_changed():
    document = make_document()
    document.save()
    assert Revision.record(document) is None


@pytest.mark.parametrize("field", ["title", "place", "date_note", "text", "rights"])
def test_a_change_of_any_field_is_a_revision(field):
    document = make_document()
    setattr(document, field, "Changed.")
    document.save()
    revision = Revision.record(document, reason="A correction.")
    assert (revision.number, revision.reason) == (2, "A correction.")


def test_tags_are_part_of_the_state():
    document = make_document(tags=["borders"])
    document.tags.set(["borders", "ships"])
    assert Revision.record(document).fields["tags"] == ["borders", "ships"]


def test_a_withdrawal_is_a_revision():
    document = make_document()
    document.state, document.withdrawal_reason = State.WITHDRAWN, "A duplicate."
    document.save()
    assert Revision.record(document).fields["withdrawal_reason"] == "A duplicate."


def test_a_revision_knows_the_addresses_of_its_paragraphs():
    document = make_document(text="One thing is said here.\n\nAnother is said there.")
    document.text = (
        "A wholly different opening about ships and ports.\n\nOne thing is said here.\n\nAnother is said there."
    )
    document.save()
    Revision.record(document)
    assert [revision.paragraph_numbers for revision in document.revisions.all()] == [[1, 2], [3, 1, 2]]
