"""Names, the authority file, in the admin: their forms, merging them, and how many documents wait because of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet, TextField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from documents import authority
from documents.admin.shared import KeepingAdmin, PlainTextarea, SluggedForm, ask, once_public
from documents.models import Name, NameForm


class NameAdminForm(SluggedForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.instance.label = self.cleaned_data.get("label", "")
        self.instance.refuse_label_of_another()
        return cleaned


class FormInline(admin.TabularInline):
    model = NameForm
    extra = 1
    verbose_name = "form"
    verbose_name_plural = "forms in which texts write it, beside the name itself"


class MergerForm(forms.Form):
    """Asks which of the names chosen stays."""

    survivor = forms.ModelChoiceField(
        queryset=Name.objects.none(), widget=forms.RadioSelect, empty_label=None, label="The name that stays"
    )

    def __init__(self, data: Any, names: QuerySet[Name]) -> None:
        super().__init__(data)
        self.fields["survivor"].queryset = names  # type: ignore[attr-defined]  # a ModelChoiceField


@admin.action(description="Merge selected names…", permissions=["change"])
def merge(model_admin: NameAdmin, request: HttpRequest, queryset: QuerySet[Name]) -> HttpResponse | None:
    """Asks first, on a page of its own, which one stays."""
    names = Name.objects.current().filter(pk__in=queryset.values("pk"))
    if names.count() < 2:
        model_admin.message_user(request, "Choose at least two names, of which one stays.", messages.ERROR)
        return None
    form = MergerForm(request.POST if "survivor" in request.POST else None, names)
    if not form.is_valid():
        return ask(model_admin, request, "merge", names, form)
    survivor = form.cleaned_data["survivor"]
    for name in names.exclude(pk=survivor.pk):
        name.merge_into(survivor)
        model_admin.log_change(request, survivor, f"Merged “{name}” into it.")
    model_admin.message_user(request, f"They are one name now: {survivor}.", messages.SUCCESS)
    return None


@admin.register(Name)
class NameAdmin(KeepingAdmin):
    form = NameAdminForm
    inlines = (FormInline,)
    list_display = ("label", "kind", "is_linked", "document_count")
    list_filter = ("kind", "is_linked")
    search_fields = ("label", "forms__text")
    fields = ("label", "kind", "note", "is_linked", "related", "slug", "uuid")
    readonly_fields = ("uuid",)
    autocomplete_fields = ("related",)
    formfield_overrides = {TextField: {"widget": PlainTextarea}}
    actions = ("delete_selected", merge)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Name]:
        names = super().get_queryset(request).filter(merged_into__isnull=True)
        return names.annotate(total=Count("documents_issued", distinct=True)).order_by("label")

    @admin.display(description="documents issued", ordering="total")
    def document_count(self, name: Name) -> int:
        return int(name.total)  # type: ignore[attr-defined]  # annotated above

    def view_on_site(self, name: Name) -> str:
        return name.get_absolute_url()

    def why_kept(self, records: QuerySet) -> str:
        if held := records.filter(documents_issued__isnull=False).distinct().first():
            return f"“{held}” issued documents. Give these another issuing body first."
        if held := records.filter(merged__isnull=False).distinct().first():
            return f"Other names were merged into “{held}”, and their addresses lead to it."
        if kept := once_public(records, "issuing_body"):
            return f"“{kept}” was public or has a former address, so it is kept: the history of documents names it."
        return ""

    # --- What waits ---

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._telling(request, super().changeform_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._telling(request, super().delete_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return self._telling(request, super().changelist_view, *args, **kwargs)
        if waiting := authority.waiting():
            self.message_user(request, _waiting(waiting), messages.INFO)
        return super().changelist_view(request, *args, **kwargs)

    def _telling(self, request: HttpRequest, view: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The view's answer; one POST marks documents once, and the editor is told how many wait."""
        if request.method != "POST":
            return view(request, *args, **kwargs)
        before = authority.waiting()
        with authority.gathered():
            response = view(request, *args, **kwargs)
        waiting = authority.waiting()
        leads_to_list = response.headers.get("Location", "").split("?")[0] == reverse("admin:documents_name_changelist")
        if waiting > before and not leads_to_list:  # which tells itself
            self.message_user(request, _waiting(waiting), messages.INFO)
        return response


def _waiting(count: int) -> str:
    documents = "1 document waits" if count == 1 else f"{count:,} documents wait"
    return f"{documents} to be rendered again, because names changed. The worker does it."
