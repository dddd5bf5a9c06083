"""Collections in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet, TextField
from django.http import HttpRequest

from documents.admin.shared import KeepingAdmin, PlainTextarea, SluggedForm, once_public
from documents.models import Collection


@admin.register(Collection)
class CollectionAdmin(KeepingAdmin):
    form = SluggedForm
    list_display = ("title", "document_count")
    search_fields = ("title",)
    fields = ("title", "description", "slug", "uuid")
    readonly_fields = ("uuid",)
    formfield_overrides = {TextField: {"widget": PlainTextarea}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        return super().get_queryset(request).annotate(total=Count("documents")).order_by("title")

    @admin.display(description="documents", ordering="total")
    def document_count(self, collection: Collection) -> int:
        return int(collection.total)  # type: ignore[attr-defined]  # annotated above

    def view_on_site(self, collection: Collection) -> str:
        return collection.get_absolute_url()

    def why_kept(self, records: QuerySet) -> str:
        held = records.filter(documents__isnull=False).distinct().first()
        if held:
            return f"“{held}” holds documents. Move them to another collection first."
        if kept := once_public(records, "collection"):
            return f"“{kept}” was public or has a former address, so it is kept: its addresses go on answering."
        return ""
