"""Previous and next within the list that a reader came from, which the address alone remembers."""

import pytest

from documents.models import Document, State
from documents.search import sync
from documents.search.factory import forget_engine
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words
from documents.tests.views.test_home import make_many
from documents.views.neighbours import InTime, in_time


def test_without_a_list_neighbours_are_those_in_time(db):
    for edtf in ("", "[2018..]", "2018", "2018-10-02", "[..2003]"):
        make_document(title=f"dated {edtf}", date=edtf)
    make_document(title="another undated")
    make_document(title="draft", date="2018", state=State.DRAFT)
    order = list(Document.objects.published().in_date_order().values_list("pk", flat=True))
    for previous_id, pk, next_id in zip([None, *order], order, [*order[1:], None], strict=False):
        assert in_time(Document.objects.get(pk=pk)) == InTime(previous_id, next_id)


def entries(page):
    """The addresses of the documents listed, in order."""
    found = [address.split("#")[0] for address in links(page) if address.startswith("/documents/") and "at=" in address]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search/?q=border", "1 of 2 in the search “ border ”"),
        ("/search/?q=border&from=1900&sort=oldest", "1 of 2 in the search “ border ”, with filters"),
        ("/search/", "1 of 4 in the search"),
        ("/tags/border-security/", "1 of 2 in the tag “border security”"),
        ("/tags/border-security/?sort=newest", "1 of 2 in the tag “border security”"),
        ("/collections/press-releases/", "1 of 3 in the collection “Press releases”"),
        ("/documents/?sort=newest", "1 of 4 in the list of documents"),
        ("/documents/?tag=border-security", "1 of 2 in the list of documents, with filters"),
    ],
)
def test_a_reader_goes_through_a_list_and_back(client, archive, path, said):
    first, *others = entries(client.get(path))
    page = client.get(first)
    assert said in words(page)
    visited = [first]
    while following := [address for address in links(page) if "/documents/" in address and address in others]:
        others = [address for address in others if address != following[0]]
        page = client.get(following[0])
        visited.append(following[0])
        assert f"{len(visited)} of " in words(page)
    assert not [address for address in others if address not in visited]
    assert path in links(page)


def test_the_middle_leads_both_ways(client, archive):
    page = client.get("/documents/charter/?in=collection&collection=press-releases&at=1")
    assert "/documents/llaln-llmy/" not in content(page)
    (following,) = {address for address in links(page) if "at=2" in address}
    middle = client.get(following)
    assert {address.split("at=")[1] for address in entries(middle)} == {"1", "3"}
    assert "In order of the list" in content(middle)


def test_the_page_of_the_list_that_has_it_is_the_one_to_go_back_to(client, archive):
    make_many(30)
    page = client.get("/tags/border-security/")
    assert "page=" not in "".join(entries(page))
    second = client.get("/documents/?sort=newest&page=2")
    at_21 = next(address for address in entries(second) if address.endswith("at=21"))
    assert "/documents/?sort=newest&page=2" in links(client.get(at_21))


def test_all_documents_in_order_of_time_keep_their_plain_addresses(client, archive):
    page = client.get("/documents/")
    assert not entries(page)
    assert "/documents/charter/" in links(page)


def test_robots_are_led_to_the_plain_address_alone(client, archive):
    listed = content(client.get("/search/?q=border"))
    for address in ("/documents/charter/?in=search&amp;q=border&amp;at=", "#p"):
        assert all('rel="nofollow"' in link.split(">")[0] for link in listed.split(f'href="{address}')[1:])
    page = content(client.get("/documents/charter/?in=search&q=border&at=1"))
    assert '<link rel="canonical" href="http://testserver/documents/charter/">' in page


def test_a_place_that_has_shifted_is_found_again(client, archive):
    page = client.get("/documents/charter/?in=search&q=border&sort=oldest&at=9")
    assert "1 of 2 in the search" in words(page)


@pytest.mark.parametrize(
    "query",
    [
        "in=search&q=nairobi",
        "in=tag&tag=police",
        "in=tag&tag=nonsense",
        "in=search&q=charter&at=999999",
        "in=",
        "q=border",
    ],
)
def test_where_the_document_is_not_in_the_list_its_neighbours_in_time_are_shown(client, archive, query):
    page = client.get(f"/documents/charter/?{query}")
    assert page.status_code == 200
    assert "In order of time" in content(page)
    assert "After this الإعلان العالمي" in words(page)
    assert " of 1 in " not in words(page)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("in=nowhere", "Write in=search, in=documents, in=tag or in=collection"),
        ("in=search&at=x", "write at=1"),
        ("in=search&at=0", "write at=1"),
        ("in=tag", "Write in=tag&tag="),
        ("in=tag&tag=ü", "Write in=tag&tag="),
        ("in=documents&sort=relevance", "oldest, newest or title"),
        ("in=search&from=2005&to=2001", "from=2001, to=2005"),
        ("in=search&dates=perhaps", "possibly or certainly"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(client, archive, query, sentence):
    page = client.get(f"/documents/charter/?{query}")
    assert page.status_code == 400
    assert sentence in words(page)


def test_a_very_long_search_is_not_carried_along(client, archive):
    page = client.get("/search/", {"q": "border OR " + "zz " * 200})
    assert not entries(page)
    assert "/documents/charter/" in "".join(links(page))


def test_drafts_and_withdrawn_documents_are_no_neighbours(client, archive):
    gone = archive["contacts"]
    gone.state, gone.withdrawal_reason = State.WITHDRAWN, "A mistake."
    gone.save()
    sync.flush()
    page = client.get("/documents/meeting-on-border-security/?in=tag&tag=border-security&at=2")
    assert "1 of 1 in the tag" in words(page)
    assert "Contacts" not in words(page)


def test_reading_goes_on_where_the_index_cannot_answer(client, archive, settings, tmp_path):
    broken = tmp_path / "not-a-folder"
    broken.write_text("")
    settings.INDEX_DIR = broken
    forget_engine()
    page = client.get("/documents/charter/?in=search&q=border&at=1")
    assert page.status_code == 200
    assert "In order of time" in content(page)


def test_in_time_both_sides_are_found_even_on_one_day(client, archive):
    for title in ("Charter b", "Charter c"):
        make_document(title=title, date="1945")
    page = words(client.get("/documents/charter-b/"))
    assert "Before this Charter 1945 After this Charter c 1945" in page
