"""Canonical Markdown to blocks with addresses and to stored HTML; done once, at save.

The dialect is small: headings, paragraphs, lists, quotations, tables, rules, emphasis, links, hard line breaks, notes,
and two marks of ours. Everything else stays as typed, so that no word is ever lost. How a text becomes a tree is in
dialect.py.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import nh3

from documents.dialect import HEADING_TAGS, LINK_TARGET, MARK_LINE, MARK_PLACEHOLDER, parse_tree
from documents.footnotes import NoteLinks

RENDERING_VERSION = "2"  # pages made by another version are made again when their document is saved

INLINE_TAGS = {"a", "br", "em", "strong", "sup"}
CONTAINER_TAGS = {"blockquote", "ol", "ul", "table", "thead", "tbody"}
CELL_TAGS = {"td", "th"}
MARKS = {"furniture", "lacuna"}

_SANITISER = nh3.Cleaner(
    tags=INLINE_TAGS | CONTAINER_TAGS | CELL_TAGS | set(HEADING_TAGS) | {"hr", "li", "p", "span", "tr"},
    attributes={
        "a": {"href", "title", "aria-label", "data-number", "lang"},
        "ol": {"start"},
        "th": {"scope"},
        "*": {"id"},
    },
    allowed_classes={
        "a": {"address", "back"},
        "ol": {"notes"},
        "span": {"alias", "back", "cell"},
        "sup": {"ref"},
        **dict.fromkeys((*HEADING_TAGS, "p", "li", "tr"), MARKS | {"note"}),
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,  # links stay in the same window, and editors answer for where they lead
)

_HTML_TAG = re.compile(r"(?<!\\)(</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|<!--)")
_IMAGE = re.compile(r"(?<!\\)!\[[^\[\]]*\]\(")
_LINK = re.compile(r"(?<!\\)\]\(\s*([^\s()]+)")
_ATTRIBUTES = re.compile(r"\s*\{:.*\}\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """One addressable part of a text: its kind is heading, paragraph, item, row or note.

    text: its words, white space collapsed, no markup; an item's are its own, without those of a nested list. The marks
    of notes are no words, nor are those of items.
    html: the same with emphasis and links, sanitised, fit to stand inside <p>; a row's cells are <span class="cell">.
    level: of a heading as the page shows it, 2 to 6, or 1 for the title; 0 for all else.
    is_title: the text's first words are the title. The page shows them as its h1, and to_html leaves them out.
    mark: of a note, which references to it show too; empty for all else.
    """

    kind: str
    level: int
    text: str
    html: str
    is_furniture: bool = False
    has_lacuna: bool = False
    is_title: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents; `number` is the address that it leads to."""

    level: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a block stands in the HTML: the markup before its id, and the words that its address follows."""

    before: str
    inside: str
    words: str


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text's blocks in reading order, and the HTML that waits for their numbers."""

    blocks: tuple[Block, ...]
    _slots: tuple[_Slot, ...] = field(repr=False)
    _end: str = field(repr=False)

    def to_html(self, numbers: Sequence[int], aliases: Mapping[int, Sequence[int]] | None = None) -> str:
        """The text as sanitised HTML, every block but the title with its id and a link to itself.

        numbers: one for each block, in order. aliases: for a number, the old numbers that now lead to it.
        Raises ValueError where numbers and blocks differ in length.
        """
        parts = []
        notes = NoteLinks(list(zip(self.blocks, numbers, strict=True)))
        for block, slot, number in zip(self.blocks, self._slots, numbers, strict=True):
            anchors = _anchors((aliases or {}).get(number, ()))
            if block.is_title:
                parts.append(anchors)
            else:
                opening = f"{slot.before} id=p{number}{_class_attribute(block)}>{slot.inside}"
                parts += [opening, anchors, notes.label(block.mark), notes.link(slot.words), _address(number)]
        return _SANITISER.clean("".join([*parts, self._end])).strip()

    def contents(self, numbers: Sequence[int]) -> tuple[Heading, ...]:
        """The headings in order, without the title and without page furniture."""
        return tuple(
            Heading(block.level, number, block.text)
            for block, number in zip(self.blocks, numbers, strict=True)
            if block.kind == "heading" and not (block.is_title or block.is_furniture)
        )


