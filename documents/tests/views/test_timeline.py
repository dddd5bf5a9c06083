"""Documents in time: what each bar says, and where it leads."""

import re

import pytest

from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words
from documents.tests.views.test_browse import total
from documents.tests.views.test_home import make_many


def bars(response):
    """Address and accessible name of every bar."""
    plot = content(response).split('class="plot"')[1].split("</svg>")[0]
    return [
        (address.replace("&amp;", "&"), name)
        for address, name in re.findall(r'<a href="([^"]+)"[^>]*><title>([^<]+)</title>', plot)
    ]


def said(response):
    return [name for _, name in bars(response)]


@pytest.fixture
def spread(archive):
    """The archive with open ends and a document without a date beside it."""
    with sync.held_back():
        make_document(title="Open start", text="Border police.", date="[..1946]", tags=["Police"])
        make_document(title="Open end", text="Border money.", date="[2024..]")
        make_document(title="Undated", text="Border officers.")
    sync.flush()
    return archive


def test_each_year_is_a_bar_that_says_what_is_certain(client, spread):
    shown = said(client.get("/timeline/"))
    assert shown[:3] == [
        "1945: 1 document certainly, 1 possibly",
        "1946: 1 document possibly",
        "1948: 1 document certainly",
    ]
    assert "2002: 1 document possibly" in shown
    assert "2007: 1 document certainly" in shown


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=border",
        "?tag=border-security",
        "?from=2001-06&to=2007",
        "?dates=certainly",
        "?collection=press-releases&dates=certainly&from=1946",
        "?q=border&sort=title&view=compact",
    ],
)
@pytest.mark.parametrize("extra", [0, 30])
def test_a_bar_leads_to_as_many_documents_as_it_says(client, spread, query, extra):
    with sync.held_back():
        for year in range(extra):
            make_document(title=f"Of old {year}", text="At the border.", date=f"{1800 + year}")
    sync.flush()
    drawn = bars(client.get(f"/timeline/{query}"))
    assert drawn
    for address, name in drawn:
        figures = [int(figure) for figure in re.findall(r"(\d+) (?:documents? )?(?:certainly|possibly)", name)]
        assert total(client.get(address)) == sum(figures), (address, name)


def test_documents_without_a_date_are_told_in_words(client, spread):
    assert "One document without a date is not drawn" in words(client.get("/timeline/"))
    assert "of no certain year are not drawn" in words(client.get("/timeline/?dates=certainly"))


def test_lists_and_searches_lead_to_their_timeline_and_back(client, archive):
    for path, own in (
        ("/documents/?tag=border-security", "/timeline/?tag=border-security"),
        ("/tags/border-security/", "/timeline/?tag=border-security"),
        ("/search/?q=border", "/timeline/?q=border"),
    ):
        assert own in links(client.get(path)), path
    assert "/search/?q=border" in links(client.get("/timeline/?q=border"))
    assert "/documents/?tag=border-security" in links(client.get("/timeline/?tag=border-security"))


def test_the_words_searched_for_can_be_taken_away(client, archive):
    page = client.get("/timeline/?q=border&tag=border-security")
    assert "Words border" in words(page)
    assert "/timeline/?tag=border-security" in links(page)
    assert "/timeline/?q=border" in links(page)


def test_there_is_a_table_for_those_who_do_not_see_the_chart(client, archive):
    shown = words(client.get("/timeline/"))
    assert "The same as a table Year Certainly Possibly 1945 1 0" in shown


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("from=2005&to=2001", 400, "from=2001, to=2005"),
        ("tag=nonsense", 404, "has no tag “nonsense”"),
        ("view=foo", 400, "view=list or compact"),
    ],
)
def test_bad_input_gets_a_sentence(client, archive, query, status, sentence):
    response = client.get(f"/timeline/?{query}")
    assert response.status_code == status
    assert sentence in words(response)


def test_who_asks_for_figures_is_told_in_text_what_is_wrong(client, archive):
    response = client.get("/timeline.csv?tag=nonsense")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")


def test_nothing_found_draws_nothing(client, archive):
    response = client.get("/timeline/?q=zzzz")
    assert response.status_code == 200
    assert "No published document is here" in words(response)
    assert "<svg" not in content(response)


def test_the_title_page_has_a_small_one(client, archive):
    page = client.get("/")
    assert "In time 1945 Timeline 2007" in words(page)
    assert "/timeline/" in links(page)


def test_an_empty_archive_has_none(client, db):
    assert "<svg" not in content(client.get("/"))


@pytest.mark.parametrize("extra", [0, 55])
def test_it_needs_few_queries_whatever_the_size(client, archive, extra, django_assert_max_num_queries):
    make_many(extra)
    with django_assert_max_num_queries(7):
        client.get("/timeline/?q=border+OR+report")
