"""What a search was, when, of what, and what it found: to be kept with the results and named in a methods section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest

from documents.addresses import address_of, with_parameters
from documents.citations import one_line
from documents.dates import describe_date
from documents.search import service
from documents.search.parameters import parameters_of
from documents.search.query import to_text
from documents.search.results import FACET_LABELS, ResultsPage, SearchedForm, SearchedWord
from documents.views.context import absolute
from documents.views.kept_pages import never_kept
from documents.views.listing import OTHER_LABELS, SORT_LABELS, dates_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of a receipt: what it is called, and one value or several."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """found: how many documents; held: of how many. searched_at is in UTC, to the second; address is absolute."""

    results: ResultsPage
    archive: str
    held: int
    searched_at: datetime
    address: str

    @property
    def filters(self) -> tuple[str, ...]:
        """What narrowed the search beside its words, each in words."""
        asked = self.results.asked
        labels = FACET_LABELS | OTHER_LABELS
        chosen = zip(asked.filters.keywords, self.results.chosen_labels, strict=True)
        named = [f"{labels[keyword.field].lower()} “{one_line(label)}”" for keyword, label in chosen]
        dated = dates_in_words(replace(asked, certain=False))
        sure = "certainly" if asked.certain else "possibly"
        return (*named, f"{sure} dated {dated}") if dated else tuple(named)

    @property
    def sentence(self) -> str:
        """All of it in one sentence for a methods section."""
        article = "" if self.archive.lower().startswith("the ") else "the "
        narrowed = f", narrowed to {', '.join(self.filters)}" if self.filters else ""
        return (
            f"On {describe_date(self.searched_at.date().isoformat())} {article}{self.archive} (generation "
            f"{self.results.generation}, {_documents(self.held)}) was searched for {self._what()}{narrowed}; "
            f"{self._outcome()} ({self.address})."
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """The facts one by one, without those that there are none of."""
        results = self.results
        lines = (
            Line("Searched for", (one_line(results.asked.q) or "all documents",)),
            Line("Read as", (to_text(results.root),) if results.asked.q else ()),
            Line("Words", tuple(_forms(word) for word in results.words)),
            Line("Left out", tuple(_counted(word.left_out) for word in results.words if word.left_out)),
            Line("Not counted for the order", tuple(word.typed for word in results.words if not word.is_scored)),
            Line("Other parts", tuple(part.label for part in results.parts)),
            Line("Narrowed to", self.filters),
            Line("Notes", results.notes),
            Line("In order of", (SORT_LABELS[results.asked.sort].lower(),)),
            Line("Archive", (f"{self.archive}, generation {results.generation}, {_documents(self.held)}",)),
            Line("When", (f"{self.searched_at:%Y-%m-%d %H:%M:%S} UTC",)),
            Line("Found", (_documents(results.total) + (", with most of the words" if results.is_partial else ""),)),
            Line("Address", (self.address,)),
        )
        return tuple(line for line in lines if line.values)

    @property
    def text(self) -> str:
        """The whole receipt as plain text."""
        rows = [f"{line.label}: {value}" for line in self.lines for value in line.values]
        return "\n".join([*rows, "", self.sentence])

    def _what(self) -> str:
        results = self.results
        if not results.asked.q:
            return "all documents"
        forms = sum(len(word.forms) for word in results.words)
        left_out = sum(len(word.left_out) for word in results.words)
        many = len(results.words)
        capped = ", the most frequent of more" if any(word.is_capped for word in results.words) else ""
        less = f", {left_out:,} more left out" if left_out else ""
        counted = f" ({many} word{_plural(many)} in {forms:,} form{_plural(forms)}{capped}{less})" if many else ""
        return f"“{one_line(results.asked.q)}”{counted}"

    def _outcome(self) -> str:
        if self.results.is_partial:
            return f"no document held all of these words, and {_documents(self.results.total)} held most of them"
        return f"it found {_documents(self.results.total)}"


def receipt_of(request: HttpRequest, results: ResultsPage) -> Receipt:
    """The receipt of a search just made. Raises SearchUnavailable."""
    never_kept(request)  # the receipt says when
    address = with_parameters(address_of("search"), parameters_of(replace(results.asked, page=1)))
    return Receipt(
        results=results,
        archive=settings.ARCHIVE_NAME,
        held=service.held(),
        searched_at=datetime.now(UTC).replace(microsecond=0),
        address=absolute(request, address),
    )


def _forms(word: SearchedWord) -> str:
    return f"{word.typed}: {_counted(word.forms) or 'found nowhere'}"


def _counted(forms: Iterable[SearchedForm]) -> str:
    return ", ".join(f"{form.text} in {_documents(form.documents)}" for form in forms)


def _documents(number: int) -> str:
    return f"{number:,} document{_plural(number)}" if number else "no document"


def _plural(number: int) -> str:
    return "" if number == 1 else "s"
