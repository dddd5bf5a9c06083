"""The title page."""

import pytest

from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import links, words


def test_it_shows_oldest_newest_collections_and_tags_with_counts(client, archive):
    shown = words(client.get("/"))
    assert "All four documents" in shown
    assert shown.index("Newest") < shown.index("Meeting on border security") < shown.index("Oldest")
    assert "border security 2" in shown
    assert "Web pages 1" in shown


def test_drafts_and_withdrawn_documents_leave_no_trace(client, archive):
    shown = words(client.get("/"))
    for word in ("Unfinished", "secret", "Cellar", "Regretted"):
        assert word not in shown


def test_its_form_leads_to_the_search(client, archive):
    page = client.get("/").content.decode()
    assert 'action="/search/"' in page
    assert 'name="q"' in page
    assert "/search/help/" in links(client.get("/"))


def test_an_empty_archive_says_so(client, db):
    assert "holds no document yet" in words(client.get("/"))


@pytest.mark.parametrize("extra", [0, 55])
def test_it_needs_few_queries_whatever_the_size(client, archive, extra, django_assert_max_num_queries):
    make_many(extra)
    with django_assert_max_num_queries(8):
        client.get("/")


def make_many(number):
    with sync.held_back():
        for place in range(number):
            make_document(title=f"Report {place}", date=str(1950 + place), tags=[f"tag {place}"], type="Report")
    sync.flush()


def test_pages_are_compressed_for_whoever_takes_them_so(client, db):
    make_document(text="The Committee met in New York. " * 100)
    plain = client.get("/documents/border-security/")
    small = client.get("/documents/border-security/", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert len(small.content) < len(plain.content) / 2
