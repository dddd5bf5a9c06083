"""The results page, the same as data, and the help."""

import json
from pathlib import Path

import pytest
from django.conf import settings as archive_settings
from django.core.management import call_command

from documents.models import Collection
from documents.search import sync
from documents.search.factory import forget_engine
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, title, words
from documents.tests.views.test_home import make_many
from documents.views.search_help import CHAPTERS

FIXTURES = Path(archive_settings.BASE_DIR) / "fixtures"


def data(client, query):
    return json.loads(client.get(f"/search.json?{query}").content)


def test_passages_are_highlighted_and_lead_to_their_paragraph(client, archive):
    page = client.get("/search/?q=border")
    assert "<mark>Borders</mark> are watched" in content(page)
    assert "/documents/meeting-on-border-security/?in=search&q=border&at=1#p4" in links(page)
    assert title(page).startswith("border · Search")


def test_title_and_heading_name_the_filters(client, archive):
    page = client.get("/search/?q=border&tag=police")
    assert title(page).startswith("border, tag Police · Search")
    assert "Search for border : tag Police" in words(page)
    assert title(client.get("/search/?tag=police")).startswith("tag Police · Search")


def test_it_says_what_was_looked_for(client, archive):
    shown = words(client.get("/search/?q=border"))
    assert "Looked for border" in shown
    assert "borders" in shown


def test_it_says_what_was_looked_for_beside_words(client, archive):
    shown = words(client.get('/search/?q="borders shall" OR date:..1950 OR tag:"border security"'))
    assert "the phrase “borders shall” : 1 ; dated 1950 or earlier, possibly : 2 ; tag “border security” : 2" in shown


def test_words_that_do_not_count_for_the_order_are_named(client, archive):
    said = "neither marked nor counted for the order: “ the ”"
    assert said in words(client.get("/search/?q=the+border"))
    assert "for the order" not in words(client.get("/search/?q=the"))
    assert "<mark>the</mark>" not in content(client.get("/search/?q=the+border")).lower()
    assert "<mark>the</mark>" in content(client.get("/search/?q=the")).lower()
    counted = {word["typed"]: word["is_scored"] for word in data(client, "q=the+border")["explanation"]["words"]}
    assert counted == {"the": False, "border": True}
    assert "Not counted for the order the" in words(client.get("/search/receipt/?q=the+border"))


def test_a_word_that_nothing_holds_is_named_in_sight(client, archive):
    assert "zebra : found nowhere" in words(client.get("/search/?q=officers+nairobi+zebra"))
    page = content(client.get("/search/?q=border+officers+nairobi+meeting+watched+zebra"))
    summary = page.partition('<details class="words">')[2].partition("</summary>")[0]
    assert "<bdi>zebra</bdi></b>: found nowhere" in summary


def test_a_form_can_be_left_out_and_brought_back(client, archive):
    page = client.get("/search/?q=border&tag=police")
    assert "/search/?q=border&tag=police&without=borders" in links(page)
    narrower = client.get("/search/?q=border&tag=police&without=borders")
    assert "Left out: borders 2 Bring borders back" in words(narrower)
    assert "/search/?q=border&tag=police" in links(narrower)
    facets = [link for link in links(narrower) if link.startswith("/search/?") and "tag=border-security" in link]
    assert facets
    assert all("without=borders" in link for link in facets)
    assert data(client, "q=border&without=borders")["explanation"]["words"][0]["left_out"]


def test_a_document_reached_without_some_forms_has_the_neighbours_of_that_search(client, archive):
    make_document(title="A border", text="The border.", date="1999")
    make_document(title="Another border", text="The border.", date="2001")
    sync.flush()
    page = client.get("/search/?q=border&without=borders&sort=oldest")
    address = next(link for link in links(page) if link.startswith("/documents/a-border/"))
    assert "without=borders" in address
    beside = [link for link in links(client.get(address)) if "at=2" in link]
    assert beside
    assert all(link.startswith("/documents/another-border/") for link in beside)


