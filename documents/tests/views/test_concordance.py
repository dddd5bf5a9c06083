"""Concordances: every place in a line of its own, in order, on pages, and as CSV."""

import csv
import io
import re

import pytest

from documents.models import Document, State
from documents.search import places, sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words


def lines(response):
    """Before, match, after and paragraph of each line."""
    row = r'<span class="before">(.*?)</span><mark>(.*?)</mark><span class="after">(.*?)</span>.*?href="([^"]+)"'
    return re.findall(row, content(response), re.DOTALL)


def matches(response):
    return [match for _, match, _, _ in lines(response)]


def rows(response):
    return list(csv.DictReader(io.StringIO(content(response))))


@pytest.fixture
def fishery(archive):
    """Three documents in which fish stand five times; another has them in its title alone."""
    with sync.held_back():
        make_document(title="Cod", text="Blue fish swim.\n\nA fish and a dear fish.", date="1990")
        make_document(title="Bass", text="## Fish\n\nNothing of the kind: law.", date="1991")
        make_document(title="Ape", text="Ants like fishes by the sea.", date="1992")
        make_document(title="Fish", text="Nothing here.", date="1993")
    sync.flush()
    return archive


def test_every_place_is_a_line_and_leads_to_its_paragraph_with_the_words_marked(client, fishery):
    response = client.get("/search/concordance/?q=fish")
    assert lines(response) == [
        ("Blue ", "fish", " swim.", "/documents/cod/?q=fish#p1"),
        ("A ", "fish", " and a dear fish.", "/documents/cod/?q=fish#p2"),
        ("A fish and a dear ", "fish", ".", "/documents/cod/?q=fish#p2"),
        ("", "Fish", "", "/documents/bass/?q=fish#p1"),
        ("Ants like ", "fishes", " by the sea.", "/documents/ape/?q=fish#p1"),
    ]
    assert "5 places in 3 documents" in words(response)


def test_titles_have_no_lines_and_this_is_said(client, fishery):
    assert "One of the documents found has no line here" in words(client.get("/search/concordance/?q=fish"))
    only = client.get("/search/concordance/?q=title:fish")
    assert "No place in a text is meant by this search" in words(only)
    assert "/search/?q=title%3Afish" in links(only)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("date", ["Blue ", "A ", "A fish and a dear ", "", "Ants like "]),
        ("document", ["Ants like ", "", "Blue ", "A ", "A fish and a dear "]),
        ("left", ["", "A ", "Blue ", "A fish and a dear ", "Ants like "]),
        ("right", ["", "A fish and a dear ", "A ", "Ants like ", "Blue "]),
    ],
)
def test_lines_stand_in_the_order_asked_for(client, fishery, order, expected):
    response = client.get(f"/search/concordance/?q=fish&order={order}")
    assert [before for before, *_ in lines(response)] == expected
    assert 'aria-current="true"' in content(response)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("fish NOT law", ["fish", "fish", "fish", "fishes"]),
        ('"a dear fish"', ["a dear fish"]),
        ("=fishes", ["fishes"]),
        ("fish&tag=police", []),
        ("fish&from=1991&to=1991", ["Fish"]),
        ("text:fish text:swim", ["fish", "swim", "fish", "fish"]),
    ],
)
def test_the_words_of_the_search_are_what_is_shown(client, fishery, query, expected):
    assert matches(client.get(f"/search/concordance/?q={query}")) == expected


def test_a_symbol_is_shown_as_each_text_writes_it(client, archive):
    make_document(title="Cites", text="By S/RES/1373 (2001) it was so.\n\nBy resolution 1373 it was not.")
    sync.flush()
    response = client.get("/search/concordance/?q=S/RES/1373")
    assert matches(response) == ["S/RES/1373 (2001)", "resolution 1373"]
    assert "2 places in 1 document" in words(response)


def test_arabic_lines_run_from_right_to_left(client, archive):
    response = client.get("/search/concordance/", {"q": "الكرامة"})
    assert '<td class="line"><p lang="ar" dir="rtl">' in content(response)
    assert len(lines(response)) == 1


@pytest.mark.parametrize("order", ["date", "document", "left", "right"])
def test_all_pages_together_hold_every_line_once(client, archive, order):
    with sync.held_back():
        for number in range(7):
            paragraphs = [f"Fish {number} {n}, then {'fish ' * (n % 4)} end." for n in range(9)]
            make_document(title=f"Cod {number % 3}", text="\n\n".join(paragraphs), date=f"{1990 + number % 2}")
    sync.flush()
    every = [line[:3] for line in lines(client.get(f"/search/concordance/?q=fish&order={order}"))]
    address, found = f"/search/concordance/?q=fish&order={order}", []
    while address:
        response = client.get(address)
        found += lines(response)
        address = next(iter(re.findall(r'<link rel="next" href="([^"]+)"', content(response))), "").replace(
            "&amp;", "&"
        )
    assert [line[:3] for line in found][: len(every)] == every
    figures = rows(client.get(f"/search/concordance.csv?q=fish&order={order}"))
    assert len(found) == len(figures) == 7 * sum(1 + n % 4 for n in range(9))
    assert [(row["left"], row["match"], row["right"]) for row in figures] == [line[:3] for line in found]


