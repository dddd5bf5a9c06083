"""What is public, and the order of time."""

import pytest

from documents.models import Document, State
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def dated():
    for title, edtf in [
        ("undated", ""),
        ("open end", "[2018..]"),
        ("year", "2018"),
        ("day", "2018-10-02"),
        ("open start", "[..2003]"),
        ("another undated", ""),
    ]:
        make_document(title=title, date=edtf)


def titles(queryset):
    return [document.title for document in queryset]


def test_only_published_documents_are_public():
    make_document(title="shown")
    make_document(title="draft", state=State.DRAFT)
    withdrawn = make_document(title="withdrawn")
    withdrawn.state, withdrawn.withdrawal_reason = State.WITHDRAWN, "A duplicate."
    withdrawn.save()
    assert titles(Document.objects.published()) == ["shown"]
    assert set(titles(Document.objects.ever_published())) == {"shown", "withdrawn"}


def test_the_order_is_earliest_latest_slug_with_the_undated_last(dated):
    expected = ["open start", "year", "open end", "day", "another undated", "undated"]
    assert titles(Document.objects.in_date_order()) == expected


def test_newest_first_keeps_the_undated_last(dated):
    expected = ["day", "open end", "year", "open start", "another undated", "undated"]
    assert titles(Document.objects.in_date_order(newest_first=True)) == expected
