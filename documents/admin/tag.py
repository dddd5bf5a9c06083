"""Tags in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from documents.models import Tag, TaggedDocument
from documents.models.tag import delete_tags


class TagForm(forms.ModelForm):
    def clean_name(self) -> str:
        """Tags are told apart without regard to case."""
        name = str(self.cleaned_data["name"])
        others = Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk)
        if other := others.first():
            raise forms.ValidationError(f"The tag “{other}” is there already. Choose another name.")
        return name


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """A tag's address is made once, from its first name, so that a new name breaks no link."""

    form = TagForm
    list_display = ("name", "document_count", "slug")
    search_fields = ("name",)
    fields = ("name", "slug")
    readonly_fields = ("slug",)
    list_per_page = 100
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(total=Count("tagged")).order_by("name")

    @admin.display(description="documents", ordering="total")
    def document_count(self, tag: Tag) -> int:
        return int(tag.total)  # type: ignore[attr-defined]  # annotated above

    def view_on_site(self, tag: Tag) -> str:
        return tag.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.has_changed():
            self._tell(request, [obj.pk], "carry it; pages and search show its new name")

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        self._tell(request, [obj.pk], "carried it; pages and search no longer do")
        delete_tags([obj], editor=_editor(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        tags = list(queryset.order_by("name"))
        self._tell(request, [tag.pk for tag in tags], "carried them; pages and search no longer do")
        delete_tags(tags, editor=_editor(request))

    def get_deleted_objects(self, objs: Iterable[Tag], request: HttpRequest) -> Any:
        """The tags and how many documents lose them. Django's own list names each, by two queries for every one."""
        tags = list(objs)
        lost = [f"Tag: {tag} ({_carriers([tag.pk])} lose it)" for tag in tags]
        forbidden = set() if self.has_delete_permission(request) else {self.opts.verbose_name}
        return lost, {self.opts.verbose_name_plural: len(tags)}, forbidden, []

    def _tell(self, request: HttpRequest, tag_ids: list[int], what: str) -> None:
        self.message_user(request, f"{_carriers(tag_ids)} {what}.", messages.INFO)


def _editor(request: HttpRequest) -> AbstractBaseUser | None:
    return request.user if request.user.is_authenticated else None


def _carriers(tag_ids: list[int]) -> str:
    count = TaggedDocument.objects.filter(tag__in=tag_ids).values("content_object").distinct().count()
    return f"{count} document{'' if count == 1 else 's'}"
