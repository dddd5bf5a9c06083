"""Canonical Markdown to blocks and HTML: every word kept, every block addressed, nothing unsafe, nothing endless."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.rendering import find_markup, parse_text

VOID_TAGS = {"br", "hr"}


class _Page(HTMLParser):
    """Fails on tags that do not nest; keeps ids and classes."""

    def __init__(self, markup):
        super().__init__()
        self.open, self.ids, self.tags = [], [], []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def html_of(markdown, title="", aliases=None):
    parsed = parse_text(markdown, title=title)
    return parsed.to_html(range(1, len(parsed.blocks) + 1), aliases)


def kinds_and_texts(markdown):
    return [(block.kind, block.text) for block in parse_text(markdown).blocks]


def test_each_heading_paragraph_item_and_row_has_its_address():
    markdown = "# One\n\nTwo\n\n- three\n- four\n\n> five\n\n| six | 6 |\n|---|---|\n| seven | 7 |\n"
    assert kinds_and_texts(markdown) == [
        ("heading", "One"),
        ("paragraph", "Two"),
        ("item", "three"),
        ("item", "four"),
        ("paragraph", "five"),
        ("row", "six 6"),
        ("row", "seven 7"),
    ]
    assert _Page(html_of(markdown)).ids == [f"p{number}" for number in range(1, 8)]


def test_address_is_a_link_without_words():
    assert html_of("Words.") == (
        '<p id="p1">Words.<a class="address" href="p/1/" data-number="1" lang="en" aria-label="Paragraph 1"></a></p>'
    )


def test_numbers_are_those_that_are_given():
    assert _Page(parse_text("One\n\nTwo").to_html([12, 3])).ids == ["p12", "p3"]


def test_too_few_numbers_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        parse_text("One\n\nTwo").to_html([1])


def test_old_numbers_of_merged_paragraphs_still_lead_to_the_survivor():
    markup = html_of("One\n\nTwo", aliases={2: [7, 9]})
    assert '<p id="p2"><span id="p7" class="alias"></span><span id="p9" class="alias"></span>Two' in markup


def test_old_numbers_stand_inside_the_first_cell_of_a_row():
    markup = html_of("| a | b |\n|---|---|\n| c | d |", aliases={2: [7]})
    assert '<tr id="p2"><td><span id="p7" class="alias"></span>c<a' in markup


def test_item_text_leaves_out_the_nested_list():
    markdown = "- outer **words**\n\n    more of it\n\n    1. inner\n- last\n"
    assert kinds_and_texts(markdown) == [
        ("item", "outer words"),
        ("paragraph", "more of it"),
        ("item", "inner"),
        ("item", "last"),
    ]


def test_list_that_steps_back_without_a_blank_line_is_one_list():
    expected = [("item", "a"), ("item", "b"), ("item", "c")]
    assert kinds_and_texts("- a\n    - b\n- c") == expected
    assert html_of("- a\n    - b\n- c").count("<ul>") == 2


def test_ordered_list_keeps_its_first_number():
    assert '<ol start="54">' in html_of("54. The Assembly\n55. The Council")


def test_escaped_number_opens_a_paragraph():
    assert kinds_and_texts("54\\. The Assembly") == [("paragraph", "54. The Assembly")]


@pytest.mark.parametrize("line_break", ["  \n", "\\\n"])
def test_hard_line_break_is_kept_and_parts_words(line_break):
    (block,) = parse_text(f"one{line_break}two").blocks
    assert (block.text, block.html) == ("one two", "one<br>\ntwo")


def test_emphasis_and_links_are_kept_in_html_and_leave_the_text():
    (block,) = parse_text("See *the* **Charter** [here](https://un.org/a_(b)) or <https://un.org/x_y_z>.").blocks
    assert block.text == "See the Charter here or https://un.org/x_y_z."
    assert '<em>the</em> <strong>Charter</strong> <a href="https://un.org/a_(b)">here</a>' in block.html


def test_underscores_inside_words_are_no_emphasis():
    assert parse_text("file_name_here").blocks[0].html == "file_name_here"


# --- The title ---


@pytest.mark.parametrize("markdown", ["# A *Title*\n\nText", "A Title\n\nText"])
def test_title_on_the_first_line_is_marked_and_left_to_the_page(markdown):
    parsed = parse_text(markdown, title="A  Title")
    assert [block.is_title for block in parsed.blocks] == [True, False]
    assert parsed.blocks[0].level == 1
    assert _Page(parsed.to_html([1, 2])).ids == ["p2"]


def test_old_numbers_of_the_title_lead_to_the_text():
    assert html_of("# T\n\nText", title="T", aliases={1: [5]}).startswith('<span id="p5" class="alias"></span>')


def test_supplied_title_leaves_the_first_heading_alone():
    assert not parse_text("# Heading", title="[A title]").blocks[0].is_title


# --- Headings ---


def levels(markdown, title=""):
    return [block.level for block in parse_text(markdown, title=title).blocks]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# a\n# b", [2, 2]),
        ("## a\n\n### b\n\n## c", [2, 3, 2]),
        ("# a\n\n### b\n\n###### c\n\n## d", [2, 3, 4, 3]),
        ("### a\n\n# b\n\n### c", [2, 2, 3]),
        ("\n".join(f"{'#' * depth} {depth}" for depth in range(1, 7)), [2, 3, 4, 5, 6, 6]),
    ],
)
def test_outline_begins_at_two_and_skips_no_level(markdown, expected):
    assert levels(markdown) == expected


def test_title_takes_no_part_in_the_outline():
    assert levels("# T\n\n## a\n\n### b", title="T") == [1, 2, 3]


def test_contents_hold_headings_but_not_the_title_or_furniture():
    parsed = parse_text("# T\n\n## One\n\ntext\n\n## Back\n{: .furniture }\n\n### *Two*", title="T")
    contents = parsed.contents([10, 11, 12, 13, 14])
    assert [(heading.level, heading.number, heading.text) for heading in contents] == [(2, 11, "One"), (3, 14, "Two")]


# --- The two marks ---


@pytest.mark.parametrize(
    "markdown",
    [
        "Words\n{: .furniture }",
        "## Words\n{: .furniture }",
        "Words\n-----\n{: .furniture }",
        "- Words\n{: .furniture }",
        "> Words\n> {: .furniture }",
        "_Words_\n{:.furniture}",
        "| Words |\n|---|\n{: .furniture }\n| |",
    ],
)
def test_furniture_is_marked_on_any_block(markdown):
    (block,) = parse_text(markdown).blocks
    assert (block.text, block.is_furniture, block.has_lacuna) == ("Words", True, False)


def test_row_is_marked_on_the_line_below_it():
    blocks = parse_text("| a | b |\n|---|---|\n| c | d |\n{: .lacuna }").blocks
    assert [(block.text, block.has_lacuna) for block in blocks] == [("a b", False), ("c d", True)]


def test_lacuna_is_a_class_in_the_html():
    assert html_of("and recommends that:\n{: .lacuna }").startswith('<p id="p1" class="lacuna">and recommends that:<a')


@pytest.mark.parametrize("line", ["{: .other }", "{: #p7 }", "{: onclick=alert(1) }", "{: .lacuna .big }"])
def test_other_attributes_are_text(line):
    (block,) = parse_text(f"Words\n{line}").blocks
    assert block.text == f"Words {line}"
    assert not block.has_lacuna


# --- Words are never lost, and nothing unsafe comes through ---


@pytest.mark.parametrize(
    "typed",
    [
        "a <b>bold</b> claim",
        "<script>alert(1)</script>",
        "<!-- a comment -->",
        "`code`",
        "![image](http://un.org/x.png)",
        "[label][1]",
        "[1]: http://un.org",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "a & b < c > d",
        "[^1] a note",
        "1) one",
    ],
)
def test_what_is_no_markup_of_ours_stays_as_typed(typed):
    (block,) = parse_text(typed).blocks
    assert block.text == typed
    assert "<" not in block.html


def test_indented_lines_are_a_paragraph():
    assert kinds_and_texts("    indented") == [("paragraph", "indented")]


def test_entities_are_read_and_escaped_ones_are_not():
    assert parse_text("A&amp;B &#169; \\&amp; &unknown; &#99999999999;").blocks[0].text == (
        "A&B © &amp; &unknown; &#99999999999;"
    )


def test_row_with_too_many_cells_keeps_its_words():
    assert parse_text("a|b\n-|-\n1|2|3").blocks[1].text == "1 2|3"


def test_control_characters_part_words_and_do_not_reach_the_page():
    assert parse_text("one\x00two\x02three\x97four").blocks[0].html == "one two three four"


@pytest.mark.parametrize("markdown", ["", " \n\n\t\n", "---", "#", "> ", "- "])
def test_text_without_words_has_no_blocks(markdown):
    assert [block.text for block in parse_text(markdown).blocks if not block.text] == []


PATHOLOGICAL = {
    "deep quotation": ">" * 10_000 + " x",
    "deep list": "- " * 10_000 + "x",
    "deep numbers": "1. " * 10_000 + "x",
    "mixed": "1. > - " * 3_000,
    "steps": "\n".join("    " * depth + "- x" for depth in range(200)),
    "stars": "*" * 100_000,
    "open emphasis": "**a* " * 20_000,
    "nested emphasis": "**a _b " * 120 + "b_ a** " * 120,
    "brackets": "[" * 100_000,
    "half links": "[](" * 50_000,
    "long half link": "[](http://" + "x" * 100_000,
    "signs": "<" * 100_000,
    "escapes": "\\*" * 100_000,
    "headings": "# a\n" * 2_000,
    "rules": "---\n" * 5_000,
    "pipes": "|" * 50_000 + "\n" + "|-" * 25_000,
    "one word": "x" * 1_000_000,
    "huge entity": "&#" + "9" * 5_000 + ";",
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_pathological_text_is_rendered(name):
    _Page(html_of(PATHOLOGICAL[name]))


MARKDOWN_SIGNS = st.text(st.sampled_from("ab1 \n\n#*_[](){}<>&;|-+.>:`\\!=\"'\t"), max_size=120)


@given(MARKDOWN_SIGNS)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_nested_html_with_one_address_a_block(markdown):
    parsed = parse_text(markdown)
    page = _Page(parsed.to_html(range(1, len(parsed.blocks) + 1)))
    assert page.ids == [f"p{number}" for number in range(1, len(parsed.blocks) + 1)]
    assert all(block.text for block in parsed.blocks)


@given(st.lists(st.sampled_from(["<script>", "</p>", "<img src=x onerror=y>", "words", "*", "[a](", ")", "\n"])))
@settings(max_examples=100, deadline=None)
def test_no_typed_tag_becomes_one(pieces):
    tags = {tag for tag, _ in _Page(html_of("".join(pieces))).tags}
    assert tags <= {"p", "a", "em", "strong", "ul", "li", "br", "hr"}


# --- What editors are told ---


@pytest.mark.parametrize(
    ("markdown", "part"),
    [
        ("fine\n\nx <script> y", "Line 3 holds HTML (<script>)."),
        ("<!-- note -->", "Line 1 holds HTML (<!--)."),
        ("![a](http://un.org)", "Line 1 holds an image."),
        ("[a](javascript:alert(1))", "Line 1 links to javascript:alert"),
        ("\n{: .furniture }", "Line 2 holds a mark that says nothing."),
        ("text\n{: .big }", "Line 2 holds a mark that says nothing."),
    ],
)
def test_unwanted_markup_is_named_with_its_line(markdown, part):
    (complaint,) = find_markup(markdown)
    assert complaint.startswith(part)


@pytest.mark.parametrize(
    "markdown",
    ["a \\<b> c", "1 < 2 > 0", "[a](https://un.org) <https://un.org>", "Words\n{: .lacuna }", "# T\n\n- a\n\n> b"],
)
def test_clean_text_has_no_complaints(markdown):
    assert find_markup(markdown) == []
