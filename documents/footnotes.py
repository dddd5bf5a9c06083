"""Footnotes in the archive's dialect: `[^1]` in the text, and `[^1]: words` on a line of its own for the note.

The Markdown package has an extension for them, which numbers notes anew and drops the words of a second note with the
same mark. Here a note keeps the mark that the text gives it, and what is no note stays as typed.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from documents.rendering import Block

_MARK = r"\[\^([^\W_]{1,12}|\*{1,4})\]"
_INDENT = " " * 4
_REFERENCE = re.compile(r'<sup class="ref">([^<]*)</sup>')
NOTE_LINE = re.compile(rf"{_MARK}:[ ]+(?=\S)")


class FootnoteExtension(Extension):
    """Notes become elements `note` with their mark, references `sup`; a reference to no note stays as typed."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: set[str] = set()  # of the notes met in the text that is being read

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        md.parser.blockprocessors.register(_Note(md.parser, self._marks), "note", 78)
        # After links, whose words hold no brackets: no reference, itself a link, gets into one.
        md.inlinePatterns.register(_Reference(_MARK, md, self._marks), "note", 155)

    def reset(self) -> None:
        self._marks.clear()


class _Note(BlockProcessor):
    """The first note of each mark, with the indented blocks that follow it."""

    def __init__(self, parser: BlockParser, marks: set[str]) -> None:
        super().__init__(parser)
        self._marks = marks

    def test(self, parent: etree.Element, block: str) -> bool:
        opening = NOTE_LINE.match(block)
        return parent.tag == "div" and opening is not None and opening[1] not in self._marks

    def run(self, parent: etree.Element, blocks: list[str]) -> bool | None:
        block = blocks.pop(0)
        opening = NOTE_LINE.match(block)
        if opening is None:
            return False
        self._marks.add(opening[1])
        note = etree.SubElement(parent, "note", mark=opening[1])
        etree.SubElement(note, "p").text = "\n".join(line.strip() for line in block[opening.end() :].split("\n"))
        while blocks and blocks[0].lstrip("\n").startswith(_INDENT):
            self.parser.parseBlocks(note, [self.looseDetab(blocks.pop(0).strip("\n"))])
        return None


class _Reference(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, marks: set[str]) -> None:
        super().__init__(pattern, md)
        self._marks = marks

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        is_second_note = not match.start() and NOTE_LINE.match(data)
        if match[1] not in self._marks or is_second_note:
            return None, None, None
        reference = etree.Element("sup", {"class": "ref"})
        reference.text = AtomicString(match[1])
        return reference, match.start(), match.end()


def move_notes_to_foot(root: etree.Element) -> None:
    """Notes stand wherever the text has them, often below the page that they belong to; they are read last."""
    notes = [child for child in root if child.tag == "note"]
    if not notes:
        return
    root[:] = [child for child in root if child.tag != "note"]
    etree.SubElement(root, "notes").extend(notes)


class NoteLinks:
    """The links from the words of one text to its notes and back, which lead to `#r12` where the note is `#p12`."""

    def __init__(self, numbered: Sequence[tuple[Block, int]]) -> None:
        self._numbers = {block.mark: number for block, number in numbered if block.mark}
        self._way_back: dict[str, str] = {}
        for block, number in numbered if self._numbers else ():
            for mark in _REFERENCE.findall(block.html):
                self._way_back.setdefault(mark, f"p{number}" if block.is_title else f"r{self._numbers.get(mark)}")
        self._referred: set[str] = set()

    def link(self, words: str) -> str:
        return _REFERENCE.sub(self._linked, words) if self._numbers else words

    def _linked(self, reference: re.Match[str]) -> str:
        mark = reference[1]
        if mark not in self._numbers:
            return reference[0]
        number = self._numbers[mark]
        address = f' id="r{number}"' if mark not in self._referred else ""
        self._referred.add(mark)
        return f'<sup class="ref"><a{address} href="#p{number}" lang="en" aria-label="Note {mark}">{mark}</a></sup>'

    def label(self, mark: str) -> str:
        """What stands before a note: its mark, which leads back to the first reference."""
        if mark not in self._way_back:
            return f'<span class="back">{mark}</span> ' if mark else ""
        href = f'href="#{self._way_back[mark]}"'
        return f'<a class="back" {href} lang="en" aria-label="Note {mark}, back to the text">{mark}</a> '
