"""Marks in rendered HTML: exactly the characters found in the plain text, and nothing else is changed."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.linking import link_mentions
from documents.marking import mark_html
from documents.mentions import MentionFinder, NameFinder, NameForm
from documents.rendering import parse_text
from documents.search.snippets import highlighter
from documents.search.trees import (
    Form,
    Forms,
    Or,
    Phrase,
    Symbol,
)
from documents.tests.test_rendering import _Page

QUERY = Or((Forms("border", (Form("border", 1), Form("borders", 1))), Phrase(("a", "b")), Symbol("S/RES/1373(2001)")))
MARKER = highlighter(QUERY)
NAMES = NameFinder([NameForm("Border Watch", "watch")])


def rendered(markdown):
    """The blocks and the HTML of a text, with its links, as pages have it."""
    parsed = parse_text(markdown)
    html = parsed.to_html(range(1, len(parsed.blocks) + 1))
    return parsed.blocks, link_mentions(html, MentionFinder(NAMES).find, lambda mention: f"/{mention.target}/")


def marked(markdown):
    return mark_html(rendered(markdown)[1], MARKER.marks_of)


def words(html):
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\xa0", " ")


def without_marks(html):
    return re.sub(r'</?mark(?: id="m\d+")?>|<span class="steps".*?</span>', "", html)


def test_a_word_is_marked_with_links_to_its_neighbours():
    html = marked("The border and the borders.").html
    assert (
        'The <mark id="m1">border</mark><span class="steps" lang="en" data-place="1/2">'
        '<a rel="next" href="#m2" aria-label="Place 2"></a></span> and the <mark id="m2">borders</mark>'
    ) in html
    assert 'data-place="2/2"><a rel="prev" href="#m1" aria-label="Place 1"></a></span>.' in html


def test_a_mark_goes_through_emphasis_in_pieces():
    html = marked("x a *b* y").html
    assert '<mark id="m1">a</mark><span' in html and "<em><mark>b</mark></em>" in html


def test_in_a_link_the_way_on_stands_behind_the_link():
    html = marked("The Border Watch met.").html
    assert re.search(r'<a class="name" href="/watch/"><mark id="m1">Border</mark> Watch</a><span class="steps"', html)


def test_marks_in_one_link_lead_past_each_other():
    html = marked("[border and border](https://a.example) and border.").html
    assert html.count('class="steps"') == 2
    assert 'data-place="2/3"><a rel="next" href="#m3"' in html


def test_symbols_are_marked_as_in_passages():
    found = marked("Resolution 1373 (2001) was adopted.\n\nLater 1373 was recalled; see S/RES/1373 (2001).")
    assert found.places == 3
    assert [(paragraph.number, paragraph.first_mark) for paragraph in found.paragraphs] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    "markdown",
    [
        "| border | a |\n|---|---|\n| b border | c |\n| a | b |",
        "- border\n    - a\n- b\n\n> border",
        "border  \nborder\\\nend",
        "a[^1] b border[^1]\n\n[^1]: a border note",
        "## border\n\ntext &amp; <b>border",
        "*a* **b**",
        "a&nbsp;b \xa0 border",
    ],
)
def test_what_is_marked_is_what_the_plain_text_holds(markdown):
    check(markdown)


def check(markdown):
    blocks, html = rendered(markdown)
    found = mark_html(html, MARKER.marks_of)
    _Page(found.html)
    assert words(found.html) == words(html)
    expected = MARKER.marks_of([block.text for block in blocks])
    assert [list(paragraph.spans) for paragraph in found.paragraphs] == [marks for marks in expected if marks]
    for paragraph in found.paragraphs:
        assert paragraph.text == blocks[paragraph.number - 1].text
    assert found.places == sum(map(len, expected))
    assert re.findall(r'<mark id="m(\d+)"', found.html) == [str(number + 1) for number in range(found.places)]
    numbered = zip(blocks, expected, strict=True)
    texts = [block.text[mark.start : mark.end] for block, marks in numbered for mark in marks]
    shown = re.findall(r"<mark[^>]*>(.*?)</mark>", found.html, re.DOTALL)
    assert "".join("".join(texts).split()) == "".join(unescape("".join(shown)).split())


PIECES = (
    "border",
    " a",
    " b",
    "a ",
    "*",
    "**",
    "[",
    "](https://a.b)",
    "\n\n",
    "  \n",
    "- ",
    "| ",
    "\n|---|---|\n",
    "&amp;",
)
MORE = ("[^1]", "\n\n[^1]: ", "S/RES/1373 (2001)", " 1373", "Border Watch", "\xa0", "<", "# ", "> ", "é", "第", "\\")


@given(st.lists(st.sampled_from(PIECES + MORE), max_size=25))
@settings(max_examples=300, deadline=None)
def test_no_word_is_changed_and_marks_are_those_of_the_plain_text(pieces):
    check("".join(pieces))


def test_five_hundred_marks_leave_the_rest_as_it_was():
    html = rendered("\n\n".join("The border and *other* words of a paragraph." for _ in range(500)))[1]
    found = mark_html(html, MARKER.marks_of)
    assert found.places == 500
    assert without_marks(found.html) == html
