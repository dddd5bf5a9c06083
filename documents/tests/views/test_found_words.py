"""The words of a search in the document that it leads to, and the search within one document or collection."""

import re

import pytest

from documents.search import sync
from documents.search.factory import forget_engine
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words

MARK = re.compile(r'<mark id="m(\d+)">(.*?)</mark>')


def marks(page):
    """The marked words of the text and its title, in order; passages listed above have marks without addresses."""
    return [word for _, word in MARK.findall(content(page))]


def opened(client, query, slug="meeting-on-border-security"):
    return client.get(f"/documents/{slug}/?{query}")


def test_a_result_opens_the_document_with_the_same_words_marked(client, archive):
    (address,) = {link for link in links(client.get("/search/?q=border")) if link.startswith("/documents/meeting")} - {
        link for link in links(client.get("/search/?q=border")) if "#" in link
    }
    page = client.get(address)
    assert marks(page) == ["border", "Borders"]
    assert "2 places in 2 paragraphs: first , last ." in words(page)
    assert '<h1 id="p1">Meeting on <mark id="m1">border</mark>' in content(page)


def test_each_place_leads_to_the_next_and_back(client, archive):
    page = content(opened(client, "q=border"))
    first, second = (page.split(f'id="m{number}"')[1].split("</span>")[0] for number in (1, 2))
    assert 'href="#m2"' in first and 'rel="prev"' not in first
    assert 'href="#m1"' in second and 'rel="next"' not in second


def test_passages_lead_to_their_first_place(client, archive):
    page = content(opened(client, "q=border"))
    assert '<a class="number" href="#m2"><span class="hidden" lang="en">Paragraph </span>4</a>' in page
    assert "<mark>Borders</mark> are watched." in page


def test_a_search_in_the_document_alone(client, archive):
    page = opened(client, "q=nairobi")
    assert marks(page) == ["Nairobi"]
    assert "1 place in 1 paragraph: first ." in words(page)
    assert 'action="/documents/meeting-on-border-security/"' in content(page)
    assert 'value="nairobi"' in content(page)
    assert "/search/?q=nairobi" in links(page)


def test_where_nothing_is_found_the_whole_archive_is_offered(client, archive):
    page = opened(client, "q=peoples")
    assert "No place with “ peoples ”." in words(page)
    assert "/search/?q=peoples" in links(page)
    assert not marks(page)


@pytest.mark.parametrize("query", ["", "q=", "q=*", "q=tag:police", "in=tag&tag=police"])
def test_without_words_nothing_is_said_of_places(client, archive, query):
    page = opened(client, query)
    assert page.status_code == 200
    assert " places" not in words(page) and "<mark" not in content(page)
    assert "marks.css" not in content(page)


def test_filters_of_the_search_are_kept_for_the_whole_archive(client, archive):
    page = opened(client, "in=search&q=border&tag=police&at=1")
    assert marks(page) == ["border", "Borders"]
    assert "/search/?q=border&tag=police" in links(page)


def test_any_query_opens_the_document(client, archive):
    for query in (
        '"',
        "((((",
        "a" * 900,
        "\x00\x07",
        '"border security"~3',
        "NOT border",
        "text:border",
        "title:meeting",
    ):
        assert client.get("/documents/charter/", {"q": query}).status_code == 200
    assert opened(client, "q=border&from=nonsense").status_code == 200


def test_marks_stand_in_other_scripts(client, archive):
    page = client.get(archive["arabic"].get_absolute_url(), {"q": "الناس"})
    assert len(marks(page)) == 1


def test_a_title_that_the_text_does_not_give_is_not_marked(client, archive):
    page = opened(client, "q=contacts", slug="contacts-with-organisations")
    assert "<h1 >[Contacts with organisations]</h1>" in content(page)


def test_the_address_without_marks_is_the_canonical_one(client, archive):
    page = opened(client, "q=border")
    assert '<link rel="canonical" href="http://testserver/documents/meeting-on-border-security/">' in content(page)
    assert "/documents/meeting-on-border-security/" in links(page)


def test_the_document_can_be_read_where_the_index_cannot_answer(client, archive, settings, tmp_path):
    broken = tmp_path / "not-a-folder"
    broken.write_text("")
    settings.INDEX_DIR = broken
    forget_engine()
    page = opened(client, "q=border")
    assert page.status_code == 200
    assert not marks(page)


def test_long_lists_of_passages_are_cut_and_say_so(client, archive):
    make_document(title="Long", text="\n\n".join(f"The border of number {n}." for n in range(60)))
    sync.flush()
    page = client.get("/documents/long/?q=border")
    assert "60 places in 60 paragraphs" in words(page)
    assert "And 20 paragraphs more, all marked in the text." in words(page)


@pytest.mark.parametrize(
    "query",
    [
        "q=border",
        "in=search&q=border&at=1",
        "in=search&q=border+tag:border-security&at=1",
        "in=search&q=border+tag:%22border+security%22+collection:%22press+releases%22&at=1",
        "in=search&q=border+body:%22counter-terrorism+committee%22+tag:police+collection:press-releases&at=1",
        "in=tag&tag=police&at=1",
    ],
)
def test_it_needs_few_queries(client, archive, django_assert_max_num_queries, query):
    for title in ("One", "Two"):
        make_document(title=title, text="The Counter-Terrorism Committee met.", tags=["border security"])
    sync.flush()
    with django_assert_max_num_queries(8):
        page = opened(client, query)
    assert page.status_code == 200


def test_a_collection_is_searched_from_its_page(client, archive):
    page = content(client.get("/collections/press-releases/"))
    assert '<input type="hidden" name="collection" value="press-releases">' in page
    found = client.get("/search/?q=border&collection=press-releases")
    assert "2 documents" in words(found)
