"""Plain text in its shapes to canonical Markdown: sensible paragraphs, and no sign read as markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.plain_text import Shape, shape_of, to_markdown, words_of
from documents.rendering import parse_text

WRAPPED = """\
It gives me pleasure, at the outset, to extend to you the
congratulations of the delegation of Morocco on your
election to the Presidency of the forty-eighth session of the
General Assembly, and to express to you our best wishes.
I am sure that under your guidance we shall succeed in the
discharge of our important duties.
I should also like to welcome to our midst the many
new Members who have joined our Organization in recent
months.
As we approach the end of the fifth decade since the
establishment of our Organization, it is proper to look back.
"""
LONG = "A sentence of a paragraph that nobody would have set in one line: " + "words and " * 12 + "so an end. "


def paragraphs(text):
    return [block.text for block in parse_text(to_markdown(text)).blocks]


def openings(text):
    return [paragraph.split()[0] for paragraph in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (f"{LONG}\n\n{LONG}\n\n{LONG}\n", Shape.BLANK_LINES),
        (f"{LONG}\n{LONG}\n{LONG}\n", Shape.LINES),
        ("Just a title", Shape.LINES),
        ("", Shape.LINES),
        ("Mr. President,\nLadies and gentlemen,\nThank you.\n", Shape.LINES),
        (WRAPPED, Shape.WRAPPED),
        (f"{WRAPPED}\n{WRAPPED}\n{WRAPPED}", Shape.WRAPPED_BLANK_LINES),
        (f"{WRAPPED}{WRAPPED}\n{WRAPPED}{WRAPPED}", Shape.WRAPPED),
    ],
)
def test_shape_is_recognised_by_the_lengths_of_lines(text, shape):
    assert shape_of(text) == shape


def test_wrapped_lines_are_joined_and_short_last_lines_end_a_paragraph():
    assert openings(WRAPPED) == ["It", "I", "As"]


def test_wrapped_text_with_blank_lines_keeps_to_them():
    assert openings(f"{WRAPPED}\n{WRAPPED}") == ["It", "It"]


def test_numbered_paragraph_begins_a_paragraph_in_wrapped_text():
    text = WRAPPED.replace("I am sure", "54. I am sure").replace("new Members", "12 new Members")
    assert openings(text) == ["It", "54.", "I", "As"]


def test_salutation_in_wrapped_text_stands_alone():
    assert openings(f"Mr. President,\n{WRAPPED}")[:2] == ["Mr.", "It"]


def test_one_line_a_paragraph():
    assert paragraphs(f"Mr. President,\n{LONG}\n{LONG}\nThank you.") == [
        "Mr. President,",
        LONG.strip(),
        LONG.strip(),
        "Thank you.",
    ]


def test_heading_line_above_a_paragraph_stays_apart():
    assert paragraphs(f"{LONG}\n\nKey documents\n{LONG}\n\n{LONG}")[1] == "Key documents"


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\x0c\n"])
def test_sentence_that_goes_on_behind_a_page_is_one_paragraph(gap):
    assert paragraphs(f"{LONG}\nThe Republics met at Tananarive{gap}and laid the foundations.\n{LONG}")[1] == (
        "The Republics met at Tananarive and laid the foundations."
    )


def test_word_broken_at_a_line_end_stays_two_words():
    text = WRAPPED.replace("discharge of our", "discharge of counter-\nterrorism and of our")
    assert "counter- terrorism" in " ".join(paragraphs(text))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\r", "\u2028"])
def test_line_ends_of_any_kind(line_end):
    assert paragraphs(f"{LONG}{line_end}{LONG}") == [LONG.strip()] * 2


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("54. The Assembly", "54\\. The Assembly"),
        ("54.\tThe Assembly", "54\\. The Assembly"),
        ("54) The Assembly", "54\\) The Assembly"),
        ("٥٤. الجمعية", "٥٤\\. الجمعية"),
        ("1945.", "1945\\."),
        ("3.5 per cent", "3.5 per cent"),
        ("# 1", "\\# 1"),
        ("- item", "\\- item"),
        ("-5 degrees", "-5 degrees"),
        ("+ item", "\\+ item"),
        ("* item", "\\* item"),
        ("> quoted", "\\> quoted"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("    indented  twice", "indented twice"),
        ("a_b *c* `d`", "a\\_b \\*c\\* \\`d\\`"),
        ("[1622 (S-III)] <b>", "\\[1622 (S-III)] \\<b>"),
        ("AT&T &amp; &#169;", "AT&T \\&amp; \\&#169;"),
        ("{: .lacuna }", "\\{: .lacuna }"),
        ("C:\\new", "C:\\\\new"),
        ("ends in two spaces  ", "ends in two spaces"),
    ],
)
def test_what_markdown_would_read_is_escaped(text, markdown):
    assert to_markdown(text) == f"{markdown}\n"
    assert paragraphs(text) == [" ".join(text.split())]


def test_table_and_underlines_of_plain_text_stay_words():
    text = f"{LONG}\na | b\n--|--\nTitle\n=====\n{LONG}"
    assert [block.kind for block in parse_text(to_markdown(text)).blocks] == ["paragraph"] * 6


def test_byte_order_mark_is_no_word():
    assert to_markdown("\ufeffWords") == "Words\n"


def test_empty_text_gives_no_paragraph():
    assert paragraphs(" \n\n\t") == []


LINES = st.lists(
    st.one_of(
        st.text(st.sampled_from("ab.1# \t*_>|-+=[]()<&;{}:\\`~!\"'"), max_size=20),
        st.sampled_from(["12. The Assembly", "and so on", "| a | b |", "|---|---|", "====", "{: .furniture }", "# x"]),
        st.text(max_size=20),
    ),
    max_size=12,
)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_any_text_keeps_its_words_in_order(lines):
    text = "\n".join(lines)
    parsed = parse_text(to_markdown(text))
    assert words_of(" ".join(block.text for block in parsed.blocks)) == words_of(text)
    assert {block.kind for block in parsed.blocks} <= {"paragraph"}
