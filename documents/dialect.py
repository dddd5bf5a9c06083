"""The archive's dialect of Markdown: the Markdown package with tables and sane lists, less what would lose words.

Raw HTML, images, code and reference links are not part of it and stay as typed. Footnotes of our own are, and two
marks: a block that ends with the line `{: .furniture }` or `{: .lacuna }`. Whatever comes in, time and depth are
bounded.
"""

from __future__ import annotations

import html
import re
import string
import threading
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.util import ETX, STX, AtomicString

from documents.footnotes import NOTE_LINE, FootnoteExtension, move_notes_to_foot

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MARK_LINE = re.compile(r"[ >]*\{:\s*\.(furniture|lacuna)\s*\}\s*")
MARK_PLACEHOLDER = re.compile(f"{STX}(furniture|lacuna){ETX}")
LINK_TARGET = re.compile(r"https?://|mailto:|[/#]", re.IGNORECASE)

MAX_NESTING = 8  # quotations and lists in one another; the parser recurses, and no document goes deeper
MAX_EMPHASES = 500  # in one block; the parser's time grows with the square of their number
BLOCKS_AT_ONCE = 500  # the parser pops from the front of a list, which is slow in long ones

_DELETED_PREPROCESSORS = ("html_block",)
_DELETED_BLOCKS = ("code", "reference")
_DELETED_PATTERNS = (
    *("backtick", "escape", "linebreak", "html", "entity", "autolink", "automail", "link", "reference"),
    *("short_reference", "image_link", "image_reference", "short_image_ref"),
)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKER = r"(?:[ ]*(?:>|[*+-](?=[ ])|\d+\.(?=[ ])))"
_DEEP_LINE = re.compile(rf"({_MARKER}{{{MAX_NESTING}}})({_MARKER}.*)")
_RULE = re.compile(r"[ ]*([*_-])(?:[ ]*\1)+[ ]*")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*")
_BELOW_HEAD = re.compile(r"=+[ ]*|[|: ]*-[|: -]*")  # the line below a heading's or a table head's words
_LIST_ITEM = re.compile(_MARKER)
_ESCAPE = re.compile(rf"\\([{re.escape(string.punctuation)}])|&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|\w{{1,32}});")
_EMPHASIS = re.compile(r"[*_]+")
_INLINE = re.compile(r"[*_\[<]|  \n|\\\n")
_LINK = r"(?<!!)\[([^\[\]]*+)\]\(\s*+([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)\s*+\)"
_BARE_LINK = r"<((?:https?://|mailto:)[^<>\s]++)>"
_LINE_BREAK = r"(?:[ ]{2,}|\\)\n"

_thread = threading.local()


def parse_tree(markdown: str) -> etree.Element:
    """The text as a tree of block and inline elements, its notes last; MARK_PLACEHOLDER stands in a marked block."""
    parser = _parser()
    parser.reset()
    lines = CONTROL.sub(" ", markdown).split("\n")
    for preprocessor in parser.preprocessors:
        lines = preprocessor.run(lines)
    marked = _attach_marks(_bounded(line) for line in lines)
    blocks = "\n".join(_apart(marked)).split("\n\n")
    root = etree.Element("div")
    for start in range(0, len(blocks), BLOCKS_AT_ONCE):
        parser.parser.parseBlocks(root, blocks[start : start + BLOCKS_AT_ONCE])
    move_notes_to_foot(root)
    _prepare_inline(root)
    parser.treeprocessors["inline"].run(root)
    parser.treeprocessors["unescape"].run(root)
    return root


def _parser() -> Markdown:
    """One parser a thread: it keeps state while it works, and making one takes longer than reading a text."""
    if not hasattr(_thread, "parser"):
        _thread.parser = _make_parser()
    return _thread.parser


