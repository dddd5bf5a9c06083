"""Footnotes: no word is lost or made up, each note has an address, and the ways there and back lead somewhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.plain_text import to_markdown
from documents.rendering import parse_text
from documents.tests.test_rendering import _Page, html_of, kinds_and_texts

TEXT = """Recalling resolution 1373,[^1] and *deeply*[^2] concerned,

[^1]: S/RES/1373 (2001).
[^2]: As *ever*.

Decides."""


def test_notes_are_read_last_each_with_its_address():
    assert kinds_and_texts(TEXT) == [
        ("paragraph", "Recalling resolution 1373, and deeply concerned,"),
        ("paragraph", "Decides."),
        ("note", "S/RES/1373 (2001)."),
        ("note", "As ever."),
    ]
    assert [block.mark for block in parse_text(TEXT).blocks] == ["", "", "1", "2"]


def test_a_reference_leads_to_its_note_and_the_note_back():
    markup = html_of(TEXT)
    assert '1373,<sup class="ref"><a id="r3" href="#p3" lang="en" aria-label="Note 1">1</a></sup> and' in markup
    assert (
        '<li id="p3" class="note"><a class="back" href="#r3" lang="en" aria-label="Note 1, back to the text">1</a> '
        "S/RES/1373 (2001)."
    ) in markup
    page = _Page(markup)
    assert page.ids == ["p1", "r3", "r4", "p2", "p3", "p4"]
    assert {f"#{address}" for address in ("p3", "p4", "r3", "r4")} == set(re.findall(r'href="(#\w+)"', markup))


def test_addresses_are_those_of_paragraphs_and_outlive_edits():
    assert 'id="r9" href="#p9"' in parse_text("Words[^a]\n\n[^a]: a note").to_html([4, 9])


def test_a_note_referred_to_twice_leads_back_to_the_first():
    markup = html_of("One[^1] and[^1]\n\n[^1]: note")
    assert markup.count('href="#p2"') == 2
    assert _Page(markup).ids == ["p1", "r2", "p2"]


def test_a_note_of_the_title_leads_back_to_the_title():
    parsed = parse_text("# Report[^*]\n\nWords.\n\n[^*]: Reissued.", title="Report")
    assert parsed.blocks[0].is_title and parsed.blocks[0].text == "Report"
    assert '<a class="back" href="#p1" lang="en" aria-label="Note *, back to the text">*</a>' in parsed.to_html(
        [1, 2, 3]
    )


def test_a_note_that_nothing_refers_to_is_kept():
    markup = html_of("Words.\n\n[^1]: note")
    assert '<li id="p2" class="note"><span class="back">1</span> note' in markup


def test_a_note_may_have_further_paragraphs_and_lists():
    text = "Words[^1].\n\n[^1]: first\n    line\n\n    second\n\n    - item\n\nMore."
    assert kinds_and_texts(text) == [
        *(("paragraph", "Words."), ("paragraph", "More."), ("note", "first line")),
        *(("paragraph", "second"), ("item", "item")),
    ]
    _Page(html_of(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Words[^1].", "Words[^1]."),
        ("Words\\[^1].\n\n[^1]: note", "Words[^1]. note"),
        ("\\[^1]: words", "[^1]: words"),
        ("[^1]:", "[^1]:"),
        ("- [^1]: words", "[^1]: words"),
        ("a[^1]\n\n[^1]: one\n\n[^1]: two", "a [^1]: two one"),
        ("a[^a b]\n\n[^a b]: one", "a[^a b] [^a b]: one"),
    ],
)
def test_what_is_no_note_stays_as_typed(text, shown):
    assert " ".join(block.text for block in parse_text(text).blocks) == shown


def test_references_stand_in_headings_items_and_cells():
    text = "## Head[^1]\n\n- item[^1]\n\n| a[^1] | b |\n|---|---|\n| c | d |\n\n[^1]: note"
    assert [text for _, text in kinds_and_texts(text)] == ["Head", "item", "a b", "c d", "note"]
    assert html_of(text).count('<sup class="ref">') == 3
    assert parse_text(text).contents(range(1, 6))[0].text == "Head"


def test_plain_text_gains_no_notes():
    plain = "Words[^1] here.\n\n[^1]: they stay"
    assert [block.text for block in parse_text(to_markdown(plain)).blocks] == ["Words[^1] here.", "[^1]: they stay"]


def test_no_reference_stands_inside_a_link():
    markup = html_of("See [[^1]](https://a.example) and [^1](https://b.example).\n\n[^1]: note")
    assert 'See [<sup class="ref">' in markup and "</sup>](https://a.example)" in markup
    assert '<a href="https://b.example">^1</a>' in markup


def test_text_without_notes_is_rendered_as_before():
    assert "notes" not in html_of("Words.\n\n- item") and "<sup" not in html_of("E = mc^2^ [^1]")


PIECES = (
    "word",
    "[^1]",
    "[^2]",
    "\n\n",
    "\n[^1]: ",
    "\n[^2]: ",
    "\n\n    ",
    " ",
    "*",
    "- ",
    "# ",
    "\\",
    "[^*]",
    "\n[^*]: ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=24))
@settings(deadline=None)
def test_no_word_is_lost_or_made_up(pieces):
    text = "".join(pieces)
    parsed = parse_text(text)
    page = _Page(parsed.to_html(range(1, len(parsed.blocks) + 1)))
    assert len(page.ids) == len(set(page.ids))
    words = " ".join(block.text for block in parsed.blocks)
    assert Counter(re.findall("word", words)) == Counter(re.findall("word", text))
