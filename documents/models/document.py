"""The document: one record with one text, in one language."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from taggit.managers import TaggableManager

from documents.addresses import address_of
from documents.dates import DateError, describe_date, parse_edtf
from documents.languages import direction, is_language_tag, language_name
from documents.models.collection import Collection
from documents.models.mention import find_mentions, linked
from documents.models.name import Name, name_finder
from documents.models.paragraph import Numbering, number_paragraphs
from documents.models.queries import DocumentQuerySet
from documents.models.revision import digest_of, recorded_state
from documents.models.slugged import Slugged
from documents.models.tag import TaggedDocument
from documents.models.vocabulary import DateBasis, DateKind, State, TitleBasis
from documents.rendering import RENDERING_VERSION, ParsedText, find_markup, parse_text
from documents.search.analysis import slug_of

OPENING_LENGTH = 300


class Document(Slugged):
    """A record. Saving it renders the text, continues the addresses of its paragraphs and settles its dates."""

    title = models.CharField(max_length=500)
    title_basis = models.CharField(max_length=10, choices=TitleBasis, default=TitleBasis.PRINTED)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    withdrawal_reason = models.TextField(blank=True, help_text="Shown to readers in place of the document.")
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="documents")
    issuing_body = models.ForeignKey(
        Name, on_delete=models.PROTECT, null=True, blank=True, related_name="documents_issued"
    )
    creator = models.CharField(max_length=250, blank=True, help_text="Who spoke or wrote, as the source has it.")
    type = models.CharField(max_length=100, blank=True, help_text="Such as Press release, Web page, Statement.")
    language = models.CharField(max_length=35, default="en", help_text="A BCP 47 tag, such as en, fr, zh-Hans.")
    place = models.CharField(max_length=150, blank=True)
    identifier = models.CharField(max_length=150, blank=True, help_text="The document's own number or symbol.")
    source = models.CharField(max_length=500, blank=True, help_text="Where the original was taken from.")
    rights = models.CharField(max_length=500, blank=True)
    tags = TaggableManager(through=TaggedDocument, blank=True)

    date = models.CharField(
        max_length=100, blank=True, help_text="EDTF: 2001, 2001-09-11, [2001..2003], [2018..]. Empty: unknown."
    )
    date_kind = models.CharField(max_length=10, choices=DateKind, default=DateKind.ISSUED)
    date_basis = models.CharField(max_length=10, choices=DateBasis, default=DateBasis.SUPPLIED)
    date_note = models.TextField(blank=True, help_text="The evidence, quoted.")
    date_earliest = models.DateField(null=True, editable=False)
    date_latest = models.DateField(null=True, editable=False)
    is_undated = models.BooleanField(default=True, editable=False)
    order_earliest = models.DateField(
        default=datetime.date.max, editable=False
    )  # an open start is the first day there is, an open end the last
    order_latest = models.DateField(default=datetime.date.max, editable=False)

    published_at = models.DateTimeField(null=True, editable=False, help_text="When it was first published.")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    original_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    original_name = models.CharField(max_length=255, blank=True, editable=False)
    original_size = models.PositiveBigIntegerField(null=True, editable=False, help_text="In bytes.")
    source_file = models.CharField(
        max_length=500, blank=True, editable=False, help_text="Its file in the import package."
    )
    imported_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of its state when last imported."
    )
    package_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of its row and file in the import package."
    )

    opening = models.CharField(max_length=OPENING_LENGTH, blank=True, editable=False)
    title_paragraph = models.PositiveIntegerField(
        null=True, editable=False, help_text="Where the title is the text's first line."
    )
    contents = models.JSONField(default=list, editable=False, help_text="Headings: level, number, text.")
    rendered_digest = models.CharField(max_length=64, blank=True, editable=False)
    awaits_rendering = models.BooleanField(
        default=False,
        editable=False,
        db_index=True,
        help_text="A name that it mentions changed; a job renders it again.",
    )
    # Large columns stand last, so that SQLite reads the others without following a row's overflow pages.
    lacunae = models.TextField(blank=True, help_text="Gaps that the text announces and does not fill; one a line.")
    text = models.TextField(help_text="The canonical Markdown edition. Markup may be added; words may not be changed.")
    body_html = models.TextField(blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("is_undated", "order_earliest", "order_latest", "slug")
        indexes = (
            models.Index(
                fields=("state", "is_undated", "order_earliest", "order_latest", "slug"), name="document_date_order"
            ),
            models.Index(
                fields=("state", "is_undated", "-order_earliest", "-order_latest", "slug"), name="document_newest_order"
            ),
            models.Index(fields=("is_undated", "order_earliest", "order_latest", "slug"), name="document_admin_order"),
            models.Index(fields=("state", "collection", "identifier"), name="document_collection"),
            # SQLite keeps it behind the large columns of a row: lists read it here.
            models.Index(fields=("id", "issuing_body"), name="document_body"),
            models.Index(fields=("state", "type"), name="document_type"),
            models.Index(fields=("state", "place"), name="document_place"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("collection", "source_file"),
                condition=~models.Q(source_file=""),
                name="one_document_a_file_and_collection",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("document", self.slug)

    def slug_source(self) -> tuple[str, ...]:
        stem = next((words for words in (self.title, self.identifier) if slug_of(words)), "")
        return (stem, f"{stem} {self.language}") if stem else ()

    # --- What pages show ---

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def date_in_words(self) -> str:
        return describe_date(self.date)

    @property
    def language_in_words(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def gaps(self) -> list[str]:
        return [line.strip() for line in self.lacunae.splitlines() if line.strip()]

    # --- Checking ---

    def clean(self) -> None:
        """Refuse what cannot be kept, each with a sentence that says what would do."""
        super().clean()
        errors: dict[str, list[str]] = {}
        try:
            parse_edtf(self.date)
        except DateError as error:
            errors["date"] = [str(error)]
        if not is_language_tag(self.language):
            errors["language"] = [f"'{self.language}' is not a language tag. Write one such as en, fr, ar or zh-Hans."]
        if problems := self._text_problems():
            errors["text"] = problems
        if problem := self._state_problem():
            errors["state"] = [problem]
        if errors:
            raise ValidationError(errors)

    def _text_problems(self) -> list[str]:
        size = len(self.text.encode())
        if not self.text.strip():
            return ["The text is empty. A document needs its words."]
        if size > settings.MAX_TEXT_BYTES:
            limit = settings.MAX_TEXT_BYTES // 1_000_000
            return [f"The text has {size / 1_000_000:.1f} MB; at most {limit} MB are taken. Divide it into documents."]
        if "\x00" in self.text:
            return ["The text holds a NUL character, which no text has. Was it saved in another encoding?"]
        return find_markup(self.text)

    def _state_problem(self) -> str | None:
        if self.state == State.DRAFT and self.published_at:
            return "This document was published, so it cannot be a draft again. Withdraw it instead."
        if self.state == State.WITHDRAWN and not self.published_at:
            return "Only a published document can be withdrawn. Leave this one a draft, or delete it."
        if self.state == State.WITHDRAWN and not self.withdrawal_reason.strip():
            return "Say under “withdrawal reason” why it is withdrawn: readers are shown this in its place."
        return None

    # --- Saving ---

    def save(self, *args: Any, **kwargs: Any) -> None:
        if problem := self._state_problem():
            raise ValidationError({"state": problem})
        with transaction.atomic():
            self._settle_dates()
            self._stamp_state()
            numbering = self._render() if self._needs_rendering() else None
            super().save(*args, **kwargs)
            if numbering:
                numbering.store(self)
                find_mentions(numbering.texts(), name_finder()).store(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.published_at:
            raise ProtectedError("What was once published can only be withdrawn.", {self})
        return super().delete(*args, **kwargs)

    def digest(self) -> str:
        """SHA-256 of text and fields as saved and as a revision shows them."""
        return digest_of(self.text, recorded_state(self))

    def _settle_dates(self) -> None:
        bounds = parse_edtf(self.date)
        self.is_undated = not self.date.strip()
        self.date_earliest, self.date_latest = bounds.earliest, bounds.latest
        self.order_earliest = bounds.earliest or (datetime.date.max if self.is_undated else datetime.date.min)
        self.order_latest = bounds.latest or datetime.date.max

    def _stamp_state(self) -> None:
        if self.state == State.PUBLISHED:
            self.published_at = self.published_at or timezone.now()
            self.withdrawn_at = None
        elif self.state == State.WITHDRAWN:
            self.withdrawn_at = self.withdrawn_at or timezone.now()

    def _rendering_key(self) -> str:
        return hashlib.sha256(f"{RENDERING_VERSION}\n{self.title}\n{self.text}".encode()).hexdigest()

    def _needs_rendering(self) -> bool:
        return self.awaits_rendering or self.rendered_digest != self._rendering_key()

    def _render(self) -> Numbering:
        parsed = parse_text(self.text, title=self.title)
        numbering = number_paragraphs(self, parsed)
        self.body_html = linked(numbering.html())
        self.contents = [[item.level, item.number, item.text] for item in parsed.contents(numbering.numbers)]
        self.title_paragraph = _title_paragraph(parsed, numbering)
        self.opening = _opening(parsed)
        self.rendered_digest = self._rendering_key()
        self.awaits_rendering = False
        return numbering


def _title_paragraph(parsed: ParsedText, numbering: Numbering) -> int | None:
    numbered = zip(numbering.numbers, parsed.blocks, strict=True)
    return next((number for number, block in numbered if block.is_title), None)


def _opening(parsed: ParsedText) -> str:
    """The first words of the text proper, for lists and page descriptions."""
    proper = (
        block.text
        for block in parsed.blocks
        if block.kind != "heading" and not block.is_furniture and not block.is_title
    )
    first = next(proper, "")
    return first if len(first) <= OPENING_LENGTH else first[: OPENING_LENGTH - 1].rsplit(" ", 1)[0] + "…"
