"""What the admins of several models share: records that are kept, lower-case addresses, ends of lines as stored."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from documents.models import FormerSlug
from documents.models.revision import is_named_in_revisions


def once_public(records: QuerySet, field: str) -> Model | None:
    """One of these collections (field: collection) or names (issuing_body) that revisions or addresses lead to."""
    former = FormerSlug.objects.filter(model_name=records.model._meta.model_name, record_id=OuterRef("pk"))
    return records.filter(Exists(former) | is_named_in_revisions(field)).first()


def ask(
    model_admin: admin.ModelAdmin, request: HttpRequest, action: str, records: QuerySet, form: forms.Form
) -> TemplateResponse:
    """The page that asks before an action is done to these records; its template has the action's name."""
    opts = model_admin.opts
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{action.capitalize()} {opts.verbose_name_plural}",
        "opts": opts,
        "action": action,
        "records": records,
        "form": form,
        "checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, f"admin/documents/{opts.model_name}/{action}.html", context)


class PlainTextarea(AdminTextareaWidget):
    """Browsers send lines that end in CR LF; kept so, every text would differ from its last revision."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class SluggedForm(forms.ModelForm):
    """Addresses are lower case, so that two that differ in case alone are seen as one here and not by the database."""

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()


class KeepingAdmin(admin.ModelAdmin):
    """An admin of records of which some may not be deleted; `why_kept` says which and why."""

    list_per_page = 50
    show_full_result_count = False

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("admin/archive.css",)}

    def why_kept(self, records: QuerySet) -> str:
        """A sentence where any of these records must be kept, else nothing."""
        raise NotImplementedError

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and (obj is None or not self.why_kept(type(obj)._default_manager.filter(pk=obj.pk)))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record and (reason := self.why_kept(self.get_queryset(request).filter(pk=record.pk))):
            self.message_user(request, reason, messages.ERROR)
            options = self.opts
            return HttpResponseRedirect(
                reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])
            )
        return super().delete_view(request, object_id, extra_context)

    @admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        if reason := self.why_kept(queryset):
            self.message_user(request, f"{reason} Nothing was deleted.", messages.ERROR)
            return None
        return delete_selected(self, request, queryset)

    actions: Any = ["delete_selected"]
