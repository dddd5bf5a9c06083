"""What reference managers are told of a document, as BibTeX and as RIS. One function writes a record of each.

A document is `@misc` and `GEN`: speeches, letters, web pages and resolutions are held, and these two kinds alone ask
for no author, year or institution that may not be known. What kind of document it is stands in a field of its own. The
writers are ours: pybtex refuses an unpaired brace, bibtexparser escapes nothing, rispy lets a line break begin a field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from documents.dates import describe_date, machine_date, parse_edtf

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # BibTeX's own words

# BibTeX counts braces even behind a backslash, so that those of the text are written in letters.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{character: f"\\{character}" for character in "$&#_%"},
    }
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The facts of a citation as known; what is unknown is empty.

    key: never given to another document and never changed. year, month, day: only what is certain of the date;
    `date_in_words` says all of it, with its kind. creator and body as written: they may be one person, many or none.
    revision and revised: the state cited and its day. address is absolute; seen: the day on which it was read there.
    """

    key: str
    title: str
    creator: str
    body: str
    type: str
    place: str
    identifier: str
    year: int | None
    month: int | None
    day: int | None
    date_in_words: str
    language: str
    tags: tuple[str, ...]
    archive: str
    revision: int | None
    revised: date | None
    address: str
    seen: date

    @property
    def author(self) -> str:
        return self.creator or self.body

    @property
    def state(self) -> str:
        """The state cited, in words; empty where the document has none."""
        if not (self.revision and self.revised):
            return ""
        return f"Revision {self.revision} of {describe_date(self.revised.isoformat())}"


def certain_date(edtf: str) -> tuple[int | None, int | None, int | None]:
    """The year, month and day that an EDTF expression says for certain; `[2001-01..2001-06]` gives 2001 alone."""
    plain = machine_date(edtf)
    if plain:
        year, month, day = (*map(int, plain.split("-")), None, None)[:3]
        return year, month, day
    bounds = parse_edtf(edtf)
    is_one_year = bounds.earliest and bounds.latest and bounds.earliest.year == bounds.latest.year
    is_doubtful = any(sign in edtf for sign in "?~%")
    return (bounds.earliest.year if bounds.earliest and is_one_year and not is_doubtful else None), None, None


def bibtex(reference: Reference) -> str:
    """One entry, UTF-8. Names and titles stand in two pairs of braces: they are neither taken apart nor set in small
    letters. https://www.ctan.org/pkg/bibtex
    """
    is_month_known = reference.year and reference.month
    fields = (
        ("author", _whole(reference.author)),
        ("title", _whole(reference.title)),
        ("year", f"{{{reference.year:04}}}" if reference.year else ""),
        ("month", _MONTHS[reference.month - 1] if is_month_known and reference.month else ""),
        ("day", f"{{{reference.day}}}" if is_month_known and reference.day else ""),
        ("type", _braced(reference.type)),
        ("number", _braced(reference.identifier)),
        ("organization", _whole(reference.body) if reference.creator else ""),
        ("address", _braced(reference.place)),
        ("howpublished", _braced(reference.archive)),
        ("version", f"{{{reference.revision}}}" if reference.revision else ""),
        ("language", _braced(reference.language)),
        ("keywords", _braced(", ".join(reference.tags))),
        ("note", _braced(_sentences(reference.date_in_words, reference.state))),
        ("url", f"{{{reference.address}}}"),
        ("urldate", f"{{{reference.seen.isoformat()}}}"),
    )
    lines = [f"  {name} = {value}," for name, value in fields if value]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}"]) + "\n"


def bibtex_comment(text: str) -> str:
    """Lines that BibTeX passes over: whatever stands outside entries, as long as no @ begins one."""
    return "".join(f"% {line}\n" for line in text.replace("@", "(at)").splitlines())


def ris(reference: Reference, note: str = "") -> str:
    """One record, its lines ended as RIS asks; `note` is added to what the record itself notes.

    https://en.wikipedia.org/wiki/RIS_(file_format)
    """
    fields = (
        ("TY", "GEN"),
        ("ID", reference.key),
        ("TI", reference.title),
        ("AU", reference.author),
        ("PY", f"{reference.year:04}" if reference.year else ""),
        ("DA", _ris_date(reference.year, reference.month, reference.day)),
        ("M3", reference.type),
        ("M1", reference.identifier),
        ("PB", reference.body),
        ("CY", reference.place),
        ("LA", reference.language),
        *(("KW", tag) for tag in reference.tags),
        ("DB", reference.archive),
        ("ET", str(reference.revision or "")),
        ("UR", reference.address),
        ("Y2", _ris_date(reference.seen.year, reference.seen.month, reference.seen.day)),
        ("N1", _sentences(reference.date_in_words, reference.state)),
        ("N1", note),
    )
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def one_line(text: str) -> str:
    """The text without line breaks, which would begin another field, and other characters that no file should hold."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+", " ", text).strip()


def _whole(text: str) -> str:
    return f"{{{_braced(text)}}}" if text.strip() else ""


def _braced(text: str) -> str:
    line = one_line(text)
    return f"{{{line.translate(_TEX)}}}" if line else ""


def _sentences(*texts: str) -> str:
    return " ".join(f"{text}." for text in texts if text)


def _ris_date(year: int | None, month: int | None, day: int | None) -> str:
    """`2001/09/28/`, with nothing where nothing is known; the last part, for other words, stays empty."""
    if not year:
        return ""
    return f"{year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if month and day else ''}/"
