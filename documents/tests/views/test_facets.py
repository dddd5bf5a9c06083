"""Facets: the first values beside a list, all of them on a page of their own, each count true."""

import pytest

from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words
from documents.tests.views.test_browse import facet_links, total
from documents.tests.views.test_home import make_many
from documents.views import facets


def values(response):
    """Address and count of every value of a facet's page."""
    page = content(response).replace('class="all-values"', 'class="facets"')
    return facet_links_of(page)


def facet_links_of(page):
    class Page:
        content = page.encode()

    return facet_links(Page)


def test_ten_values_stand_beside_a_list_and_the_others_on_their_own_page(client, archive):
    make_many(15)
    beside = client.get("/documents/?type=report")
    assert sum("&tag=" in address or "?tag=" in address for address in links(beside)) == 10
    assert "All 15 tags" in words(beside)
    assert "/documents/facets/tag/?type=report" in links(beside)
    assert len(values(client.get("/documents/facets/tag/?type=report"))) == 15


def test_a_facet_of_the_timeline_leads_back_to_the_timeline(client, archive):
    make_many(15)
    (address,) = [link for link in links(client.get("/timeline/?type=report")) if "/facets/tag/" in link]
    page = client.get(address)
    assert "Back to the timeline" in words(page)
    leading = [link for link in links(page) if "type=report" in link]
    assert "/timeline/?type=report" in leading
    assert "/timeline/?type=report&tag=tag-3" in leading
    (by_name,) = [link for link in leading if "order=name" in link]
    assert "/timeline/?type=report" in links(client.get(by_name))


def test_chosen_values_stand_first_however_few_documents_they_have(client, archive):
    make_many(15)
    shown = words(client.get("/documents/?tag=tag-14"))
    assert "Tag tag 14 , chosen: take it away" in shown


@pytest.mark.parametrize("query", ["", "?q=border", "?type=report", "?from=1955&to=1961", "?q=border&view=compact"])
@pytest.mark.parametrize("field", ["tag", "collection", "decade", "year", "place", "language", "body", "type", "name"])
def test_each_count_is_what_its_link_gives(client, archive, field, query):
    make_many(4)
    page = client.get(f"/documents/facets/{field}/{query}")
    assert page.status_code == 200
    for address, count in values(page) if 'class="all-values"' in content(page) else ():
        assert total(client.get(address)) == count, address


def test_years_are_offered_once_they_are_few(client, archive):
    make_many(30)
    assert 'id="facet-year"' not in content(client.get("/documents/"))
    decade = client.get("/documents/?from=1950&to=1959")
    assert "/documents/?from=1955&to=1955" in links(decade)
    year = client.get("/documents/?from=1955&to=1955")
    assert "1955 , chosen: take it away" in words(year)
    assert "/documents/?from=1950&to=1959" in links(year)


def test_values_are_sorted_by_count_or_name_and_numbers_by_size(client, archive):
    with sync.held_back():
        make_document(title="One", tags=["session 10", "session 9", "zeal"])
        make_document(title="Two", tags=["zeal"])
        make_document(title="Three", tags=["zeal"])
    sync.flush()
    by_count = words(client.get("/documents/facets/tag/"))
    assert by_count.index("zeal 3") < by_count.index("border security 2") < by_count.index("session 10 1")
    by_name = words(client.get("/documents/facets/tag/?order=name"))
    assert by_name.index("border security 2") < by_name.index("session 9 1") < by_name.index("session 10 1")
    assert by_name.index("session 10 1") < by_name.index("zeal 3")


def test_years_stand_in_time(client, archive):
    shown = words(client.get("/documents/facets/year/"))
    assert shown.index("1945 1") < shown.index("1948 1") < shown.index("2002 1") < shown.index("2007 1")


def test_many_values_are_paged(client, archive, monkeypatch):
    monkeypatch.setattr(facets, "VALUES_ON_A_PAGE", 10)
    make_many(23)
    first = client.get("/documents/facets/tag/?order=name&view=compact")
    assert len(values(first)) == 10
    assert "/documents/facets/tag/?page=3&view=compact&order=name" in links(first)
    assert len(values(client.get("/documents/facets/tag/?page=3"))) == 5
    assert client.get("/documents/facets/tag/?page=4").status_code == 404


def test_its_links_lead_to_the_list_or_search_that_it_came_from(client, archive):
    assert "/search/?q=border&tag=police" in links(client.get("/documents/facets/tag/?q=border"))
    assert "/documents/?tag=police" in links(client.get("/documents/facets/tag/"))
    assert "/documents/?type=press-release" in links(client.get("/documents/facets/tag/?type=press-release"))


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/documents/facets/symbol/", 404, "counted by collection"),
        ("/documents/facets/tag/?order=foo", 400, "order=count or name"),
        ("/documents/facets/tag/?page=0", 400, "write page=1"),
        ("/documents/facets/tag/?type=nonsense", 404, "has no type “nonsense”"),
    ],
)
def test_bad_input_gets_a_sentence(client, archive, path, status, sentence):
    response = client.get(path)
    assert response.status_code == status
    assert sentence in words(response)


@pytest.mark.parametrize("extra", [1, 40])
def test_it_needs_few_queries_whatever_the_size(client, archive, extra, django_assert_max_num_queries):
    make_many(extra)
    with django_assert_max_num_queries(5):
        client.get("/documents/facets/tag/?type=report")


# --- One line a document ---


@pytest.mark.parametrize(
    "path", ["/documents/?view=compact", "/search/?q=border&view=compact", "/tags/police/?view=compact"]
)
def test_the_compact_view_has_one_line_a_document(client, archive, path):
    page = content(client.get(path))
    assert page.count('class="compact"') == total(client.get(path))
    assert 'class="entry"' not in page
    assert "<mark>" not in page


def test_the_view_is_kept_by_pages_orders_and_filters(client, archive):
    make_many(30)
    shown = links(client.get("/documents/?type=report&view=compact"))
    for address in (
        "/documents/?type=report&page=2&view=compact",
        "/documents/?type=report&sort=newest&view=compact",
        "/documents/?view=compact",
        "/documents/?type=report",
        "/documents/facets/tag/?type=report&view=compact",
        "/timeline/?type=report&view=compact",
    ):
        assert address in shown, address
    form = content(client.get("/search/?q=border&view=compact"))
    assert '<input type="hidden" name="view" value="compact">' in form
