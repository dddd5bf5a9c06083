"""The form of a document in the admin, and the question why it is withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from taggit.forms import TagField, TagWidget

from documents.admin.shared import PlainTextarea, SluggedForm
from documents.models import Document, Tag

MAX_SUGGESTIONS = 2_000  # tags in a form; about 60 KB
REASON_LENGTH = 500


class SuggestingTagWidget(TagWidget):
    """A plain field of tags divided by commas, with the tags in use as suggestions."""

    class Media:
        js = ("admin/tag_suggestions.js",)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        listed = {**(attrs or {}), "list": f"{name}-suggestions", "autocomplete": "off", "class": "vLargeTextField"}
        field = super().render(name, value, listed, renderer)
        tags = Tag.objects.order_by("name").values_list("name")[:MAX_SUGGESTIONS]
        options = format_html_join("", '<option value="{}"></option>', tags)
        return format_html('{}<datalist id="{}-suggestions">{}</datalist>', field, name, options)


class DocumentForm(SluggedForm):
    """A document as a cataloguer edits it, with the reason for the edit and the state that the edit began from."""

    tags = TagField(
        required=False, widget=SuggestingTagWidget, help_text="Divided by commas. Capitals make no difference."
    )
    reason = forms.CharField(
        label="Reason for this edit",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text="Kept with the revision and shown in the document's history.",
    )
    began_from = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Document
        exclude: tuple[str, ...] = ()
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "text": PlainTextarea(attrs={"rows": 30}),
            "lacunae": PlainTextarea(attrs={"rows": 3}),
            "date_note": PlainTextarea(attrs={"rows": 3}),
            "withdrawal_reason": PlainTextarea(attrs={"rows": 3}),
            "source": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "rights": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "slug": forms.TextInput(attrs={"class": "vLargeTextField"}),
        }
        error_messages = {"text": {"required": "The text is empty. A document needs its words."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "began_from" in self.fields:
            self.fields["began_from"].initial = _state_of(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_to_overwrite(str(cleaned.get("began_from") or ""))
        return cleaned

    def _refuse_to_overwrite(self, began_from: str) -> None:
        if not self.instance.pk or not began_from:
            return
        saved = Document.objects.get(pk=self.instance.pk)
        if _state_of(saved) == began_from:
            return
        if began_from.startswith(saved.updated_at.isoformat()):
            happened = "A tag or something else that belongs to this document was changed"
        else:
            happened = f"Someone saved this document at {localtime(saved.updated_at):%H:%M on %d %B %Y},"
        raise ValidationError(
            f"{happened} after you had opened it, so yours was not saved over that. What you typed is kept below: "
            "open the document in another window, and bring your changes into it there."
        )


def _state_of(document: Document) -> str:
    """When it was saved, and what stood in it: a tag that is renamed or deleted saves no document."""
    return f"{document.updated_at.isoformat()} {document.digest()}"


class WithdrawalForm(forms.Form):
    withdrawal_reason = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        error_messages={"required": "Say why: readers are shown the reason in place of the documents."},
    )
