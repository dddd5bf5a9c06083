"""Documents in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, QuerySet, TextField
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.admin.document_actions import publish, record, withdraw
from documents.admin.document_forms import DocumentForm
from documents.admin.shared import KeepingAdmin, PlainTextarea
from documents.languages import language_name
from documents.models import Document, Relation, RelationTerm, Revision


class NoDeletingBeside(BaseModelAdmin):
    """The related records of a form may be added and changed from it, but deleted only in their own place."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget.can_delete_related = False
        return formfield


class RelationInline(NoDeletingBeside, admin.TabularInline):
    model = Relation
    fk_name = "document"
    fields = ("term", "target", "target_text")
    autocomplete_fields = ("target",)
    extra = 1


class RelationFromOthersInline(admin.TabularInline):
    """What other documents state about this one, as readers see it here; it is changed where it is stated."""

    model = Relation
    fk_name = "target"
    verbose_name_plural = "relations that other documents state"
    fields = readonly_fields = ("seen_from_here", "stated_by")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Relation]:
        sides = ("document__title", "document__state")
        return super().get_queryset(request).select_related("document").only("term", "target", "target_text", *sides)

    @admin.display(description="term")
    def seen_from_here(self, relation: Relation) -> str:
        return str(RelationTerm(relation.term).inverse.label)

    @admin.display(description="document")
    def stated_by(self, relation: Relation) -> SafeString:
        address = reverse("admin:documents_document_change", args=[relation.document_id])
        return format_html('<a href="{}">{}</a> ({})', address, relation.document, relation.document.state)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RevisionInline(admin.TabularInline):
    """What was public before, newest first; made by saving, never by hand."""

    model = Revision
    fields = readonly_fields = ("number", "made_at", "editor", "reason")
    ordering = ("-number",)
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        revisions = super().get_queryset(request).select_related("editor")
        return revisions.defer("text", "fields", "paragraph_numbers")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KnownDate(admin.SimpleListFilter):
    title = "date"
    parameter_name = "dated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Known, if in part"), ("no", "Unknown")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(is_undated=self.value() == "no") if self.value() else queryset


class LanguageFilter(admin.SimpleListFilter):
    """By the languages' names; the field itself holds tags such as "ar"."""

    title = parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        tags = Document.objects.order_by().values_list("language", flat=True).distinct()
        return sorted(((tag, language_name(tag)) for tag in tags), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset


class LightChangeList(ChangeList):
    """Leaves the texts unread: a list of 50 documents would carry megabytes of them."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        documents = super().get_queryset(request, exclude_parameters)
        return documents.defer("text", "body_html", "contents", "lacunae")


@admin.register(Document)
class DocumentAdmin(NoDeletingBeside, KeepingAdmin):
    form = DocumentForm
    list_display = ("title", "state", "dated", "kept_in", "type", "updated_at")
    list_filter = ("state", "collection", "type", LanguageFilter, KnownDate)
    list_select_related = ("collection",)
    search_fields = ("title", "identifier", "slug")
    search_help_text = "Words of the title, an identifier, or a part of the address."
    autocomplete_fields = ("collection", "issuing_body")
    formfield_overrides = {TextField: {"widget": PlainTextarea}}
    inlines = (RelationInline, RelationFromOthersInline, RevisionInline)
    actions = (publish, withdraw, "delete_selected")
    save_on_top = True
    readonly_fields = ("original", "source_file", "uuid", "added_at", "published_at", "withdrawn_at", "updated_at")
    fieldsets = (
        ("Title and text", {"fields": ("title", "title_basis", "creator", "text", "lacunae", "began_from")}),
        ("Date", {"fields": ("date", ("date_kind", "date_basis"), "date_note")}),
        (
            "Where it belongs",
            {"fields": ("collection", "issuing_body", "tags", ("type", "language"), ("place", "identifier"), "slug")},
        ),
        ("Publication", {"fields": ("state", "withdrawal_reason", "reason")}),
        ("Provenance", {"fields": ("source", "rights", "original", "source_file", "uuid")}),
        ("When", {"fields": (("added_at", "published_at"), ("updated_at", "withdrawn_at"))}),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LightChangeList

    @admin.display(description="date", ordering="order_earliest")
    def dated(self, document: Document) -> str:
        return document.date_in_words

    @admin.display(description="collection", ordering="collection__title")
    def kept_in(self, document: Document) -> str:
        """Django would not let the title of a related record wrap."""
        return document.collection.title

    @admin.display(description="original")
    def original(self, document: Document) -> SafeString | str:
        """Its file name, size and fingerprint."""
        if not document.original_sha256:
            return "None yet. A text typed here becomes its own original when it is first published."
        size = filesizeformat(document.original_size or 0)
        return format_html("{} ({})<br>SHA-256 <code>{}</code>", document.original_name, size, document.original_sha256)

    def view_on_site(self, document: Document) -> str | None:
        return document.get_absolute_url() if document.published_at else None

    # --- What must be kept ---

    def why_kept(self, records: QuerySet) -> str:
        held = records.ever_published()[:2]  # type: ignore[attr-defined]  # a DocumentQuerySet
        if not held:
            relation = Relation.objects.from_published().filter(target__in=records).first()
            if not relation:
                return ""
            return f"“{relation.document}” refers to the draft “{relation.target}”. Take that relation away first."
        others = " and others" if len(held) > 1 else ""
        return f"“{held[0]}”{others} can only be withdrawn: what was once published is never deleted."

    def get_deleted_objects(self, objs: Iterable[Document], request: HttpRequest) -> Any:
        """The drafts alone; Django's own list would name each of their paragraphs."""
        drafts = [f"Document: {document}" for document in objs]
        forbidden = set() if self.has_delete_permission(request) else {self.opts.verbose_name}
        return drafts, {self.opts.verbose_name_plural: len(drafts)}, forbidden, []

    # --- Saving ---

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Tags and relations first: a revision keeps them too. All of it is one transaction."""
        super().save_related(request, form, formsets, change)
        record(form.instance, request, form.cleaned_data.get("reason", ""))

    def response_add(self, request: HttpRequest, obj: Document, post_url_continue: str | None = None) -> HttpResponse:
        self._tell(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Document) -> HttpResponse:
        self._tell(request, obj)
        return super().response_change(request, obj)

    def _tell(self, request: HttpRequest, document: Document) -> None:
        """Where readers find what was saved."""
        address = document.get_absolute_url()
        if document.is_published:
            said = format_html('Readers find it at <a href="{0}">{0}</a> and by search.', address)
        elif document.published_at:
            said = format_html('Readers are shown the reason at <a href="{0}">{0}</a>.', address)
        else:
            said = format_html("{}", "It is a draft: readers see it once it is published.")
        self.message_user(request, said, messages.INFO)