def test_where_there_are_too_many_places_the_first_are_put_in_order_and_this_is_said(client, fishery, monkeypatch):
    monkeypatch.setattr(places, "MOST_SORTED", 2)
    shown = client.get("/search/concordance/?q=fish&order=left")
    assert "The first 2 of 5 places, by date, were put in order by the words before" in words(shown)
    assert len(lines(shown)) == 2
    assert "First 2 as CSV" in words(shown)
    assert len(rows(client.get("/search/concordance.csv?q=fish&order=left"))) == 2
    by_date = client.get("/search/concordance/?q=fish")
    assert "were put in order" not in words(by_date)
    assert len(lines(by_date)) == 5


def test_words_near_one_another_have_a_line_each(client, fishery):
    near = client.get("/search/concordance/?q=%22ants+sea%22~5")
    assert matches(near) == ["Ants", "sea"]
    assert "1 place in 1 document" in words(near)
    assert "each has a line of its own" in words(near)
    ruled_out = client.get("/search/concordance/?q=fish+NOT+%22kind+law%22~5")
    assert len(lines(ruled_out)) == 4
    assert "each has a line of its own" not in words(ruled_out)


def test_lines_can_be_taken_away_as_csv(client, fishery):
    response = client.get("/search/concordance.csv?q=fish&order=document")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert rows(response)[0] == {
        "left": "Ants like ",
        "match": "fishes",
        "right": " by the sea.",
        "url": "http://testserver/documents/ape/#p1",
        "paragraph": "1",
        "date": "1992",
        "title": "Ape",
    }


def test_results_lead_there_and_back_with_all_that_was_asked(client, fishery):
    address = "/search/concordance/?q=fish&from=1990&to=1992&sort=newest"
    assert address in links(client.get("/search/?q=fish&from=1990&to=1992&sort=newest"))
    there = client.get(address)
    assert "/search/?q=fish&from=1990&to=1992&sort=newest" in links(there)
    assert f"{address}&order=left" in links(there)
    assert 'action="/search/concordance/"' in content(there)
    assert "/search/concordance/" not in " ".join(links(client.get("/search/")))


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/search/concordance/?q=fish&order=foo", 400, "order=date, document, left or right"),
        ("/search/concordance/?q=fish&page=9", 404, "There is only one page of these lines; there is no page 9."),
        ("/search/concordance/?q=fish&page=9&order=left", 404, "there is no page 9"),
        ("/search/concordance/?q=fish&tag=nonsense", 404, "has no tag “nonsense”"),
        ("/search/concordance.csv?q=fish&from=2005&to=2001", 400, "from=2001, to=2005"),
        ("/search/concordance.csv?q=fish&tag=nonsense", 404, "has no tag “nonsense”"),
        ("/search/concordance/", 200, "Type the words whose places you want to see"),
        ("/search/concordance/?q=*", 200, "No place in a text is meant by this search"),
        ("/search/concordance/?q=zzzz", 200, "Nothing in the archive answers this search"),
    ],
)
def test_what_has_no_lines_gets_a_sentence(client, fishery, address, status, sentence):
    response = client.get(address)
    assert response.status_code == status
    assert sentence in words(response)


def test_a_document_withdrawn_behind_the_index_has_no_lines(client, fishery):
    Document.objects.filter(title="Ape").update(state=State.WITHDRAWN)
    assert len(lines(client.get("/search/concordance/?q=fish"))) == 4


def test_what_is_typed_and_what_stands_in_texts_is_never_markup(client, archive):
    make_document(
        title="<b>Bold</b>", text="Write \\<script\\> fish & <b>chips</b>.".replace("<b>", "").replace("</b>", "")
    )
    sync.flush()
    page = content(client.get("/search/concordance/", {"q": 'fish "><script>alert(1)</script>'}))
    assert "<script>alert" not in page
    assert "<b>Bold" not in page


@pytest.mark.parametrize("order", ["date", "left"])
def test_it_needs_few_queries_whatever_the_size(client, fishery, django_assert_max_num_queries, order):
    with sync.held_back():
        for number in range(30):
            make_document(title=f"Cod {number}", text="Fish. " * 5)
    sync.flush()
    with django_assert_max_num_queries(8):
        client.get(f"/search/concordance/?q=fish&tag=&order={order}")
