"""Counting documents a year, and drawing them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.views.charts import MOST_BARS, Period, Span, columns_of, count_periods, draw

spans = st.lists(
    st.builds(
        lambda first, length, documents, is_open: Span(None if is_open else first, first + length, documents),
        st.integers(1, 9000),
        st.integers(0, 900),
        st.integers(1, 500),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


def counted(periods):
    return {period.label: (period.certain, period.possible, round(period.share, 3)) for period in periods}


def test_an_uncertain_date_is_spread_over_its_years():
    assert counted(count_periods([Span(2001, 2003, 1), Span(2001, 2001, 12)], 2001)) == {
        "2001": (12, 1, 0.333),
        "2002": (0, 1, 0.333),
        "2003": (0, 1, 0.333),
    }


def test_an_open_start_is_counted_from_the_earliest_year_and_is_never_certain():
    assert counted(count_periods([Span(None, 2002, 4)], 2001)) == {"2001": (0, 4, 2.0), "2002": (0, 4, 2.0)}
    assert counted(count_periods([Span(None, 1999, 1)], 2001)) == {"1999": (0, 1, 1.0)}


def test_only_the_years_asked_for_are_drawn_each_with_its_share():
    assert counted(count_periods([Span(1999, 2002, 4)], 1999, 2001, 2001)) == {"2001": (0, 4, 1.0)}


def test_many_years_are_drawn_as_decades():
    periods = count_periods([Span(1899, 1901, 3), Span(1905, 1907, 1), Span(2024, 2024, 2)], 1899)
    assert periods[0].label == "1890s"
    assert counted(periods)["1900s"] == (1, 3, 2.0)
    assert counted(periods)["2020s"] == (2, 0, 0.0)


@given(spans)
def test_every_document_is_shared_out_whole_and_bars_are_never_too_many(held):
    earliest = min(span.last if span.first is None else span.first for span in held)
    periods = count_periods(held, earliest)
    assert len(periods) <= MOST_BARS
    total = sum(period.certain + period.share for period in periods)
    assert total == pytest.approx(sum(span.documents for span in held))


@given(spans, st.integers(40, 400))
def test_bars_stay_within_the_chart(held, height):
    chart = draw(columns_of(count_periods(held, 1)), lambda period: f"/{period.first}", height)
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= 100.01
        assert bar.certain_height or bar.uncertain_height
        assert bar.uncertain_y >= -4 and bar.certain_y + bar.certain_height == pytest.approx(height, abs=0.11)
    assert chart.lines[-1].at == 0
    assert len(chart.years) <= 10


def test_a_single_year_is_no_wall():
    (bar,) = draw(columns_of(count_periods([Span(2001, 2001, 7)], 2001)), lambda period: "/", 100).bars
    assert bar.width < 10


def test_the_outline_of_a_chart_holds_all_its_bars():
    chart = draw(columns_of(count_periods([Span(2001, 2001, 2), Span(2001, 2004, 4)], 2001)), lambda period: "", 100)
    assert chart.certain_outline == "M83 33h667v67H83z"
    assert chart.uncertain_outline.count("M") == 4
    assert (chart.first, chart.last) == ("2001", "2004")


@pytest.mark.parametrize(("years", "labels"), [(1, ["2011"]), (3, ["2012"]), (9, ["2012", "2014", "2016", "2018"])])
def test_years_under_few_bars_do_not_touch(years, labels):
    chart = draw(columns_of(count_periods([Span(2011, 2010 + years, 9)], 2011)), lambda period: "", 100)
    assert [year.label for year in chart.years] == labels


def test_nothing_held_draws_nothing():
    assert count_periods([], 0) == ()
    assert draw((), lambda period: "", 100).bars == ()


@pytest.mark.parametrize(
    ("certain", "possible", "said"),
    [
        (12, 3, "2001: 12 documents certainly, 3 possibly"),
        (1, 0, "2001: 1 document certainly"),
        (0, 1200, "2001: 1,200 documents possibly"),
    ],
)
def test_a_bar_says_what_it_shows(certain, possible, said):
    assert Period(2001, 1, certain, possible, 1.0).words == said


@pytest.mark.parametrize(
    ("certain", "possible", "said"),
    [(1200, 3, "2001: 1,200, 3 possibly"), (1, 0, "2001: 1"), (0, 2, "2001: 2 possibly")],
)
def test_a_line_of_a_list_says_its_figures_alone(certain, possible, said):
    assert Period(2001, 1, certain, possible, 1.0).figures == said
