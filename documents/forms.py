"""What readers ask lists and searches for, in the parameters of an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

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
_PLACE = re.compile("0*([1-9][0-9]{0,8})")


class ListForm:
    """The parameters of a list of documents. Unknown ones are ignored; an unusable one is refused with a sentence.

    What was asked for stands in its attributes; only of a valid form do they mean anything.
    """

    sorts: tuple[Sort, ...] = (Sort.OLDEST, Sort.NEWEST, Sort.TITLE)

    def __init__(self, parameters: QueryDict) -> None:
        self.parameters = parameters
        self._refusals: list[str] = []
        self.q = ""
        self.without: tuple[str, ...] = ()
        self.sort = Sort(self._one_of(self.sorts, "sort", "Lists cannot be sorted by"))
        self.page = self._page()
        self.is_certain = self._one_of(DATES, "dates", "Dates cannot fit") == DATES[1]
        self._one_of(VIEWS, "view", "Lists cannot be shown as")
        self.order = self._order()
        self._one_of(BARS, "show", "A timeline cannot show")
        self.date_from = self._day("from", first_day)
        self.date_to = self._day("to", last_day)
        self.are_dates_exchanged = self._are_dates_exchanged()
        self.keywords = self._keywords()

    def is_valid(self) -> bool:
        return not self._refusals

    def sentences(self) -> list[str]:
        """What is wrong, each with what would do."""
        return self._refusals

    def typed(self, name: str) -> str:
        """The parameter as it was given; the last, where there are several."""
        return str(self.parameters.get(name, ""))

    def kept(self) -> list[tuple[str, str]]:
        """What a form for other words carries on: the filters chosen and the order."""
        return [(name, value) for name in (*KEYWORD_FIELDS, "sort", "view") for value in self._values(name)]

    def to_asked(self, *implied: Keyword) -> Asked:
        """What was asked for, together with the filters that the page itself implies. Only of a valid form."""
        keywords = tuple(dict.fromkeys((*implied, *self.keywords)))
        return Asked(
            q=self.q[: MAX_QUERY_CHARACTERS + 1],  # one more than is read: the reader is told of the cut
            filters=Filters(keywords=keywords, date_from=self.date_from, date_to=self.date_to),
            certain=self.is_certain,
            sort=self.sort,
            page=self.page,
            without=self.without,
        )

    def _page(self) -> int:
        asked = self.typed("page").strip() or "1"
        number = place_of(asked)
        if number is None:
            self._refusals.append(f"“{asked}” is not a page. Pages are numbered from 1: write page=1.")
        return number or 1

    def _order(self) -> str:
        """The order of a facet's values; empty where none was asked for."""
        return self._one_of(("", *ORDERS), "order", "Values cannot be put in order by")

    def _day(self, name: str, reading: Callable[[str], date]) -> date | None:
        typed = self.typed(name).strip()
        try:
            return reading(typed) if typed else None
        except ValueError as error:
            self._refusals.append(str(error))
            return None

    def _are_dates_exchanged(self) -> bool:
        """Whether the later one was given first."""
        if not self.date_from or not self.date_to or self.date_from <= self.date_to:
            return False
        exchanged = f"from={self.typed('to')}, to={self.typed('from')}"
        self._refusals.append(f"The dates end before they begin. Write {exchanged}.")
        return True

    def _keywords(self) -> tuple[Keyword, ...]:
        """Every value of a filter given, once; an empty one (an unfilled field of a form) is none."""
        keywords: dict[Keyword, None] = {}
        for field in KEYWORD_FIELDS:
            values = self._values(field)
            if len(values) > MOST_VALUES or any(
                len(value) > LONGEST_VALUE or not value.isprintable() for value in values
            ):
                self._refusals.append(
                    f"The filter “{field}” cannot be read. Write at most {MOST_VALUES} values, each a slug."
                )
            keywords |= {Keyword(field, value.lower()): None for value in values}
        return tuple(keywords)

    def _one_of(self, values: tuple[str, ...], name: str, refusal: str) -> str:
        asked = self.typed(name).strip() or values[0]
        if asked not in values:
            alternatives = [value for value in values if value]
            self._refusals.append(f"{refusal} “{asked}”. Write {name}={_alternatives(alternatives)}.")
            return values[0]
        return asked

    def _values(self, name: str) -> list[str]:
        return [value.strip() for value in map(str, self.parameters.getlist(name)) if value.strip()]


class SearchForm(ListForm):
    """A list narrowed by words too. Nothing that is typed in `q` is refused."""

    address_name = "search"
    sorts = (Sort.RELEVANCE, Sort.OLDEST, Sort.NEWEST, Sort.TITLE)

    def __init__(self, parameters: QueryDict) -> None:
        super().__init__(parameters)
        self.q = self.typed("q").strip()
        # Without words nothing stands for anything: then the list has one address.
        self.without = self._without() if self.q else ()

    def _without(self) -> tuple[str, ...]:
        """The forms to leave out, as an index writes them; one that no word of the query has does no harm."""
        values = self._values("without")
        if len(values) > MOST_WITHOUT or any(len(value) > LONGEST_VALUE for value in values):
            self._refusals.append(
                f"“without” cannot be read. Write at most {MOST_WITHOUT} forms of words, one each time."
            )
            return ()
        return tuple(sorted({form for value in values if (form := " ".join(words(value)))}))


class ConcordanceForm(SearchForm):
    """The lines of a search: `order` is theirs, `sort` that of the results, which a reader comes back to."""

    address_name = "concordance"

    def kept(self) -> list[tuple[str, str]]:
        return [*super().kept(), *(("order", value) for value in self._values("order"))]

    @property
    def line_order(self) -> LineOrder:
        return LineOrder(self.order)

    def _order(self) -> str:
        return self._one_of(tuple(LineOrder), "order", "Lines cannot be put in order by")


def place_of(typed: str) -> int | None:
    """A number from 1 as an address has it, None for anything else. Zeros before it do not count, however many."""
    number = _PLACE.fullmatch(typed)
    return int(number[1]) if number else None


def _alternatives(values: Sequence[str]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"
