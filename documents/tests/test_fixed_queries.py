"""A query written once reads what the queryset itself does, whatever it is asked with."""

import pytest

from documents.fixed_queries import FixedQuery, Given, GivenMany
from documents.models import Document
from documents.tests.factories import make_document, make_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents():
    body = make_name("Security Council")
    return [make_document(title="Charter", issuing_body=body, date="1945"), make_document(title="Strategy")]


def state_of(record):
    return {name: value for name, value in vars(record).items() if name != "_state"}, record._state.fields_cache


def test_records_are_those_of_the_queryset(documents):
    records = Document.objects.with_latest_revision().select_related("collection", "issuing_body").defer("text")
    query = FixedQuery(records.filter(slug=Given("slug")))
    for document in documents:
        assert [state_of(record) for record in query(slug=document.slug)] == [
            state_of(record) for record in records.filter(slug=document.slug)
        ]
    assert query(slug="nothing") == []


def test_columns_left_out_are_read_when_asked_for(documents):
    (charter,) = FixedQuery(Document.objects.only("title").filter(pk=Given("pk")))(pk=documents[0].pk)
    assert charter.get_deferred_fields()
    assert charter.date == "1945"


def test_a_percent_sign_stands_for_itself(documents):
    names = Document.objects.extra(where=["title LIKE 'Str%%'"]).filter(state=Given("state"))
    assert FixedQuery(names)(state="published") == [documents[1]]


def test_many_values_are_asked_for_in_one_query(documents, django_assert_num_queries):
    query = FixedQuery(Document.objects.filter(pk__in=GivenMany("ids")).order_by("pk"))
    for ids in ([], [documents[1].pk], [each.pk for each in documents]):
        with django_assert_num_queries(1):
            assert [each.pk for each in query(ids=ids)] == ids