def test_a_word_of_hundreds_of_forms_shows_the_most_frequent(client, archive):
    make_document(title="Many", text=" ".join(f"border{letter}{other}" for letter in "abcdef" for other in "abcdef"))
    sync.flush()
    shown = words(client.get("/search/?q=border*"))
    assert "and 14 rarer ones: all of them" in shown


def test_two_words_read_as_a_compound_have_a_way_out(client, archive):
    make_document(title="On borderline", text="A border line. The borderline.")
    sync.flush()
    page = client.get("/search/?q=border+line&tag=police&page=1")
    assert "Search border and line apart" in words(page)
    assert "/search/?q=border+AND+line&tag=police" in links(page)
    assert "apart" not in words(client.get("/search/?q=border+AND+line"))


def test_it_narrows_sorts_and_counts(client, archive):
    page = client.get("/search/?q=border&sort=oldest&from=1940&to=2010")
    assert "2 documents" in words(page)
    assert "/search/?q=border&from=1940&to=2010" in links(page)
    assert 'name="from" value="1940"' in content(page)


def test_other_words_keep_the_filters(client, archive):
    page = content(client.get("/search/?q=border&tag=border-security&sort=title"))
    assert '<input type="hidden" name="tag" value="border-security">' in page
    assert '<input type="hidden" name="sort" value="title">' in page


def test_nothing_typed_lists_everything(client, archive):
    assert "4 documents" in words(client.get("/search/"))
    assert "4 documents" in words(client.get("/search/?q=*"))


def test_nothing_found_offers_what_would_find_something(client, archive):
    page = client.get("/search/?q=nairobi+inviolable+zzzz")
    assert "Nothing in the archive answers this search" in words(page)
    assert "/search/?q=nairobi" in links(page)
    respelt = client.get("/search/?q=Nairobbi")
    assert "/search/?q=nairobi" in links(respelt)


def test_most_of_the_words_are_said_to_be_most(client, archive):
    page = client.get("/search/?q=officers+nairobi+inviolable")
    assert "These hold most of them" in words(page)
    assert "Meeting on border security" in words(page)


@pytest.mark.parametrize(
    "typed",
    ["the", '"', "(", "*", "NOT", "a" * 10_000, "\x00\x07", "🕊", "=", "title:", "a* b* c*", "?????", "((((" * 200],
)
def test_whatever_is_typed_gives_a_page_with_a_sentence(client, archive, typed):
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    shown = words(response)
    assert " document" in shown or "Nothing in the archive answers" in shown


def test_ten_thousand_characters_are_cut_and_not_repeated_in_every_link(client, archive):
    response = client.get("/search/", {"q": "terrorism " + "🕊" * 10_000})
    assert "first 1,000 characters" in words(response)
    assert len(response.content) < 500_000