def parse_text(markdown: str, title: str = "") -> ParsedText:
    """Read canonical Markdown; any input gives blocks, and what is no markup of ours stays as typed.

    title: where the text's first heading or paragraph has exactly these words, that block is marked is_title.
    """
    root = parse_tree(markdown)
    writer = _Writer()
    first = root[0] if len(root) else None
    if first is not None and first.tag in {*HEADING_TAGS, "p"} and title and _words(first) == " ".join(title.split()):
        writer.add_title(first)
        root.remove(first)
    writer.write_flow(root)
    return ParsedText(tuple(writer.blocks), tuple(writer.slots), "".join(writer.literal))


def find_markup(markdown: str) -> list[str]:
    """What a text should not hold, as sentences that name the line; empty where all is well."""
    complaints = []
    previous = ""
    for number, line in enumerate(markdown.splitlines(), start=1):
        complaints += [f"Line {number} {complaint}" for complaint in _complaints(line, previous)]
        previous = line
    return complaints


def _complaints(line: str, previous: str) -> Iterator[str]:
    for tag in _HTML_TAG.findall(line):
        yield f"holds HTML ({tag[:40]}). A text is Markdown without HTML; write \\< for the sign itself."
    if _IMAGE.search(line):
        yield "holds an image. The archive keeps texts; leave it out or describe it in words that the text has."
    for target in _LINK.findall(line):
        if not LINK_TARGET.match(target):
            yield f"links to {target[:40]}. A link begins with https://, http://, mailto:, / or #."
    if _ATTRIBUTES.fullmatch(line) and not (MARK_LINE.fullmatch(line) and previous.strip()):
        yield "holds a mark that says nothing. The marks are {: .furniture } and {: .lacuna }, right below a block."


class _Writer:
    """Walks a tree in reading order and collects blocks and the markup between them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.slots: list[_Slot] = []
        self.literal: list[str] = []
        self._outline: list[int] = []

    def add_title(self, element: etree.Element) -> None:
        self._add("heading" if element.tag in HEADING_TAGS else "paragraph", element, level=1, is_title=True)

    def write_flow(self, parent: etree.Element) -> None:
        for element in _flow(parent):
            self._write(element)

    def _write(self, element: etree.Element) -> None:
        tag = element.tag
        if tag in HEADING_TAGS:
            self._write_heading(element)
        elif tag == "p":
            self._write_words("paragraph", "p", element)
        elif tag == "li":
            self._write_item(element)
        elif tag == "notes":
            self._write_notes(element)
        elif tag == "tr":
            self._write_row(element)
        elif tag == "hr":
            self.literal.append("<hr>\n")
        else:
            start = f' start="{html.escape(element.get("start", ""))}"' if element.get("start") else ""
            self.literal.append(f"<{tag}{start}>\n")
            self.write_flow(element)
            self.literal.append(f"</{tag}>\n")

    def _write_heading(self, element: etree.Element) -> None:
        """No level is skipped: a heading is one below the nearest heading before it that outranks it."""
        if not _words(element):
            return
        rank = HEADING_TAGS.index(element.tag)
        while self._outline and self._outline[-1] >= rank:
            self._outline.pop()
        self._outline.append(rank)
        level = len(self._outline) + 1
        self._write_words("heading", f"h{min(level, 6)}", element, level=min(level, 6))

    def _write_words(self, kind: str, tag: str, element: etree.Element, level: int = 0) -> None:
        if _words(element):
            self.literal.append(f"<{tag}")
            self._add(kind, element, level=level)
            self.literal.append(f"</{tag}>\n")

    def _write_item(self, element: etree.Element) -> None:
        """The item's first words are the item; what follows inside it are blocks of their own."""
        children = list(_flow(element))
        self.literal.append("<li")
        if children and children[0].tag == "p" and _words(children[0]):
            self._add("item", children.pop(0))
            self.literal.append("\n")
        else:
            self.literal.append(">")
        for child in children:
            self._write(child)
        self.literal.append("</li>\n")

    def _write_notes(self, notes: etree.Element) -> None:
        self.literal.append('<ol class="notes">\n')
        for note in notes:
            first, *others = note
            if _words(first):
                self.literal.append("<li")
                self._add("note", first, mark=note.get("mark", ""))
                for child in others:
                    self._write(child)
                self.literal.append("</li>\n")
        self.literal.append("</ol>\n")

    def _write_row(self, element: etree.Element) -> None:
        if not _words(element):
            return
        first, *others = [f"{_opening(cell)}{_inner(cell)}</{cell.tag}>" for cell in element]
        opening, words = first.removesuffix(f"</{element[0].tag}>").split(">", 1)
        self.literal.append("<tr")
        self._add("row", element, inside=f"{opening}>", words=words)
        self.literal.append(f"</{element[0].tag}>{''.join(others)}</tr>\n")

    def _add(
        self,
        kind: str,
        element: etree.Element,
        *,
        level: int = 0,
        is_title: bool = False,
        inside: str = "",
        words: str | None = None,
        mark: str = "",
    ) -> None:
        marks = set(MARK_PLACEHOLDER.findall("".join(element.itertext())))
        inner = _SANITISER.clean(_row_html(element) if kind == "row" else _inner(element))
        self.blocks.append(
            Block(kind, level, _words(element), inner, "furniture" in marks, "lacuna" in marks, is_title, mark)
        )
        self.slots.append(_Slot("".join(self.literal), inside, inner if words is None else words))
        self.literal = []


