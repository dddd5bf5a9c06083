"""What readers may write into an address, and the sentence for what they may not."""

from datetime import date

import pytest
from django.http import QueryDict

from documents.forms import ListForm, SearchForm
from documents.search.trees import Keyword
from documents.search.types import Sort


def asked(query, form=SearchForm):
    bound = form(QueryDict(query))
    assert bound.is_valid(), bound.sentences()
    return bound.to_asked()


def refusal(query, form=SearchForm):
    bound = form(QueryDict(query))
    assert not bound.is_valid()
    return " ".join(bound.sentences())


def test_nothing_asked_is_everything_by_relevance_or_from_the_oldest():
    assert asked("").sort is Sort.RELEVANCE
    assert asked("", ListForm).sort is Sort.OLDEST
    assert asked("").page == 1
    assert asked("").filters.keywords == ()


def test_a_bound_may_be_a_year_a_month_or_a_day():
    filters = asked("from=2001&to=2003-02").filters
    assert (filters.date_from, filters.date_to) == (date(2001, 1, 1), date(2003, 2, 28))


def test_filters_repeat_and_are_taken_once():
    keywords = asked("tag=borders&tag=police&tag=borders&body=&language=zh-Hans").filters.keywords
    assert keywords == (Keyword("tag", "borders"), Keyword("tag", "police"), Keyword("language", "zh-hans"))


def test_certain_dates_are_asked_for_by_name():
    assert asked("dates=certainly").certain
    assert not asked("dates=possibly").certain


def test_forms_left_out_are_folded_and_in_one_order():
    assert asked("q=a&without=Terrorism&without=counter-terrorism&without=&without=terrorism").without == (
        "counter terrorism",
        "terrorism",
    )
    assert asked("without=terrorism").without == ()


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "a" * 10_000, "q=%F0%9F%95%8A", "q=(", 'q="', "q=%FF", "q=%0A%0D%07", "q=NOT"],
)
def test_nothing_typed_is_refused(query):
    assert SearchForm(QueryDict(query)).is_valid()


@pytest.mark.parametrize(
    ("query", "cure"),
    [
        ("q=a" + "&without=b" * 51, "at most 50 forms"),
        ("q=a&without=" + "b" * 300, "at most 50 forms"),
        ("page=0", "page=1"),
        ("page=x", "page=1"),
        ("page=-1", "page=1"),
        ("page=1.5", "page=1"),
        ("page=" + "9" * 5000, "page=1"),
        ("page=%D9%A3", "page=1"),
        ("sort=foo", "sort=relevance, oldest, newest or title"),
        ("dates=perhaps", "dates=possibly or certainly"),
        ("from=31-31", "2001-09-11"),
        ("to=2001-02-30", "2001-09-11"),
        ("from=2005&to=2001", "from=2001, to=2005"),
        ("tag=" + "a" * 500, "at most"),
        ("tag=%00", "at most"),
        ("tag=%07", "at most"),
        ("&".join(f"tag=t{number}" for number in range(30)), "at most"),
    ],
)
def test_what_cannot_be_understood_gets_a_sentence_that_says_what_would_do(query, cure):
    assert cure in refusal(query)


def test_zeros_before_a_page_do_not_count_however_many():
    # Python refuses to read a number of more than 4,300 digits.
    assert asked("page=" + "0" * 5000 + "12").page == 12
    assert "is not a page" in refusal("page=" + "0" * 5000)


def test_lists_have_no_relevance():
    assert "oldest, newest or title" in refusal("sort=relevance", ListForm)


def test_unknown_parameters_are_ignored():
    assert asked("utm_source=letter&q=border").q == "border"


def test_other_words_keep_filters_and_order():
    assert SearchForm(QueryDict("q=a&tag=x&tag=y&sort=title&page=3")).kept() == [
        ("tag", "x"),
        ("tag", "y"),
        ("sort", "title"),
    ]