def test_what_is_typed_is_never_markup(client, archive):
    page = content(client.get("/search/", {"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page


def test_arabic_is_found_and_shown_right_to_left(client, archive):
    page = content(client.get("/search/", {"q": "الكرامة"}))
    assert 'class="passages" lang="ar" dir="rtl"' in page
    assert "<mark>" in page


def test_a_refused_parameter_leaves_the_form_to_mend_it(client, archive):
    page = client.get("/search/?q=border&from=2005&to=2001")
    assert page.status_code == 400
    assert "from=2001, to=2005" in words(page)
    assert 'value="border"' in content(page)
    assert 'name="from" value="2005"' in content(page)
    assert "/search/?q=border" in links(page)
    assert "/search/?q=border&from=2001&to=2005" in links(page)
    assert "exchanged" not in words(client.get("/search/?q=border&from=x&to=2001"))
    assert "/documents/" in links(client.get("/documents/?from=x"))


@pytest.mark.parametrize("extra", [1, 56])
def test_it_needs_few_queries_whatever_the_size(client, archive, extra, django_assert_max_num_queries):
    make_many(extra)
    with django_assert_max_num_queries(8):
        assert client.get("/search/?q=committee+OR+report").status_code == 200


def test_an_index_that_cannot_answer_is_said(client, archive, settings, tmp_path):
    broken = tmp_path / "not-a-folder"
    broken.write_text("")
    settings.INDEX_DIR = broken
    forget_engine()
    for path in ("/search/?q=border", "/documents/", "/search.json?q=border"):
        response = client.get(path)
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "search cannot answer just now" in words(response)
    assert json.loads(client.get("/search.json?q=border").content).keys() == {"error"}
    assert client.get("/documents/charter/").status_code == 200


def test_an_index_that_was_lost_is_said_to_be_so_and_not_that_nothing_was_found(client, archive, settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "lost"
    forget_engine()
    for path in ("/search/?q=border", "/documents/", "/search.json?q=border"):
        assert client.get(path).status_code == 503
    sync.rebuild()
    assert data(client, "q=border")["total"] == 2


# --- As data ----------------------------------------------------------------------------------------------------------


def test_data_has_the_agreed_shape(client, archive):
    found = data(client, "q=border&sort=oldest")
    assert set(found) == {"total", "page", "pages", "generation", "explanation", "facets", "results", "receipt"}
    assert (found["total"], found["page"], found["pages"]) == (2, 1, 1)
    first = found["results"][0]
    assert set(first) == {"slug", "title", "url", "date", "score", "passages"}
    assert first["slug"] == "charter"
    assert first["url"] == "http://testserver/documents/charter/"
    assert first["date"] == "1945"
    assert first["passages"] == [
        {
            "paragraph": 2,
            "url": "http://testserver/documents/charter/#p2",
            "html": "<mark>Borders</mark> shall be inviolable.",
        }
    ]
    assert found["explanation"]["words"][0]["typed"] == "border"
    assert found["explanation"]["parts"] == []
    tag = next(value for value in found["facets"]["tag"] if value["value"] == "border-security")
    assert tag == {"value": "border-security", "label": "border security", "count": 1, "is_selected": False}


@pytest.mark.parametrize(
    ("query", "status"), [("page=x", 400), ("sort=foo", 400), ("page=99", 404), ("tag=nonsense", 404)]
)
def test_data_refuses_with_a_sentence(client, archive, query, status):
    response = client.get(f"/search.json?{query}")
    assert response.status_code == status
    assert json.loads(response.content)["error"].endswith(".")


def test_data_tells_what_was_looked_for_beside_words(client, archive):
    parts = data(client, 'q="borders shall" symbol:S/RES/1')["explanation"]["parts"]
    assert parts[0] == {"label": "the phrase “borders shall”", "documents": 1}


def test_data_leads_a_former_name_to_the_present_one(client, archive):
    renamed = Collection.objects.get(title="Web pages")
    former = renamed.slug
    renamed.slug = "pages-of-the-web"
    renamed.save()
    sync.flush()
    response = client.get(f"/search.json?collection={former}")
    assert response.status_code == 301
    assert response["Location"] == "/search.json?collection=pages-of-the-web"


def test_the_page_announces_its_data(client, archive):
    page = content(client.get("/search/?q=border&tag=police"))
    assert '<link rel="alternate" type="application/json" href="/search.json?q=border&amp;tag=police"' in page


# --- Help -------------------------------------------------------------------------------------------------------------


def test_every_example_finds_something_in_the_five_texts(client, db):
    call_command("import_names", str(FIXTURES / "names.yaml"), verbosity=0)
    call_command("import_documents", str(FIXTURES), verbosity=0)
    page = client.get("/search/help/")
    assert page.status_code == 200
    examples = [address for address in links(page) if address.startswith("/search/?q=")]
    assert len(examples) == sum(len(chapter.examples) for chapter in CHAPTERS) + 1  # one leaves out a form
    for address in examples:
        found = json.loads(client.get(address.replace("/search/?", "/search.json?")).content)
        assert found["total"] > 0, address
        assert not found["explanation"]["is_partial"], address