def _flow(parent: etree.Element) -> Iterator[etree.Element]:
    """The block children in order; words that stand loose between them come as paragraphs."""
    loose = etree.Element("p")
    loose.text = parent.text
    for child in parent:
        if child.tag in INLINE_TAGS:
            loose.append(child)
            continue
        if _words(loose):
            yield loose
        loose = etree.Element("p")
        loose.text, child.tail = child.tail, None
        yield child
    if _words(loose):
        yield loose


def _opening(cell: etree.Element) -> str:
    return '<th scope="col">' if cell.tag == "th" else "<td>"


def _row_html(row: etree.Element) -> str:
    return " ".join(f'<span class="cell">{_inner(cell)}</span>' for cell in row if _words(cell))


def _words(element: etree.Element) -> str:
    """Words without markup and marks of notes; cells and line breaks part words, emphasis does not."""
    return " ".join(MARK_PLACEHOLDER.sub("", "".join(_strings(element))).split())


def _strings(element: etree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        separator = " " if child.tag == "br" or child.tag in CELL_TAGS else ""
        yield separator
        if child.tag != "sup":
            yield from _strings(child)
        yield child.tail or ""


def _inner(element: etree.Element) -> str:
    return MARK_PLACEHOLDER.sub("", "".join(_markup(element))).strip()


def _markup(element: etree.Element) -> Iterator[str]:
    yield html.escape(element.text or "", quote=False)
    for child in element:
        if child.tag == "br":
            yield "<br>\n"
        else:
            attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in child.items())
            yield f"<{child.tag}{attributes}>"
            yield from _markup(child)
            yield f"</{child.tag}>"
        yield html.escape(child.tail or "", quote=False)


def _class_attribute(block: Block) -> str:
    classes = ["note"] * bool(block.mark) + ["furniture"] * block.is_furniture + ["lacuna"] * block.has_lacuna
    return f' class="{" ".join(classes)}"' if classes else ""


def _anchors(numbers: Sequence[int]) -> str:
    return "".join(f'<span id="p{number}" class="alias"></span>' for number in numbers)


def _address(number: int) -> str:
    """A link to the paragraph's own page, from the page of its document.

    It has no words, so that copying and searching never meet it; the style sheet draws data-number.
    """
    return (
        f'<a class="address" href="p/{number}/" data-number="{number}" lang="en" aria-label="Paragraph {number}"></a>'
    )