def _make_parser() -> Markdown:
    parser = Markdown(extensions=[TableExtension(), SaneListExtension(), FootnoteExtension()])
    for registry, names in (
        (parser.preprocessors, _DELETED_PREPROCESSORS),
        (parser.parser.blockprocessors, _DELETED_BLOCKS),
        (parser.inlinePatterns, _DELETED_PATTERNS),
    ):
        for name in names:
            registry.deregister(name)
    parser.parser.blockprocessors.register(_WholeTable(parser.parser, {"use_align_attribute": True}), "table", 75)
    parser.inlinePatterns.register(_Link(_LINK, parser), "link", 160)
    parser.inlinePatterns.register(_Link(_BARE_LINK, parser), "bare_link", 120)
    parser.inlinePatterns.register(SubstituteTagInlineProcessor(_LINE_BREAK, "br"), "linebreak", 100)
    return parser


class _WholeTable(TableProcessor):
    """A table that keeps the words of a row with more cells than the head has; the package drops them."""

    def _split_row(self, row: str) -> list[str]:
        cells: list[str] = super()._split_row(row)  # type: ignore[misc]  # missing from types-Markdown
        width = len(self.separator)
        if width and len(cells) > width:
            cells[width - 1 :] = ["|".join(cells[width - 1 :])]
        return cells

    def test(self, parent: etree.Element, block: str) -> bool:
        self.separator = ""
        return super().test(parent, block)


class _Link(InlineProcessor):
    """A link in one step and without nested brackets, so that a thousand open brackets cost no time."""

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        target = match[match.lastindex or 1]
        if not LINK_TARGET.match(target):
            return None, None, None
        link = etree.Element("a", href=target)
        link.text = match[1] if match.lastindex == 2 else AtomicString(target.removeprefix("mailto:"))
        return link, match.start(), match.end()


def _bounded(line: str) -> str:
    """The line with at most MAX_NESTING quotation and list marks at its head; the next one is text."""
    indent = len(line) - len(line.lstrip(" "))
    line = line[max(0, indent - 4 * MAX_NESTING) :]
    deep = _DEEP_LINE.match(line)
    if not deep or _RULE.fullmatch(line):
        return line
    return deep[1] + re.sub(r"([>*+.-])", r"\\\1", deep[2], count=1)


def _attach_marks(lines: Iterator[str]) -> list[str]:
    """A mark on a line of its own becomes a placeholder at the end of the line above."""
    attached: list[str] = []
    for line in lines:
        mark = MARK_LINE.fullmatch(line)
        if mark and attached and attached[-1].strip(" >"):
            position = -2 if len(attached) > 1 and _BELOW_HEAD.fullmatch(attached[-1]) else -1
            attached[position] = _with_placeholder(attached[position].rstrip(), mark[1])
        else:
            attached.append(line)
    return attached


def _apart(lines: list[str]) -> Iterator[str]:
    """Blank lines where the parser needs them.

    Around headings and rules, since its time grows with the square of those in one block; before each note; and where
    a list steps back to an outer item, which it would else read as words of the inner one.
    """
    indent = 0
    for line in lines:
        previous_indent, indent = indent, len(line) - len(line.lstrip(" "))
        if line.startswith("#"):
            yield from ("", line, "")
        elif _UNDERLINE.fullmatch(line) or _RULE.fullmatch(line):
            yield from (line, "")
        elif NOTE_LINE.match(line) or (indent < previous_indent and _LIST_ITEM.match(line)):
            yield from ("", line)
        else:
            yield line


def _with_placeholder(line: str, mark: str) -> str:
    cell = line.removesuffix("|")
    return f"{cell} {STX}{mark}{ETX}{line[len(cell) :]}"


def _prepare_inline(root: etree.Element) -> None:
    for element in root.iter():
        if element.text:
            element.text = _prepared(element.text)
        if element.tail:
            element.tail = _prepared(element.tail)


def _prepared(text: str) -> str:
    """Escapes and entities made safe in one pass; a text without other marks is not looked at again."""
    text = _ESCAPE.sub(_protect, text) if "\\" in text or "&" in text else text
    if len(_EMPHASIS.findall(text)) > MAX_EMPHASES:
        text = re.sub(r"[*_]", _protect, text)
    return text if _INLINE.search(text) else AtomicString(text)


def _protect(match: re.Match[str]) -> str:
    """The characters meant, in the form that the package's last step turns back."""
    characters = match[match.lastindex or 0] if match.lastindex else html.unescape(match[0])
    return "".join(f"{STX}{ord(character)}{ETX}" for character in characters)
