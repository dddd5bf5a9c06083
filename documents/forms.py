"""What readers ask lists and searches for, in the parameters of an address."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from documents.search.analysis import words
from documents.search.concordance import LineOrder
from documents.search.dates import first_day, last_day
from documents.search.query_lexer import MAX_QUERY_CHARACTERS
from documents.search.results import Asked
from documents.search.trees import Keyword
from documents.search.types import KEYWORD_FIELDS, Filters, Sort

LONGEST_VALUE = 200  # slugs have at most 100 characters
MOST_VALUES = 20  # of one filter; nothing that a page links to has more
MOST_WITHOUT = 50  # forms left out of a search; each stands in every address of its page
DATES = ("possibly", "certainly")
VIEWS = ("list", "compact")  # of a list of documents
BARS = ("documents", "share")  # what a timeline shows
ORDERS = ("count", "name")  # of the values of a facet


class ListForm(forms.Form):
    """The parameters of a list of documents. Unknown ones are ignored; an unusable one is refused with a sentence."""

    sorts: tuple[Sort, ...] = (Sort.OLDEST, Sort.NEWEST, Sort.TITLE)

    sort = forms.CharField(required=False)
    page = forms.CharField(required=False)
    dates = forms.CharField(required=False)
    view = forms.CharField(required=False)
    order = forms.CharField(required=False)
    show = forms.CharField(required=False)

    def __init__(self, parameters: QueryDict) -> None:
        super().__init__(parameters)
        self.parameters = parameters
        self.are_dates_exchanged = False  # the later one was given first
        # "from" cannot be the name of an attribute.
        self.fields["from"] = forms.CharField(required=False)
        self.fields["to"] = forms.CharField(required=False)

    def kept(self) -> list[tuple[str, str]]:
        """What a form for other words carries on: the filters chosen and the order."""
        return [(name, value) for name in (*KEYWORD_FIELDS, "sort", "view") for value in self._values(name)]

    def clean_sort(self) -> Sort:
        asked = self.cleaned_data["sort"] or self.sorts[0]
        if asked not in self.sorts:
            raise ValidationError(f"Lists cannot be sorted by “{asked}”. Write sort={_alternatives(self.sorts)}.")
        return Sort(asked)

    def clean_page(self) -> int:
        asked = self.cleaned_data["page"] or "1"
        if not re.fullmatch("0*[1-9][0-9]{0,8}", asked):
            raise ValidationError(f"“{asked}” is not a page. Pages are numbered from 1: write page=1.")
        return int(asked)

    def clean_dates(self) -> str:
        return self._one_of(DATES, "dates", "Dates cannot fit")

    def clean_view(self) -> str:
        return self._one_of(VIEWS, "view", "Lists cannot be shown as")

    def clean_order(self) -> str:
        """The order of a facet's values; empty where none was asked for."""
        return self._one_of(ORDERS, "order", "Values cannot be put in order by") if self.cleaned_data["order"] else ""

    def clean_show(self) -> str:
        return self._one_of(BARS, "show", "A timeline cannot show")

    def clean_from(self) -> date | None:
        return _day(first_day, self.cleaned_data["from"])

    def clean_to(self) -> date | None:
        return _day(last_day, self.cleaned_data["to"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("from"), cleaned.get("to")
        self.are_dates_exchanged = bool(start and end and start > end)
        if self.are_dates_exchanged:
            exchanged = f"from={self.parameters['to']}, to={self.parameters['from']}"
            self.add_error("from", f"The dates end before they begin. Write {exchanged}.")
        cleaned["keywords"] = self._keywords()
        return cleaned

    def sentences(self) -> list[str]:
        """What is wrong, each with what would do."""
        return [str(message) for messages in self.errors.values() for message in messages]

    def to_asked(self, *implied: Keyword) -> Asked:
        """What was asked for, together with the filters that the page itself implies. Only of a valid form."""
        cleaned = self.cleaned_data
        keywords = tuple(dict.fromkeys((*implied, *cleaned["keywords"])))
        filters = Filters(keywords=keywords, date_from=cleaned["from"], date_to=cleaned["to"])
        return Asked(
            q=cleaned.get("q", "")[: MAX_QUERY_CHARACTERS + 1],  # one more than is read: the reader is told of the cut
            filters=filters,
            certain=cleaned["dates"] == "certainly",
            sort=cleaned["sort"],
            page=cleaned["page"],
            without=cleaned.get("without", ()),
        )

    def _keywords(self) -> tuple[Keyword, ...]:
        """Every value of a filter given, once; an empty one (an unfilled field of a form) is none."""
        keywords: dict[Keyword, None] = {}
        for field in KEYWORD_FIELDS:
            values = self._values(field)
            if len(values) > MOST_VALUES or any(
                len(value) > LONGEST_VALUE or not value.isprintable() for value in values
            ):
                message = f"The filter “{field}” cannot be read. Write at most {MOST_VALUES} values, each a slug."
                self.add_error(None, message)
            keywords |= {Keyword(field, value.lower()): None for value in values}
        return tuple(keywords)

    def _one_of(self, values: tuple[str, ...], name: str, refusal: str) -> str:
        asked = self.cleaned_data[name] or values[0]
        if asked not in values:
            raise ValidationError(f"{refusal} “{asked}”. Write {name}={_alternatives(values)}.")
        return str(asked)

    def _values(self, name: str) -> list[str]:
        return [value.strip() for value in map(str, self.parameters.getlist(name)) if value.strip()]


class SearchForm(ListForm):
    """A list narrowed by words too. Nothing that is typed in `q` is refused."""

    address_name = "search"
    sorts = (Sort.RELEVANCE, Sort.OLDEST, Sort.NEWEST, Sort.TITLE)

    q = forms.CharField(required=False, strip=True)

    def __init__(self, parameters: QueryDict) -> None:
        super().__init__(parameters)
        self.fields["q"].validators.clear()  # NUL is refused by default; the parser copes with everything

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Without words nothing stands for anything: then the list has one address.
        cleaned["without"] = self._without() if cleaned.get("q") else ()
        return cleaned

    def _without(self) -> tuple[str, ...]:
        """The forms to leave out, as an index writes them; one that no word of the query has does no harm."""
        values = self._values("without")
        if len(values) > MOST_WITHOUT or any(len(value) > LONGEST_VALUE for value in values):
            self.add_error(
                None, f"“without” cannot be read. Write at most {MOST_WITHOUT} forms of words, one each time."
            )
            return ()
        return tuple(sorted({form for value in values if (form := " ".join(words(value)))}))


class ConcordanceForm(SearchForm):
    """The lines of a search: `order` is theirs, `sort` that of the results, which a reader comes back to."""

    address_name = "concordance"

    def kept(self) -> list[tuple[str, str]]:
        return [*super().kept(), *(("order", value) for value in self._values("order"))]

    def clean_order(self) -> LineOrder:
        return LineOrder(self._one_of(tuple(LineOrder), "order", "Lines cannot be put in order by"))


def _alternatives(values: tuple[str, ...]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"


def _day(reading: Any, typed: str) -> date | None:
    try:
        return reading(typed) if typed else None
    except ValueError as error:
        raise ValidationError(str(error)) from error
