"""What saving a document settles, and what it refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from documents.models import Document, Relation, State
from documents.tests.factories import make_collection, make_document

pytestmark = pytest.mark.django_db


def refused(**fields):
    """The messages, by field, with which a document of these fields is refused."""
    defaults = {"title": "Border security", "text": "Words.", "collection": make_collection()}
    with pytest.raises(ValidationError) as error:
        Document(**defaults | fields).full_clean()
    return error.value.message_dict


def test_saving_renders_the_text_once_with_addresses():
    document = make_document(text="# Aims\n\nTo *deter*.\n\nTo protect.")
    assert '<h2 id="p1">' in document.body_html
    assert "<em>deter</em>" in document.body_html
    assert document.contents == [[2, 1, "Aims"]]
    assert [row.text for row in document.paragraphs.all()] == ["Aims", "To deter.", "To protect."]


def test_a_title_that_opens_the_text_is_kept_as_a_paragraph_and_left_to_the_page():
    document = make_document(title="Border security", text="# Border security\n\nIt matters.")
    assert document.title_paragraph == 1
    assert "Border security" not in document.body_html
    assert document.opening == "It matters."


def test_the_opening_is_cut_between_words():
    document = make_document(text="word " * 200)
    assert document.opening.endswith("word…")
    assert len(document.opening) <= 300


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2021-10-08", date(2021, 10, 8), date(2021, 10, 8)),
        ("[2018..]", date(2018, 1, 1), None),
        ("[2001-01-01..2003-03-06]", date(2001, 1, 1), date(2003, 3, 6)),
        ("", None, None),
    ],
)
def test_a_date_becomes_two_plain_ones(edtf, earliest, latest):
    document = make_document(date=edtf)
    assert (document.date_earliest, document.date_latest) == (earliest, latest)


def test_a_bad_date_is_refused_with_an_example():
    message = refused(date="31 Feb 2001")["date"][0]
    assert "31 Feb 2001" in message
    assert "2001-09-11" in message


def test_an_interval_that_runs_backwards_is_refused():
    assert "date" in refused(date="2005/2001")


def test_an_empty_text_is_refused():
    assert refused(text=" \n ")["text"] == ["The text is empty. A document needs its words."]


def test_a_text_that_is_too_large_is_refused_with_both_sizes(settings):
    settings.MAX_TEXT_BYTES = 1_000_000
    assert "1.1 MB; at most 1 MB" in refused(text="a" * 1_100_000)["text"][0]


def test_html_in_a_text_is_refused_with_its_line():
    assert "Line 3 holds HTML (<script>)" in refused(text="One.\n\n<script>alert(1)</script>")["text"][0]


def test_what_is_no_language_tag_is_refused():
    assert "'English, mostly'" in refused(language="English, mostly")["language"][0]


def test_a_published_document_cannot_become_a_draft():
    document = make_document()
    document.state = State.DRAFT
    with pytest.raises(ValidationError, match="Withdraw it instead"):
        document.full_clean()
    with pytest.raises(ValidationError, match="Withdraw it instead"):
        document.save()
    assert Document.objects.get(pk=document.pk).is_published


def test_a_withdrawal_needs_a_reason():
    document = make_document()
    document.state = State.WITHDRAWN
    with pytest.raises(ValidationError, match="why it is withdrawn"):
        document.full_clean()


def test_a_draft_cannot_be_withdrawn():
    assert "Only a published document" in refused(state=State.WITHDRAWN, withdrawal_reason="A mistake.")["state"][0]


def test_a_published_document_cannot_be_deleted_alone_or_in_bulk():
    document = make_document()
    with pytest.raises(ProtectedError):
        document.delete()
    with pytest.raises(ProtectedError):
        Document.objects.all().delete()
    assert Document.objects.count() == 1


def test_a_draft_can_be_deleted():
    make_document(state=State.DRAFT).delete()
    assert not Document.objects.exists()


def test_a_draft_that_a_published_document_refers_to_cannot_be_deleted_alone_or_in_bulk():
    document, draft = make_document(), make_document(state=State.DRAFT)
    Relation.objects.create(document=document, target=draft)
    for delete in (draft.delete, Document.objects.filter(pk=draft.pk).delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    assert document.relations.get().target == draft


def test_the_first_publication_is_remembered_through_withdrawal():
    document = make_document()
    first = document.published_at
    document.state, document.withdrawal_reason = State.WITHDRAWN, "A duplicate."
    document.save()
    assert document.withdrawn_at
    document.state = State.PUBLISHED
    document.save()
    assert document.published_at == first
    assert document.withdrawn_at is None


def test_what_is_derived_at_save_cannot_be_updated_behind_its_back():
    make_document()
    with pytest.raises(TypeError, match="text must be changed by saving"):
        Document.objects.update(text="Other words.")
    with pytest.raises(TypeError, match="Save each document"):
        Document.objects.bulk_create([])
