"""Suggestions while typing, and the description that browsers read."""

import json
from xml.etree import ElementTree

import pytest

from documents.models import NameForm
from documents.search import sync
from documents.search.factory import forget_engine
from documents.tests.factories import make_document, make_name
from documents.tests.views.pages import content

DESCRIPTION = "{http://a9.com/-/spec/opensearch/1.1/}"


def rows(client, typed):
    response = client.get("/search/suggest/", {"q": typed})
    assert response["Content-Type"] == "application/x-suggestions+json"
    asked, texts, kinds, addresses = json.loads(response.content)
    assert asked == typed
    assert len(texts) == len(kinds) == len(addresses) <= 10
    return list(zip(texts, kinds, addresses, strict=True))


def test_words_names_tags_and_titles_go_on_as_typed(client, archive):
    NameForm.objects.create(name=make_name("Border Control Office"), text="BCO")
    found = rows(client, "bord")
    assert ("borders", "Word", "http://testserver/search/?q=borders") in found
    assert ("Border Control Office", "Body", "http://testserver/names/border-control-office/") in found
    assert ("border security", "Tag", "http://testserver/tags/border-security/") in found
    meeting = "http://testserver/documents/meeting-on-border-security/"
    assert ("Meeting on border security", "Document", meeting) in found
    assert [text for text, _, _ in rows(client, "bco")] == ["Border Control Office"]


def test_only_the_last_word_is_completed(client, archive):
    assert rows(client, "nairobi inviol")[0] == (
        "nairobi inviolable",
        "Word",
        "http://testserver/search/?q=nairobi+inviolable",
    )


def test_words_that_say_nothing_of_a_subject_do_not_end_what_is_typed(client, archive):
    make_document(title="Stage", text="The theory of the theatre, then that of those who are there.")
    sync.flush()
    suggested = {text for text, kind, _ in rows(client, "counter th") if kind == "Word"}
    assert {"counter theory", "counter theatre"} <= suggested
    assert not suggested & {"counter the", "counter then", "counter that", "counter those", "counter there"}


def test_case_and_accents_do_not_count(client, archive):
    assert ("Charter", "Document", "http://testserver/documents/charter/") in rows(client, "CHÁRT")


def test_a_supplied_title_is_suggested_as_pages_show_it(client, archive):
    assert "[Contacts with organisations]" in [text for text, _, _ in rows(client, "contacts")]


def test_drafts_and_what_was_withdrawn_are_not_suggested(client, archive):
    assert rows(client, "unfin") == rows(client, "regret") == rows(client, "secr") == []


@pytest.mark.parametrize("typed", ["", "a", "\x00", "(((", '"', "🕊", "   "])
def test_odd_beginnings_give_an_empty_list(client, archive, typed):
    response = client.get("/search/suggest/", {"q": typed})
    assert response.status_code == 200
    assert json.loads(response.content)[1:] == [[], [], []]


def test_one_letter_is_enough_where_words_are_short(client, archive):
    make_document(title="人权宣言", text="人人生而自由。", language="zh")
    sync.flush()
    assert "人权宣言" in [text for text, _, _ in rows(client, "人")]


def test_what_is_new_is_suggested_at_once(client, archive):
    assert rows(client, "zanz") == []
    make_document(title="Zanzibar", text="Cloves.")
    sync.flush()
    assert {kind for _, kind, _ in rows(client, "zanz")} == {"Word", "Document"}


def test_suggestions_are_only_read_and_cost_one_query_once_known(client, archive, django_assert_num_queries):
    rows(client, "bord")
    with django_assert_num_queries(1):
        rows(client, "borders")
    assert client.post("/search/suggest/").status_code == 405


def test_an_index_that_cannot_answer_suggests_nothing(client, archive, settings, tmp_path):
    broken = tmp_path / "not-a-folder"
    broken.write_text("")
    settings.INDEX_DIR = broken
    forget_engine()
    assert client.get("/search/suggest/?q=bord").status_code == 503


def test_browsers_find_the_search_and_its_suggestions(client, archive, settings):
    settings.SITE_URL = "https://archive.example.org"
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in content(
        client.get("/about/")
    )
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(response.content)
    assert len(root.findtext(f"{DESCRIPTION}ShortName")) <= 16
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{DESCRIPTION}Url")}
    assert templates["text/html"] == "https://archive.example.org/search/?q={searchTerms}&page={startPage?}"
    assert templates["application/x-suggestions+json"] == (
        "https://archive.example.org/search/suggest/?q={searchTerms}"
    )
    for template in templates.values():
        filled = template.replace("{searchTerms}", "border").replace("{startPage?}", "")
        assert client.get(filled.removeprefix("https://archive.example.org")).status_code == 200
