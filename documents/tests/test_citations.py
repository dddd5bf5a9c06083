"""BibTeX and RIS: nothing sharper than known, and nothing that a text holds can break out of its field."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.citations import Reference, bibtex, bibtex_comment, certain_date, ris

PLAIN = Reference(
    key="doc-1",
    title="On borders",
    creator="",
    body="Security Council",
    type="Statement",
    place="New York",
    identifier="S/PRST/2001/1",
    year=2001,
    month=9,
    day=28,
    date_in_words="Issued: 28 September 2001",
    language="English",
    tags=("border security", "police"),
    archive="Archive of Examples",
    revision=2,
    revised=date(2026, 5, 3),
    address="https://archive.example.org/documents/on-borders/",
    seen=date(2026, 11, 22),
)
ANY_TEXT = st.text(max_size=60) | st.text('{}\\@"%$&#_^~\r\n\x0b\x1e\u2028 -=,ABER', max_size=60)


@pytest.mark.parametrize(
    ("edtf", "certain"),
    [
        ("2001", (2001, None, None)),
        ("2001-09", (2001, 9, None)),
        ("2001-09-28", (2001, 9, 28)),
        ("", (None, None, None)),
        ("2001?", (None, None, None)),
        ("2001-09~", (None, None, None)),
        ("[2001-01..2001-06]", (2001, None, None)),
        ("2001-21", (2001, None, None)),
        ("[2001..2003]", (None, None, None)),
        ("[2018..]", (None, None, None)),
        ("../2003", (None, None, None)),
        ("195X", (None, None, None)),
    ],
)
def test_no_date_is_sharper_than_known(edtf, certain):
    assert certain_date(edtf) == certain


def test_an_entry_of_bibtex():
    assert bibtex(PLAIN) == (
        "@misc{doc-1,\n"
        "  author = {{Security Council}},\n"
        "  title = {{On borders}},\n"
        "  year = {2001},\n"
        "  month = sep,\n"
        "  day = {28},\n"
        "  type = {Statement},\n"
        "  number = {S/PRST/2001/1},\n"
        "  address = {New York},\n"
        "  howpublished = {Archive of Examples},\n"
        "  version = {2},\n"
        "  language = {English},\n"
        "  keywords = {border security, police},\n"
        "  note = {Issued: 28 September 2001. Revision 2 of 3 May 2026.},\n"
        "  url = {https://archive.example.org/documents/on-borders/},\n"
        "  urldate = {2026-11-22},\n"
        "}\n"
    )


def test_who_issued_stands_beside_who_spoke():
    spoken = bibtex(replace(PLAIN, creator="Mr. Arce and Mrs. Lund"))
    assert "author = {{Mr. Arce and Mrs. Lund}}" in spoken
    assert "organization = {{Security Council}}" in spoken


def test_what_is_unknown_is_left_out():
    unknown = replace(
        PLAIN, year=None, month=None, day=None, place="", identifier="", type="", tags=(), revision=None, revised=None
    )
    entry, record = bibtex(unknown), ris(unknown)
    assert not re.search(r"\b(year|month|day|number|address|type|keywords|version) =", entry)
    assert not re.search(r"^(PY|DA|M1|M3|CY|KW|ET)  - ", record, re.MULTILINE)


def test_a_record_of_ris():
    assert ris(PLAIN, "Found by a search.").split("\r\n") == [
        "TY  - GEN",
        "ID  - doc-1",
        "TI  - On borders",
        "AU  - Security Council",
        "PY  - 2001",
        "DA  - 2001/09/28/",
        "M3  - Statement",
        "M1  - S/PRST/2001/1",
        "PB  - Security Council",
        "CY  - New York",
        "LA  - English",
        "KW  - border security",
        "KW  - police",
        "DB  - Archive of Examples",
        "ET  - 2",
        "UR  - https://archive.example.org/documents/on-borders/",
        "Y2  - 2026/11/22/",
        "N1  - Issued: 28 September 2001. Revision 2 of 3 May 2026.",
        "N1  - Found by a search.",
        "ER  - ",
        "",
        "",
    ]


def test_a_month_without_a_day_ends_there():
    assert "DA  - 2001/09//\r\n" in ris(replace(PLAIN, day=None))


def test_signs_of_tex_are_written_so_that_they_are_printed():
    entry = bibtex(replace(PLAIN, title=r"50% of $5 & {a} \b ~ ^ #_"))
    assert (
        r"title = {{50\% of \$5 \& \textbraceleft{}a\textbraceright{} \textbackslash{}b \textasciitilde{} "
        r"\textasciicircum{} \#\_}}"
    ) in entry


@given(ANY_TEXT, ANY_TEXT)
def test_no_text_breaks_out_of_its_braces(title, place):
    entry = bibtex(replace(PLAIN, title=title, place=place))
    depth = 0
    for sign in entry.rstrip("\n"):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    lines = entry.rstrip("\n").split("\n")
    assert all(re.fullmatch(r"  [a-z]+ = .+,", line) for line in lines[1:-1])


@given(ANY_TEXT, ANY_TEXT)
def test_no_text_begins_a_field_or_a_record(title, note):
    record = ris(replace(PLAIN, title=title), note)
    lines = record.removesuffix("\r\n\r\n").split("\r\n")
    assert [line[:6] for line in lines].count("TY  - ") == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert record.splitlines() == [*lines, ""]


@given(ANY_TEXT)
def test_bibtex_passes_over_a_comment(text):
    comment = bibtex_comment(text)
    assert "@" not in comment
    assert all(line.startswith("% ") for line in comment.split("\n")[:-1])
