"""Publishing and withdrawing documents from the list in the admin."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from documents import originals
from documents.admin.document_forms import REASON_LENGTH, WithdrawalForm
from documents.admin.shared import ask
from documents.models import Document, Revision, State

BATCH_DOCUMENTS = 100  # in one transaction: it holds SQLite's write lock, and whoever saves meanwhile waits for it
MAX_WITHDRAWN = 500  # each is a field of the page that asks why, and Django takes 1,000


@admin.action(description="Publish selected documents", permissions=["change"])
def publish(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Document]) -> None:
    def change(document: Document) -> None:
        document.state = State.PUBLISHED

    others = queryset.exclude(state=State.PUBLISHED)
    count = _change_all(model_admin, request, others, change, reason="Published")
    model_admin.message_user(request, f"{_documents(count)} published.", messages.SUCCESS)


@admin.action(description="Withdraw selected documents…", permissions=["change"])
def withdraw(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Document]) -> HttpResponse | None:
    """Asks for the reason first, on a page of its own."""
    published = queryset.published()  # type: ignore[attr-defined]  # a DocumentQuerySet
    if not published.exists():
        model_admin.message_user(request, "None of these is published; only those can be withdrawn.", messages.ERROR)
        return None
    if published.count() > MAX_WITHDRAWN:
        message = f"At most {MAX_WITHDRAWN} documents are withdrawn at a time. Choose fewer."
        model_admin.message_user(request, message, messages.ERROR)
        return None
    form = WithdrawalForm(request.POST if "withdrawal_reason" in request.POST else None)
    if not form.is_valid():
        return ask(model_admin, request, "withdraw", published, form)
    reason = form.cleaned_data["withdrawal_reason"]

    def change(document: Document) -> None:
        document.state, document.withdrawal_reason = State.WITHDRAWN, reason

    count = _change_all(model_admin, request, published, change, reason=reason[:REASON_LENGTH])
    model_admin.message_user(request, f"{_documents(count)} withdrawn.", messages.SUCCESS)
    return None


def _change_all(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    documents: QuerySet[Document],
    change: Callable[[Document], None],
    *,
    reason: str,
) -> int:
    """Change, save and record each; one that cannot be saved so is named and left as it is."""
    keys = list(documents.values_list("pk", flat=True))
    done = 0
    for start in range(0, len(keys), BATCH_DOCUMENTS):
        batch = documents.filter(pk__in=keys[start : start + BATCH_DOCUMENTS]).defer(None)
        with transaction.atomic():
            for document in batch.select_related("collection", "issuing_body"):
                change(document)
                try:
                    document.full_clean()
                except ValidationError as error:
                    model_admin.message_user(request, f"“{document}”: {' '.join(error.messages)}", messages.ERROR)
                    continue
                document.save()
                record(document, request, reason)
                done += 1
    return done


def record(document: Document, request: HttpRequest, reason: str) -> None:
    """Keep a typed text as its own original, and the state just saved as a revision."""
    originals.keep_typed(document)
    editor = request.user if request.user.is_authenticated else None
    Revision.record(document, editor=editor, reason=reason)


def _documents(count: int) -> str:
    return "1 document was" if count == 1 else f"{count} documents were"
