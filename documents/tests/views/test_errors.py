"""Pages for what cannot be shown."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from documents.tests.views.pages import words
from documents.views import errors

PATHS = (
    "/",
    "/documents/",
    "/documents/charter/",
    "/documents/charter/p/1/",
    "/documents/charter/original",
    "/collections/",
    "/collections/press-releases/",
    "/tags/",
    "/tags/police/",
    "/search/",
    "/search.json",
    "/search/help/",
    "/about/",
)


def test_an_unknown_address_is_not_found_and_shows_the_way_on(client, db):
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "Nothing is kept at this address" in words(response)


@pytest.mark.parametrize("path", PATHS)
def test_public_addresses_are_read_only(archive, path):
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code in (200, 404)
    assert strict.head(path).status_code in (200, 404)
    for method in ("post", "put", "patch", "delete", "options"):
        response = getattr(strict, method)(path)
        assert response.status_code == 405, method
        assert response["Allow"] == "GET, HEAD"
        assert "can be read, and nothing can be sent to it" in words(response)


def test_a_form_without_its_token_is_refused_in_the_archives_words(client, db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor"})
    assert response.status_code == 403
    assert "must be sent anew" in words(response)


def test_readers_get_no_cookie(client, archive):
    for path in PATHS:
        assert not client.get(path).cookies, path


def test_a_suspicious_request_is_not_repeated_to_the_reader():
    response = errors.bad_request(RequestFactory().get("/"), SuspiciousOperation("<script>"))
    assert response.status_code == 400
    assert "script" not in words(response)


def test_a_host_that_is_not_ours_is_refused(client, db):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_failure_shows_a_page_that_needs_no_database():  # without the fixture `db` any query would fail
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "The fault is the archive’s" in words(response)


def test_about_tells_how_texts_dates_and_addresses_are_treated(client, db):
    shown = words(client.get("/about/"))
    for word in ("lacuna", "page furniture", "SHA-256", "permanent", "Rights"):
        assert word in shown
