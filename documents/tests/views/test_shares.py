"""The timeline of a search as a share of what is held: its bars, its table and its figures as CSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.search import sync
from documents.tests.factories import make_document
from documents.tests.views.pages import content, links, words
from documents.tests.views.test_charts import spans
from documents.tests.views.test_timeline import said
from documents.views.charts import Period, count_periods
from documents.views.shares import Share, shares_of


def share(found, held, *, possible=0, held_possible=0):
    return Share(
        Period(2001, 1, found, possible, possible / 2), Period(2001, 1, held, held_possible, held_possible / 2)
    )


def figures(response):
    return list(csv.DictReader(io.StringIO(content(response))))


@pytest.fixture
def held(archive):
    """Thirty documents of 2007, three of them on fish, and one on fish that may be of any year from 2007 to 2010."""
    with sync.held_back():
        for number in range(29):
            make_document(title=f"Of 2007 {number}", text="Fish." if number < 3 else "Fowl.", date="2007")
        make_document(title="In doubt", text="Fish.", date="2007/2010", tags=["Nets"])
    sync.flush()
    return archive


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (share(12, 150), "8 %"),
        (share(1, 150), "under 1 %"),
        (share(149, 150), "over 99 %"),
        (share(150, 150), "100 %"),
        (share(0, 150), "0 %"),
        (share(123, 2000), "6.2 %"),
        (share(1, 2000), "under 0.1 %"),
        (share(2, 3), "2 of 3"),
        (share(1, 3, possible=1, held_possible=2), "1 to 2 of 3 to 5"),
        (share(0, 0), "0 of 0"),
    ],
)
def test_a_share_is_no_more_exact_than_its_numbers(part, said):
    assert part.in_words == said


@given(spans, st.lists(st.booleans(), min_size=8, max_size=8), st.booleans())
def test_a_share_is_never_more_than_the_whole(all_held, chosen, certain):
    found = [span for span, is_found in zip(all_held, chosen, strict=False) if is_found]
    earliest = min(span.last if span.first is None else span.first for span in all_held)
    periods = count_periods(found, earliest)
    if certain:
        periods = tuple(period.certain_alone() for period in periods)
    for part in shares_of(periods, all_held, earliest, certain=certain):
        assert part.percent is None or 0 <= part.percent <= 100 + 1e-9
        assert part.column().certain + part.column().possible == pytest.approx(part.percent or 0)


def test_bars_say_what_was_found_of_how_many(client, held):
    shown = said(client.get("/timeline/?q=fish&show=share"))
    assert shown[0] == "2007: 3 to 4 of 30 to 31 documents, 11 %"
    assert shown[1] == "2008: up to 1 of up to 1 documents"
    assert 'class="faint"' in content(client.get("/timeline/?q=fish&show=share"))


def test_the_table_gives_found_held_and_share(client, held):
    page = client.get("/timeline/?q=fish+OR+nairobi+OR+peoples&show=share&from=1945&to=2007")
    assert "Year Found Held Share 1945 1 1 1 of 1 1946 0 0 0 of 0 1947 0 0 0 of 0 1948 0 1 0 of 1" in words(page)
    assert "2007 4 to 5 30 to 31 14 %" in words(page)
    assert "Fewer than 20 documents are held of that year" in words(page)


def test_certain_dates_are_measured_by_certain_dates(client, held):
    (bar,) = said(client.get("/timeline/?q=fish&show=share&dates=certainly"))
    assert bar == "2007: 3 of 30 documents, 10 %"


def test_number_and_share_lead_to_each_other_and_keep_the_search(client, held):
    number = client.get("/timeline/?q=fish&tag=nets")
    assert "/timeline/?q=fish&tag=nets&show=share" in links(number)
    of_held = client.get("/timeline/?q=fish&tag=nets&show=share")
    assert "/timeline/?q=fish&tag=nets" in links(of_held)
    assert "/timeline/?q=fish&show=share" in links(of_held)
    assert "/search/?q=fish&tag=nets" in links(of_held)
    assert "Share of what is held" not in words(client.get("/timeline/"))


def test_the_figures_can_be_taken_away(client, held):
    address = "/timeline.csv?q=fish"
    assert address in links(client.get("/timeline/?q=fish"))
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["first_year"], row["found"], row["held"], row["share_percent"]) for row in figures(response)] == [
        ("2007", "3.25", "30.25", "10.7"),
        ("2008", "0.25", "0.25", "100.0"),
        ("2009", "0.25", "0.25", "100.0"),
        ("2010", "0.25", "0.25", "100.0"),
    ]


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/timeline/?q=fish&show=foo", 400, "show=documents or share"),
        ("/timeline.csv?from=2005&to=2001", 400, "from=2001, to=2005"),
        ("/timeline.csv?tag=nonsense", 404, "has no tag “nonsense”"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(client, archive, address, status, sentence):
    response = client.get(address)
    assert response.status_code == status
    assert sentence in words(response)


def test_nothing_found_has_no_bars_and_no_lines(client, archive):
    assert "No published document is here" in words(client.get("/timeline/?q=zzzz&show=share"))
    assert figures(client.get("/timeline.csv?q=zzzz")) == []


def test_it_needs_few_queries(client, held, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/timeline/?q=fish&tag=nets&show=share")
