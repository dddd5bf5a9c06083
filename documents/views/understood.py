"""What a search was understood as, with the links that change it: forms left out or brought back, words taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from documents.search.parameters import parameters_of
from documents.search.results import Asked, ResultsPage, SearchedForm, SearchedPart, SearchedWord

if TYPE_CHECKING:
    from documents.views.listing import Place

FORMS_SHOWN = 24  # of a word, the most frequent; a prefix may have hundreds, which the receipt has all
SHORT = 5  # so many forms and parts stand in one line; more are folded


@dataclass(frozen=True, slots=True)
class FormLink:
    """A form, and the search without it or, of one left out, with it; no address where nothing would be left."""

    text: str
    documents: str  # as pages write numbers
    address: str = ""


@dataclass(frozen=True, slots=True)
class WordLinks:
    """A word as typed, the forms looked for, the other names, and how many rarer forms are not shown."""

    typed: str
    forms: tuple[FormLink, ...]
    names: tuple[FormLink, ...]
    hidden: int
    is_capped: bool
    parts_apart: tuple[str, ...]  # where two words were read as one
    address_apart: str

    @property
    def count(self) -> int:
        return len(self.forms) + len(self.names) + self.hidden


@dataclass(frozen=True, slots=True)
class PartLinks:
    """A part that is no word; `documents` is empty where it was not counted. `otherwise` is another reading of it."""

    label: str
    documents: str
    is_found: bool
    otherwise: FormLink | None


@dataclass(frozen=True, slots=True)
class Understood:
    words: tuple[WordLinks, ...]
    parts: tuple[PartLinks, ...]
    left_out: tuple[FormLink, ...]
    unscored: tuple[str, ...]  # function words, looked for and not counted for the order

    @property
    def is_short(self) -> bool:
        """Whether all of it fits in a line or two."""
        return sum(max(1, word.count) for word in self.words) + len(self.parts) <= SHORT


class _Addresses:
    """Addresses of one search that differ in the forms left out alone; a page may have a hundred of them."""

    def __init__(self, asked: Asked, place: Place) -> None:
        # No other parameter is written so: an equals sign in one is escaped.
        address = place.address(parameters_of(replace(asked, without=("0",), page=1)))
        self._before, _, self._after = address.partition("&without=0")

    def without(self, forms: Sequence[str]) -> str:
        left_out = urlencode([("without", form) for form in forms])
        return f"{self._before}{'&' if left_out else ''}{left_out}{self._after}"


def understood(results: ResultsPage, place: Place) -> Understood:
    """The links of a search at its place; there are none in a list without words."""
    if not results.asked.q:
        return Understood((), (), (), ())
    addresses = _Addresses(results.asked, place)
    left_out = {form: None for word in results.words for form in word.left_out}
    return Understood(
        words=tuple(_word_links(word, addresses, results.asked, place) for word in results.words),
        parts=tuple(_part_links(part, place) for part in results.parts),
        left_out=tuple(_form_link(form, addresses) for form in left_out),
        unscored=tuple(word.typed for word in results.words if not word.is_scored),
    )


def _word_links(word: SearchedWord, addresses: _Addresses, asked: Asked, place: Place) -> WordLinks:
    shown = [form for form in word.forms if not form.is_variant][:FORMS_SHOWN]
    names = [form for form in word.forms if form.is_variant][:FORMS_SHOWN]
    is_only = len(word.forms) == 1 and not names
    return WordLinks(
        typed=word.typed,
        forms=tuple(_form_link(form, None if is_only else addresses) for form in shown),
        names=tuple(_form_link(form, addresses) for form in names),
        hidden=len(word.forms) - len(shown) - len(names),
        is_capped=word.is_capped,
        parts_apart=tuple(word.typed.split()) if word.apart else (),
        address_apart=place.address(parameters_of(replace(asked, q=word.apart, page=1))) if word.apart else "",
    )


def _form_link(form: SearchedForm, addresses: _Addresses | None) -> FormLink:
    return FormLink(form.text, f"{form.documents:,}", addresses.without(form.without) if addresses else "")


def _part_links(part: SearchedPart, place: Place) -> PartLinks:
    other = part.otherwise
    return PartLinks(
        label=part.label,
        documents="" if part.documents is None else f"{part.documents:,}",
        is_found=part.documents != 0,
        otherwise=FormLink(other.label, f"{other.count:,}", place.address(other.parameters)) if other else None,
    )
