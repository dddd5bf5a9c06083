"""A search taken away: as a table, for reference managers, as a feed, and with a receipt."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from documents.models import Collection
from documents.search import sync
from documents.search.factory import forget_engine
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words
from documents.tests.views.test_home import make_many
from documents.views import formats
from documents.views.csv_data import safe_cell
from documents.views.search_table import COLUMNS

FILES = ("csv", "bib", "ris", "atom")
TYPES = {
    "csv": "text/csv",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "atom": "application/atom+xml",
}
ATOM = "{http://www.w3.org/2005/Atom}"
FIGURES = "{http://a9.com/-/spec/opensearch/1.1/}"
SENTENCE = re.compile(
    r"On \d+ \w+ \d{4} the Counter-Terrorism Archive \(generation \d+, 4 documents\) was searched for “border” "
    r"\(1 word in 2 forms\); it found 2 documents \(http://testserver/search/\?q=border\)\."
)


def text(response):
    return response.getvalue().decode() if response.streaming else response.content.decode()


def table(client, query):
    return list(csv.DictReader(io.StringIO(text(client.get(f"/search.csv?{query}")), newline="")))


def feed(client, query):
    return ElementTree.fromstring(client.get(f"/search.atom?{query}").content)


# --- All of them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FILES)
def test_each_says_what_it_is_and_where_it_stays(client, archive, suffix):
    response = client.get(f"/search.{suffix}?q=border&utm_source=x&tag=")
    assert response.status_code == 200
    assert response["Content-Type"] == f"{TYPES[suffix]}; charset=utf-8"
    order = "&sort=newest" if suffix == "atom" else ""
    assert response["Link"].startswith(f'<http://testserver/search.{suffix}?q=border{order}>; rel="canonical"')
    assert f'<http://testserver/search/?q=border{order}>; rel="alternate"; type="text/html"' in response["Link"]
    assert response.get("Content-Disposition") == (
        None if suffix == "atom" else f'attachment; filename="search.{suffix}"'
    )
    assert client.head(f"/search.{suffix}?q=border")["Link"] == response["Link"]
    assert client.post(f"/search.{suffix}").status_code == 405


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize(("query", "status"), [("page=x", 400), ("sort=foo", 400), ("tag=nonsense", 404)])
def test_each_refuses_with_a_sentence(client, archive, suffix, query, status):
    response = client.get(f"/search.{suffix}?{query}")
    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert text(response).endswith(".\n")


@pytest.mark.parametrize("suffix", FILES)
def test_each_leads_a_former_name_to_the_present_one(client, archive, suffix):
    renamed = Collection.objects.get(title="Web pages")
    former, renamed.slug = renamed.slug, "pages-of-the-web"
    renamed.save()
    sync.flush()
    response = client.get(f"/search.{suffix}?collection={former}")
    assert response.status_code == 301
    assert response["Location"].startswith(f"/search.{suffix}?collection=pages-of-the-web")


def test_an_index_that_cannot_answer_is_said(client, archive, settings, tmp_path):
    broken = tmp_path / "not-a-folder"
    broken.write_text("")
    settings.INDEX_DIR = broken
    forget_engine()
    for suffix in FILES:
        response = client.get(f"/search.{suffix}?q=border")
        assert response.status_code == 503
        assert response["Retry-After"]
        assert "search cannot answer just now" in text(response)
    assert client.get("/search/receipt/?q=border").status_code == 503


@pytest.mark.parametrize(
    "typed", ['"', "(", "\x00\x07\ufffe", "@misc{x,", "\r\nER  - \r\nTY  - JOUR", "a" * 2_000, "🕊"]
)
def test_whatever_is_typed_gives_whole_files(client, archive, typed):
    for suffix in FILES:
        assert client.get(f"/search.{suffix}", {"q": typed}).status_code == 200
    ElementTree.fromstring(client.get("/search.atom", {"q": typed}).content)
    assert client.get("/search/receipt/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize("extra", [1, 56])
def test_each_needs_few_queries_whatever_the_size(client, archive, suffix, extra, django_assert_max_num_queries):
    make_many(extra)
    with django_assert_max_num_queries(8):
        text(client.get(f"/search.{suffix}?q=committee+OR+report"))


def test_the_page_announces_them_all(client, archive):
    page = client.get("/documents/?tag=border-security&page=1")
    for suffix in (*FILES, "json"):
        address = f"/search.{suffix}?tag=border-security&sort=oldest"
        assert address in links(page)
        escaped = address.replace("&", "&amp;")
        assert re.search(f'<link rel="alternate" type="[^"]+" href="{re.escape(escaped)}"', content(page))
    assert "/search/receipt/?tag=border-security&sort=oldest" in links(page)


def test_a_file_that_is_cut_says_so_and_so_does_the_page(client, archive, monkeypatch):
    monkeypatch.setattr(formats, "MOST_TAKEN", 3)
    monkeypatch.setattr("documents.views.search_files.MOST_TAKEN", 3)
    note = "Files hold the first 3 of these 4 documents. Narrow the search to take the others."
    assert client.get("/search.csv")["Archive-Note"] == note
    assert len(table(client, "")) == 3
    assert note in words(client.get("/documents/"))


# --- The table --------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_document_with_its_record_and_best_passage(client, archive):
    rows = table(client, "q=border&sort=oldest")
    assert tuple(rows[0]) == COLUMNS
    assert [row["title"] for row in rows] == ["Charter", "Meeting on border security"]
    meeting = rows[1]
    assert meeting["date"] == "2007-10-29"
    assert meeting["date_kind"] == "issued"
    assert meeting["publisher"] == "Counter-Terrorism Committee"
    assert meeting["tags"] == "Police;border security"
    assert meeting["collection"] == "Press releases"
    assert meeting["url"] == "http://testserver/documents/meeting-on-border-security/"
    assert float(meeting["score"]) > 0
    assert rows[0]["passage"] == "Borders shall be inviolable."
    assert rows[0]["passage_url"] == "http://testserver/documents/charter/#p2"
    assert rows[0]["paragraphs"] == "1"


def test_a_list_without_words_has_no_passages(client, archive):
    rows = table(client, "sort=title")
    assert len(rows) == 4
    assert {row["passage"] + row["score"] + row["paragraphs"] for row in rows} == {""}


def test_the_table_holds_all_pages_whatever_page_is_asked_for(client, archive):
    make_many(30)
    assert len(table(client, "page=2")) == 34


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_run_as_a_formula(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1=1", "Report", "[2001..]", "…=", "'=1"])
def test_other_cells_stay_as_they_are(text):
    assert safe_cell(text) == text


def test_titles_that_would_run_do_not(client, archive):
    make_document(title='=HYPERLINK("https://example.org","x")', text="Zanzibar.")
    sync.flush()
    assert table(client, "q=zanzibar")[0]["title"] == '\'=HYPERLINK("https://example.org","x")'


# --- Reference managers -----------------------------------------------------------------------------------------------


def test_bibtex_has_a_receipt_and_an_entry_for_each_document(client, archive):
    held = text(client.get("/search.bib?q=border"))
    comments, *entries = held.split("\n@misc{")
    assert all(line.startswith("%") for line in comments.strip().splitlines())
    assert SENTENCE.search(comments)
    assert {entry.partition(",")[0] for entry in entries} == {
        f"doc-{archive[name].uuid}" for name in ("borders", "charter")
    }
    assert "  author = {{Counter-Terrorism Committee}},\n" in held
    assert "  note = {Issued: 29 October 2007. Revision 1 of " in held


def test_a_doubtful_date_is_a_note_alone(client, archive):
    held = text(client.get("/search.bib?q=recommended"))
    assert "year = " not in held
    assert "note = {Issued: between 2001 and 6 March 2003. Revision 1 of " in held
    assert "title = {{[Contacts with organisations]}}" in held


def test_ris_notes_in_each_record_how_it_was_found(client, archive):
    records = text(client.get("/search.ris?q=border")).split("\r\n\r\n")
    assert records.pop() == ""
    assert len(records) == 2
    assert all(record.startswith("TY  - GEN\r\nID  - doc-") and record.endswith("\r\nER  - ") for record in records)
    assert all(SENTENCE.search(record) for record in records)


def test_a_key_outlives_slug_and_title(client, archive):
    charter = archive["charter"]
    before = re.search("@misc{(.*),", text(client.get("/search.bib?q=inviolable")))[1]
    charter.title, charter.slug = "Charter, corrected", "charter-corrected"
    charter.save()
    sync.flush()
    after = text(client.get("/search.bib?q=inviolable"))
    assert f"@misc{{{before}," in after
    assert "charter-corrected" in after


# --- The feed ---------------------------------------------------------------------------------------------------------


def test_the_feed_has_what_atom_asks_for(client, archive):
    root = feed(client, "q=border")
    for required in ("id", "title", "updated", "author/{*}name", "subtitle"):
        assert root.findtext(f"{ATOM}{required}"), required
    for entry in root.iter(f"{ATOM}entry"):
        for required in ("id", "title", "updated", "summary"):
            assert entry.findtext(f"{ATOM}{required}"), required
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 3
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/search.atom?q=border&sort=newest"


def test_identifiers_come_from_the_setting_and_the_uuid(client, archive, settings):
    settings.ARCHIVE_ID, settings.SITE_URL = "archive.example.org", "https://elsewhere.example"
    root = feed(client, "q=inviolable")
    assert root.findtext(f"{ATOM}entry/{ATOM}id") == f"tag:archive.example.org,2026:document/{archive['charter'].uuid}"
    assert root.findtext(f"{ATOM}id") == "tag:archive.example.org,2026:search/q=inviolable&sort=newest"


def test_the_newest_come_first_unless_the_address_says_otherwise(client, archive):
    def titles(query):
        return [entry.findtext(f"{ATOM}title") for entry in feed(client, query).iter(f"{ATOM}entry")]

    assert titles("q=border") == ["Meeting on border security", "Charter"]
    assert titles("q=border&sort=oldest") == ["Charter", "Meeting on border security"]


def test_a_feed_of_many_pages_leads_through_them(client, archive):
    make_many(40)
    root = feed(client, "page=2")
    rels = {link.get("rel"): link.get("href").partition("?")[2] for link in root.findall(f"{ATOM}link")}
    assert rels["first"] == "sort=newest"
    assert rels["previous"] == "sort=newest"
    assert rels["next"] == rels["last"] == "sort=newest&page=3"
    assert root.findtext(f"{FIGURES}totalResults") == "44"
    assert root.findtext(f"{FIGURES}startIndex") == "21"
    assert root.findtext(f"{FIGURES}itemsPerPage") == "20"
    assert feed(client, "page=1").findtext(f"{ATOM}id") == root.findtext(f"{ATOM}id")
    assert client.get("/search.atom?page=4").status_code == 404


def test_summaries_are_passages_that_lead_to_their_paragraphs(client, archive):
    summary = feed(client, "q=inviolable").findtext(f"{ATOM}entry/{ATOM}summary")
    assert '<a href="http://testserver/documents/charter/#p2">2</a>' in summary
    assert "<mark>inviolable</mark>" in summary


# --- The receipt ------------------------------------------------------------------------------------------------------


def test_the_receipt_says_all_in_one_sentence(client, archive):
    assert SENTENCE.search(words(client.get("/search/receipt/?q=border&page=1")))
    receipt = json.loads(client.get("/search.json?q=border").content)["receipt"]
    assert set(receipt) == {"sentence", "searched_at", "documents", "filters", "address"}
    assert SENTENCE.fullmatch(receipt["sentence"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", receipt["searched_at"])


def test_the_receipt_says_what_narrowed_the_search(client, archive):
    shown = words(client.get("/search/receipt/?q=borders&tag=border-security&from=2001&to=2010&dates=certainly"))
    assert "narrowed to tag “border security”, certainly dated from 2001 to 2010; it found 1 document (" in shown
    assert "searched for all documents; it found 4 documents (" in words(client.get("/search/receipt/"))


def test_the_receipt_says_which_forms_were_left_out(client, archive):
    shown = words(client.get("/search/receipt/?q=border&without=borders"))
    assert (
        "“border” (1 word in 1 form, 1 more left out); it found 1 document (http://testserver/search/?q=border&"
        in shown
    )
    assert "Left out borders in 2 documents" in shown
    assert len(table(client, "q=border&without=borders")) == 1


def test_the_receipt_says_where_most_of_the_words_had_to_do(client, archive):
    shown = words(client.get("/search/receipt/?q=officers+nairobi+inviolable"))
    assert "no document held all of these words, and 1 document held most of them" in shown


def test_the_receipt_repeats_what_was_dropped(client, archive):
    shown = words(client.get("/search/receipt/", {"q": '"border'}))
    assert "Notes" in shown


def test_a_receipt_of_nothing_found_is_one_too(client, archive):
    assert "it found no document (" in words(client.get("/search/receipt/?q=zzzz"))
