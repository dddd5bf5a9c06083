"""Pages that are kept, and told to be the same, until the public sees something else."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from documents.tests.factories import make_document
from documents.views import kept_pages

ONE = 1  # query: that for the generation


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": None}}
    yield
    cache.clear()


@pytest.fixture
def document(transactional_db):
    return make_document(title="Border security", text="The Committee met.")


PLACES = ["/", "/documents/", "/documents/border-security/", "/search/?q=committee", "/timeline/"]


@pytest.mark.parametrize("address", PLACES)
def test_a_page_asked_for_again_costs_one_query(client, document, address, django_assert_num_queries):
    first = client.get(address)
    with django_assert_num_queries(ONE):
        again = client.get(address)
    assert again.content == first.content
    assert again.headers == first.headers
    assert again.status_code == 200


def test_the_order_of_parameters_and_blanks_around_them_do_not_count(client, document, django_assert_num_queries):
    client.get("/search/?q=committee&from=2001")
    with django_assert_num_queries(ONE):
        client.get("/search/?from=2001&q=+committee+&tag=")


def test_of_values_given_twice_the_last_counts(client, document):
    make_document(title="Another", text="The Assembly met.")
    assert b"Border security" in client.get("/search/?q=assembly&q=committee").content
    assert b"Border security" not in client.get("/search/?q=committee&q=assembly").content


@pytest.mark.parametrize("address", ["/search/receipt/?q=committee", "/search.json?q=committee"])
def test_what_says_when_it_was_made_is_made_anew(client, document, address):
    first = client.get(address)
    deadline = time.monotonic() + 5
    while client.get(address).content == first.content:
        assert time.monotonic() < deadline, "the time stands still"
        time.sleep(0.05)


def test_a_feed_names_the_day_and_is_made_anew_but_not_sent_again(client, document):
    first = client.get("/search.atom?q=committee")
    assert not cache._cache
    again = client.get("/search.atom?q=committee", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_what_is_suggested_while_typing_crowds_out_no_page(client, document):
    for typed in ("bo", "bor", "bord"):
        assert b"Border security" in client.get(f"/search/suggest/?q={typed}").content
    assert not cache._cache


def test_a_change_is_seen_at_once(client, document):
    address = document.get_absolute_url()
    client.get(address)
    client.get("/search/?q=subcommittee")
    document.text = "The Subcommittee met."
    document.save()
    assert b"Subcommittee met" in client.get(address).content
    assert b"1 document" in client.get("/search/?q=subcommittee").content


def test_a_withdrawn_document_is_gone_at_once(client, document):
    address = document.get_absolute_url()
    client.get(address)
    document.state, document.withdrawal_reason = "withdrawn", "It was a draft."
    document.save()
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("encoding", ["", "gzip, br"])
def test_whoever_has_the_page_is_told_that_it_is_the_same(client, document, encoding):
    headers = {"accept-encoding": encoding}
    first = client.get("/documents/", headers=headers)
    assert first["Cache-Control"] == "no-cache"
    for _ in range(2):
        again = client.get("/documents/", headers={**headers, "if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
    make_document(title="Another")
    assert client.get("/documents/", headers={**headers, "if-none-match": first["ETag"]}).status_code == 200


def test_pages_come_compressed_to_those_alone_who_take_them_so(client, document):
    for _ in range(2):
        assert client.get("/about/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
        assert not client.get("/about/").has_header("Content-Encoding")


def test_each_host_has_its_own_addresses(client, document, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    client.get("/documents/", headers={"host": "one.example"})
    assert b"http://two.example/documents/" in client.get("/documents/", headers={"host": "two.example"}).content


@pytest.mark.parametrize("address", ["/documents/none/", "/search/?page=x", "/documents/?page=99", "/nowhere"])
def test_errors_are_made_anew(client, document, address):
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert not response.has_header("ETag")
    document.slug = "none"
    document.save()
    assert client.get("/documents/none/").status_code == 200


def test_a_long_page_is_not_kept(client, document, monkeypatch):
    monkeypatch.setattr(kept_pages, "LONGEST_KEPT", 100)
    client.get("/about/")
    assert not cache._cache


def test_pages_of_the_admin_are_never_kept(admin_client, document):
    response = admin_client.get(reverse("admin:index"))
    assert response.status_code == 200
    assert not cache._cache
    assert "no-cache" in response["Cache-Control"]


def test_head_is_answered_from_what_is_kept(client, document, django_assert_num_queries):
    first = client.get("/about/")
    with django_assert_num_queries(ONE):
        head = client.head("/about/")
    assert head["ETag"] == first["ETag"]


def test_posts_are_refused_though_the_page_is_kept(client, document):
    client.get("/about/")
    assert client.post("/about/").status_code == 405
