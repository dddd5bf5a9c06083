"""The files as which every search and list can be taken away: their names, types and addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from documents import addresses
from documents.addresses import with_parameters
from documents.search.parameters import Parameters, parameters_of
from documents.search.results import Asked

MOST_TAKEN = 10_000  # documents in one file; reading so many takes ten seconds


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file by the end of its address. is_paged: it holds the page asked for, not all that was found."""

    suffix: str
    label: str
    content_type: str
    is_paged: bool = False


CSV = Format("csv", "CSV", "text/csv")
ATOM = Format("atom", "Atom", "application/atom+xml", is_paged=True)
BIBTEX = Format("bib", "BibTeX", "application/x-bibtex")
RIS = Format("ris", "RIS", "application/x-research-info-systems")
JSON = Format("json", "JSON", "application/json", is_paged=True)
FORMATS = (CSV, ATOM, BIBTEX, RIS, JSON)


@dataclass(frozen=True, slots=True)
class DataLink:
    """A link to a search as a file."""

    label: str
    content_type: str
    address: str


def address_of(form: Format, asked: Asked) -> str:
    """The permanent address of a search in this format."""
    return with_parameters(f"{_stem()}{form.suffix}", parameters_of(asked if form.is_paged else replace(asked, page=1)))


def data_links(whole: Parameters, shown: Parameters) -> tuple[DataLink, ...]:
    """A search in every format. whole: its parameters; shown: with its page."""
    stem, all_found, page = _stem(), with_parameters("", whole), with_parameters("", shown)
    return tuple(
        DataLink(form.label, form.content_type, f"{stem}{form.suffix}{page if form.is_paged else all_found}")
        for form in FORMATS
    )


def receipt_address(asked: Asked) -> str:
    return with_parameters(addresses.address_of("receipt"), parameters_of(replace(asked, page=1)))


def cut_note(total: int) -> str:
    """What to say of files that do not hold all that was found; empty where they do."""
    if total <= MOST_TAKEN:
        return ""
    return f"Files hold the first {MOST_TAKEN:,} of these {total:,} documents. Narrow the search to take the others."


def _stem() -> str:
    return addresses.address_of("search_json").removesuffix(JSON.suffix)
