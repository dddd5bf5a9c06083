"""Names, the authority file, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from documents.admin.shared import KeepingAdmin, SluggedForm, once_public
from documents.models import Name


@admin.register(Name)
class NameAdmin(KeepingAdmin):
    form = SluggedForm
    list_display = ("label", "kind", "document_count")
    list_filter = ("kind",)
    search_fields = ("label",)
    fields = ("label", "kind", "slug", "uuid")
    readonly_fields = ("uuid",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Name]:
        return super().get_queryset(request).annotate(total=Count("documents_issued"))

    @admin.display(description="documents issued", ordering="total")
    def document_count(self, name: Name) -> int:
        return int(name.total)  # type: ignore[attr-defined]  # annotated above

    def why_kept(self, records: QuerySet) -> str:
        held = records.filter(documents_issued__isnull=False).distinct().first()
        if held:
            return f"“{held}” issued documents. Give these another issuing body first."
        if kept := once_public(records, "issuing_body"):
            return f"“{kept}” was public or has a former address, so it is kept: the history of documents names it."
        return ""
