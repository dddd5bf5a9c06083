"""Paragraphs: the addresses (`#p12`) of a document's parts, which outlive its edits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import TextChoices

from documents.alignment import OldParagraph, align
from documents.rendering import Block, ParsedText

if TYPE_CHECKING:
    from documents.models.document import Document


SHOWN_FIELDS = ("kind", "level", "text", "html", "is_furniture", "has_lacuna")  # what a block of the text tells


class ParagraphState(TextChoices):
    CURRENT = "current", "Current"
    MERGED = "merged", "Merged into another"
    REMOVED = "removed", "Removed"


class Paragraph(models.Model):
    """One address. Where it is no longer in the text, `text` is its last wording."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="paragraphs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ParagraphState, default=ParagraphState.CURRENT)
    position = models.PositiveIntegerField(null=True, help_text="Its place in the text, from 0; none where it is gone.")
    merged_into = models.PositiveIntegerField(null=True, help_text="The number that this one now leads to.")
    kind = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    html = models.TextField(blank=True, help_text="The words with their markup; empty where there is none.")
    is_furniture = models.BooleanField(default=False, help_text="Words of the source that are not its text.")
    has_lacuna = models.BooleanField(default=False, help_text="It announces something that the text does not give.")

    class Meta:
        ordering = ("document", "position", "number")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="a_paragraph_number_once"),)

    def __str__(self) -> str:
        return f"#p{self.number}"

    @property
    def inner_html(self) -> str:
        return self.html or escape(self.text)

    @property
    def is_heading(self) -> bool:
        return self.kind == "heading"


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a newly parsed text continues the addresses that a document has already given."""

    parsed: ParsedText
    numbers: tuple[int, ...]  # of the blocks, in order
    merged: dict[int, int]  # every merged number, of this edit and of former ones, and where it leads now
    removed: frozenset[int]  # numbers that lead nowhere from now on

    def html(self) -> str:
        aliases: dict[int, list[int]] = defaultdict(list)
        for number, survivor in sorted(self.merged.items()):
            aliases[survivor].append(number)
        return self.parsed.to_html(self.numbers, aliases)

    def texts(self) -> list[tuple[int, str]]:
        """Each number with the words of its paragraph, in reading order."""
        return [(number, block.text) for number, block in zip(self.numbers, self.parsed.blocks, strict=True)]

    def store(self, document: Document) -> None:
        """Write the rows; those that are no longer in the text keep their last wording, if it ever was public."""
        gone = self.removed | self.merged.keys()
        if gone and not document.revisions.exists():
            document.paragraphs.filter(number__in=gone).delete()
            gone = frozenset()
        for number in gone:
            survivor = self.merged.get(number)
            document.paragraphs.filter(number=number).update(
                state=ParagraphState.MERGED if survivor else ParagraphState.REMOVED, merged_into=survivor, position=None
            )
        rows = [
            _row(document, number, position, block)
            for position, (number, block) in enumerate(zip(self.numbers, self.parsed.blocks, strict=True))
        ]
        Paragraph.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["document", "number"],
            update_fields=[*("state", "position", "merged_into"), *SHOWN_FIELDS],
        )


def number_paragraphs(document: Document, parsed: ParsedText) -> Numbering:
    """Align the newly parsed text with the addresses that the document has given so far."""
    known = list(document.paragraphs.order_by("position", "number")) if document.pk else []
    old = [OldParagraph(row.number, row.text) for row in known if row.state == ParagraphState.CURRENT]
    next_number = max((row.number for row in known), default=0) + 1
    alignment = align(old, [block.text for block in parsed.blocks], next_number)
    merged = {row.number: row.merged_into for row in known if row.merged_into} | alignment.merged
    present = set(alignment.numbers)
    leading = {number: end for number in merged if (end := _end_of(number, merged)) in present}
    return Numbering(parsed, alignment.numbers, leading, alignment.removed | (merged.keys() - leading.keys()))


def _end_of(number: int, merged: dict[int, int]) -> int:
    """Where a chain of mergers ends. It cannot run in a circle: a merged number is never current again."""
    while number in merged:
        number = merged[number]
    return number


def _row(document: Document, number: int, position: int, block: Block) -> Paragraph:
    return Paragraph(
        document=document,
        number=number,
        position=position,
        kind=block.kind,
        level=block.level,
        text=block.text,
        html="" if block.html == escape(block.text) else block.html,
        is_furniture=block.is_furniture,
        has_lacuna=block.has_lacuna,
    )
