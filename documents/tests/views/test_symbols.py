"""Symbols: their index, the page of each with the passages that cite it, and the thing itself where it is held."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import State
from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words

FULL = "The Security Council adopted resolution 1373 (2001). It binds all."


@pytest.fixture
def texts(db):
    """Speeches that cite resolutions, a declaration that is held in two languages; a draft and a withdrawn text."""
    with sync.held_back():
        held = {
            "first": make_document(title="First", text=f"{FULL}\n\nCompliance with 1373 is essential.", date="2001"),
            "second": make_document(title="Second", text="See S/RES/1373 (2001) and A/60/L.62.", date="2002"),
            "short": make_document(title="Short", text="Under Security Council resolution 1373 we act.", date="2003"),
            "rights": make_document(title="Rights", text="All are equal.", identifier="A/RES/217(III)"),
            "droits": make_document(title="Droits", text="Tous égaux.", identifier="A/RES/217 (III)", language="fr"),
            "draft": make_document(title="Unfinished", text="See S/RES/9999 (2001).", state=State.DRAFT),
            "gone": make_document(title="Regretted", text="See S/RES/1373 (2001)."),
        }
        held["gone"].state, held["gone"].withdrawal_reason = State.WITHDRAWN, "An error."
        held["gone"].save()
    sync.flush()
    return held


def test_a_symbol_lists_who_cites_it_with_passages_that_lead_to_their_paragraphs(client, texts):
    page = client.get("/symbols/s-res-1373-2001/")
    assert "Cited by 3 documents" in words(page)
    assert "Security Council resolution 1373 (2001)" in words(page)
    addresses = links(page)
    assert f"{texts['first'].get_absolute_url()}#p1" in addresses
    assert f"{texts['second'].get_absolute_url()}#p1" in addresses
    assert "<mark>S/RES/1373 (2001)</mark>" in content(page)
    assert "Regretted" not in words(page)


def test_what_only_the_context_tells_is_said_to_be_inferred(client, texts):
    page = content(client.get("/symbols/s-res-1373-2001/"))
    passages = dict(re.findall(r'#p(\d)".*?<p>(.*?)</p>', page.split("Second")[0], re.DOTALL))
    assert "inferred" not in passages["1"]
    assert "<mark>1373</mark> is essential" in passages["2"]
    assert "inferred" in passages["2"]


def test_a_symbol_says_which_documents_are_the_thing_itself(client, texts):
    page = client.get("/symbols/a-res-217-iii/")
    assert texts["rights"].get_absolute_url() in links(page)
    assert texts["droits"].get_absolute_url() in links(page)
    assert "Cited by no document" in words(page)
    assert "The archive does not hold it" in words(client.get("/symbols/a-60-l-62/"))


def test_a_number_without_its_year_leads_to_the_only_one_and_counts_for_it(client, texts):
    response = client.get("/symbols/s-res-1373/")
    assert (response.status_code, response["Location"]) == (302, "/symbols/s-res-1373-2001/")
    assert "Short" in words(client.get("/symbols/s-res-1373-2001/"))


def test_a_number_that_several_share_lists_them(client, texts):
    make_document(title="Slip", text="See S/RES/1373 (2011).")
    sync.flush()
    page = client.get("/symbols/s-res-1373/")
    assert {"/symbols/s-res-1373-2001/", "/symbols/s-res-1373-2011/"} <= set(links(page))
    assert "Cited by 1 document" in words(page)
    assert "Cited by 2 documents" in words(client.get("/symbols/s-res-1373-2001/"))


def test_symbols_cited_beside_it_are_offered(client, texts):
    make_document(title="Third", text="S/RES/1373 (2001) and A/60/L.62 again.")
    sync.flush()
    aside = content(client.get("/symbols/s-res-1373-2001/")).split("Often cited beside it")[1]
    assert "/symbols/a-60-l-62/" in aside


@pytest.mark.parametrize("slug", ["s-res-9999-2001", "nothing", "s-res-137"])
def test_an_unknown_symbol_gets_a_sentence(client, texts, slug):
    page = client.get(f"/symbols/{slug}/")
    assert page.status_code == 404
    assert slug in words(page)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/symbols/?series=x", 400),
        ("/symbols/?series=other&page=0", 400),
        ("/symbols/?series=other&page=2", 404),
        ("/symbols/s-res-1373-2001/?page=x", 400),
        ("/symbols/s-res-1373-2001/?page=9", 404),
        ("/symbols/s-res-1373-2001/?utm_source=x", 200),
    ],
)
def test_odd_parameters_get_their_status(client, texts, path, status):
    assert client.get(path).status_code == status


def test_the_index_counts_documents_and_leads_to_every_symbol(client, texts):
    page = client.get("/symbols/")
    assert "S/RES/1373(2001) 2 documents" in words(page)
    assert "A/RES/217(III) held" in words(page)
    assert "9999" not in words(page)
    series = {address for address in links(page) if "series=" in address}
    assert series == {"?series=security-council", "?series=general-assembly", "?series=other"}


def test_a_series_stands_in_numeric_order_and_in_pages(client, db):
    numbers = range(1, 321)
    make_document(text="\n\n".join(f"S/RES/{number} (2001)" for number in numbers))
    sync.flush()
    first, second = (client.get(f"/symbols/?series=security-council&page={page}") for page in (1, 2))
    listed = [address for page in (first, second) for address in links(page) if address.startswith("/symbols/s-res")]
    assert listed == [f"/symbols/s-res-{number}-2001/" for number in numbers]


def test_many_citing_documents_come_in_pages_with_the_same_few_queries(client, db):
    def queries(path):
        client.get("/symbols/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    with sync.held_back():
        for number in range(25):
            make_document(title=f"Text {number:02}", text=FULL, date=str(1990 + number))
    sync.flush()
    page = client.get("/symbols/s-res-1373-2001/")
    assert "Cited by 25 documents , 1 to 20" in words(page)
    assert "Text 24" in words(client.get("/symbols/s-res-1373-2001/?page=2"))
    assert queries("/symbols/s-res-1373-2001/") <= 8


@pytest.mark.parametrize("typed", ["S/RES/1373 (2001)", "resolution 1373", "s/res/1373"])
def test_a_typed_symbol_offers_its_page_and_finds_what_is_inferred(client, texts, typed):
    page = client.get("/search/", {"q": typed})
    assert "/symbols/s-res-1373-2001/" in links(page)
    assert {"First", "Second"} <= set(words(page).split())


def test_a_passage_found_by_number_alone_is_shown(client, texts):
    page = content(client.get("/search/", {"q": "S/RES/1373 (2001)"}))
    assert "<mark>1373</mark> is essential" in page
