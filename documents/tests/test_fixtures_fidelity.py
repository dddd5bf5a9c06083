"""Word for word and number for number: what a page shows is what was collected.

Compared are the rendered HTML and the original, from white space to white space, signs and figures included.
"""

from __future__ import annotations

import hashlib
import os
from html.parser import HTMLParser
from pathlib import Path

import frontmatter
import pytest

from documents.plain_text import Shape, shape_of, to_markdown, words_of
from documents.rendering import find_markup, parse_text

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
EXTRACTS = Path(__file__).parent / "corpora"
CORPORA = os.environ.get("CORPORA", "")
DRAWN = 200  # speeches, evenly over the corpus, so over all its years and shapes
INLINE_TAGS = {"a", "em", "strong", "span"}
COLUMNS = [
    *("title", "date", "creator", "publisher", "type", "language", "place", "tags", "collection", "identifier"),
    *("source", "rights", "title_basis", "date_kind", "date_basis", "date_note", "original", "sha256"),
    *("relations", "lacunae"),
]

EDITIONS = sorted(FIXTURES.glob("*.md"))
SPEECHES = sorted((EXTRACTS / "ungdc").glob("*/*.txt"))


class _Words(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.text += "" if tag in INLINE_TAGS else " "

    def handle_data(self, data):
        self.text += data


def shown(markdown, title=""):
    """The words of the page's text, its h1 included where that is the text's first line."""
    parsed = parse_text(markdown, title=title)
    heading = [block.text for block in parsed.blocks if block.is_title]
    body = _Words(parsed.to_html(range(1, len(parsed.blocks) + 1))).text
    assert " ".join(" ".join([*heading, body]).split()) == " ".join(block.text for block in parsed.blocks)
    return words_of(" ".join([*heading, body]))


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


def load(path):
    return frontmatter.loads(read(path))


@pytest.fixture(params=EDITIONS, ids=lambda path: path.stem)
def edition(request):
    return load(request.param)


def test_there_are_five_editions_and_five_originals():
    assert len(EDITIONS) == len(list((FIXTURES / "sources").iterdir())) == 5


def test_edition_has_the_words_of_its_original(edition):
    assert shown(edition.content, edition["title"]) == words_of(read(FIXTURES / edition["original"]))


def test_edition_names_its_original_and_its_sha256(edition):
    assert hashlib.sha256((FIXTURES / edition["original"]).read_bytes()).hexdigest() == edition["sha256"]


def test_edition_fills_the_columns_of_an_import_package(edition):
    assert list(edition.metadata) == COLUMNS


def test_edition_has_no_markup_that_editors_should_not_write(edition):
    assert find_markup(edition.content) == []


def test_printed_title_is_the_first_line_and_a_supplied_one_is_in_brackets(edition):
    first, *others = parse_text(edition.content, title=edition["title"]).blocks
    assert first.is_title == (edition["title_basis"] == "printed")
    assert not any(block.is_title for block in others)
    assert edition["title"].startswith("[") == edition["title"].endswith("]") == (edition["title_basis"] == "supplied")


def test_quoted_evidence_stands_in_the_texts(edition):
    originals = " ".join(" ".join(read(path).split()) for path in (FIXTURES / "sources").iterdir())
    notes = " ".join([edition["date_note"], *edition["lacunae"]])
    quoted = [part.split("”")[0] for part in notes.split("“")[1:]]
    assert quoted
    assert [quotation for quotation in quoted if quotation not in originals] == []


def test_relations_lead_to_other_editions(edition):
    targets = {relation.split(" ", 1)[1] for relation in edition["relations"]}
    assert targets <= {path.name for path in EDITIONS}


def blocks_of(number):
    (path,) = (path for path in EDITIONS if path.name.startswith(number))
    edition = load(path)
    return parse_text(edition.content, title=edition["title"]).blocks


@pytest.mark.parametrize(
    ("number", "furniture", "lacunae"),
    [
        ("000", [], []),
        ("001", [], []),
        ("002", ["Coca Crops in Colombia at all-time high, UNODC Report finds; Photo: UNODC"], []),
        ("003", ["Visit the website."], ["Key Documents"]),
        ("004", ["Back to the First Special Meeting"], ["has recommended that:", "will enable the CTC to explore:"]),
    ],
)
def test_furniture_and_lacunae_are_marked(number, furniture, lacunae):
    blocks = blocks_of(number)
    assert [block.text for block in blocks if block.is_furniture] == furniture
    marked = [block.text for block in blocks if block.has_lacuna]
    assert len(marked) == len(lacunae)
    assert all(text.endswith(words) for text, words in zip(marked, lacunae, strict=True))


@pytest.mark.parametrize("path", SPEECHES, ids=lambda path: path.stem)
def test_plain_text_is_shown_word_for_word(path):
    text = read(path)
    assert shown(to_markdown(text)) == words_of(text)


def test_extracts_have_every_shape():
    assert {shape_of(read(path)) for path in SPEECHES} == set(Shape)


@pytest.mark.parametrize("path", sorted((EXTRACTS / "udhr").glob("*.md")), ids=lambda path: path.stem)
def test_declaration_is_shown_word_for_word_in_each_language(path):
    text = read(path)
    signs = {"#", "##", "-"}
    typed = [line.split() for line in text.splitlines()]
    assert shown(text) == [word for line in typed for word in (line[1:] if line and line[0] in signs else line)]


@pytest.mark.skipif(not Path(CORPORA, "ungdc").is_dir() or not CORPORA, reason="CORPORA names no folder with ungdc")
def test_speeches_drawn_from_all_years_are_shown_word_for_word():
    speeches = sorted(Path(CORPORA, "ungdc").glob("*/*.txt"))
    changed = []
    for path in speeches[:: max(1, len(speeches) // DRAWN)][:DRAWN]:
        text = read(path)
        if shown(to_markdown(text)) != words_of(text):
            changed.append(path.name)
    assert changed == []
