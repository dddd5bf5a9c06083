"""What each paragraph names: entries of the authority file, and UN documents by their symbols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from documents import symbols
from documents.linking import link_mentions
from documents.mentions import Mention as FoundMention
from documents.mentions import MentionFinder, MentionKind, NameFinder
from documents.models.name import Name, name_finder

if TYPE_CHECKING:
    from documents.models.document import Document


class Mention(models.Model):
    """How often a paragraph of a document names an entry. Made when the document is rendered."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="mentions")
    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="mentions")
    paragraph = models.PositiveIntegerField(help_text="Its number in the document.")
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ("document", "paragraph")
        constraints = (
            models.UniqueConstraint(fields=("document", "paragraph", "name"), name="a_name_once_a_paragraph"),
        )
        indexes = (models.Index(fields=("name", "document", "count"), name="mention_documents"),)

    def __str__(self) -> str:
        return f"name {self.name_id} in #p{self.paragraph}"


class CitedSymbol(models.Model):
    """How often a paragraph of a document cites a UN document. Made when the document is rendered."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="cited_symbols")
    symbol = models.CharField(max_length=100, help_text="In normal form: S/RES/1373(2001).")
    slug = models.SlugField(max_length=100)
    paragraph = models.PositiveIntegerField(help_text="Its number in the document.")
    is_inferred = models.BooleanField(default=False, help_text="Told only by what the text said before.")
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ("document", "paragraph")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "paragraph", "slug", "is_inferred"), name="a_symbol_once_a_paragraph"
            ),
        )
        indexes = (models.Index(fields=("slug", "document", "count"), name="symbol_documents"),)

    def __str__(self) -> str:
        return f"{self.symbol} in #p{self.paragraph}"


@dataclass(frozen=True, slots=True)
class FoundMentions:
    """Everything that a text names, by the number of the paragraph."""

    by_paragraph: tuple[tuple[int, FoundMention], ...]

    def store(self, document: Document) -> None:
        """Put these in the place of those stored before."""
        document.mentions.all().delete()
        document.cited_symbols.all().delete()
        counts = Counter(
            (number, mention.kind, mention.target, mention.is_inferred) for number, mention in self.by_paragraph
        )
        slugs = {target for _, kind, target, _ in counts if kind is MentionKind.NAME}
        ids = dict(Name.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        Mention.objects.bulk_create(
            Mention(document=document, name_id=ids[target], paragraph=number, count=count)
            for (number, kind, target, _), count in counts.items()
            if kind is MentionKind.NAME
        )
        CitedSymbol.objects.bulk_create(
            CitedSymbol(
                document=document,
                symbol=target,
                slug=symbols.slug(target),
                paragraph=number,
                is_inferred=is_inferred,
                count=count,
            )
            for (number, kind, target, is_inferred), count in counts.items()
            if kind is MentionKind.SYMBOL
        )


def find_mentions(numbered: Sequence[tuple[int, str]], names: NameFinder) -> FoundMentions:
    """What these paragraphs name; they are read in order."""
    finder = MentionFinder(names)
    return FoundMentions(tuple((number, mention) for number, text in numbered for mention in finder.find(text)))


def linked(html: str) -> str:
    """The rendered text with a link from everything that it names."""
    return link_mentions(html, MentionFinder(name_finder()).find, address_of)


def address_of(mention: FoundMention) -> str:
    if mention.kind is MentionKind.NAME:
        return reverse("name", args=[mention.target])
    return reverse("symbol", args=[symbols.slug(mention.target)])
