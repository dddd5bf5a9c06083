"""Documents in the admin, as a cataloguer works there."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.urls import reverse

from documents import originals
from documents.admin import document_actions
from documents.models import Document, Relation, Revision, State, Tag
from documents.search import service
from documents.search.results import Asked
from documents.tests.factories import make_collection, make_document, make_name

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/documents/document/add/"
LIST = "/admin/documents/document/"


@pytest.fixture
def cataloguer(client):
    user = User.objects.create_superuser("cataloguer")
    client.force_login(user)
    return client


def form_of(client, address):
    """What a browser would send back, were nothing changed."""
    form = client.get(address).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    tags = ", ".join(str(tag) for tag in fields.pop("tags") or ())
    inlines = ("relations", "relations_from_others", "revisions")
    empty = {f"{prefix}-{name}": 0 for prefix in inlines for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return empty | {name: "" if value is None else value for name, value in fields.items()} | {"tags": tags}


def save(client, address, **changes):
    return client.post(address, form_of(client, address) | changes, follow=True)


def change_address(document):
    return reverse("admin:documents_document_change", args=[document.pk])


def add(client, **fields):
    defaults = {
        "title": "Samarkand",
        "text": "The caravan came.\r\n\r\nIt left again.",
        "collection": make_collection().pk,
        "state": State.PUBLISHED,
    }
    return save(client, ADD, **defaults | fields)


def page_text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("&#x27;", "'"))


def found(q):
    return [one.document.title for one in service.run(Asked(q=q)).found]


# --- Adding ---


def test_an_added_document_is_found_by_search_and_told_where_it_is(cataloguer):
    response = add(cataloguer, tags="Silk, Roads", issuing_body=make_name().pk, reason="Received today")
    assert "Readers find it at /documents/samarkand/ and by search." in page_text(response)
    assert found("caravan") == found("tag:silk") == ["Samarkand"]
    document = Document.objects.get()
    assert document.text == "The caravan came.\n\nIt left again."
    revision = Revision.objects.get()
    assert (revision.number, revision.reason, revision.editor.username) == (1, "Received today", "cataloguer")
    assert revision.fields["tags"] == ["Roads", "Silk"]


def test_a_typed_text_is_its_own_original_once_published(cataloguer):
    add(cataloguer, state=State.DRAFT)
    document = Document.objects.get()
    assert document.original_sha256 == ""
    save(cataloguer, change_address(document), state=State.PUBLISHED)
    document.refresh_from_db()
    with originals.open_original(document.original_sha256) as original:
        assert original.read().decode() == document.text
    save(cataloguer, change_address(document), text="Edited.")
    assert Document.objects.get().original_sha256 == document.original_sha256


def test_a_draft_is_not_found_and_said_to_be_one(cataloguer):
    response = add(cataloguer, state=State.DRAFT)
    assert "It is a draft" in page_text(response)
    assert found("caravan") == []
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"date": "the other day"}, "the other day"),
        ({"text": ""}, "The text is empty. A document needs its words."),
        ({"text": " \r\n "}, "The text is empty. A document needs its words."),
        ({"slug": "Taken"}, "Another record has this address."),
        ({"language": "Klingon!"}, "is not a language tag"),
        ({"state": State.WITHDRAWN}, "Only a published document can be withdrawn."),
        ({"text": "Hello <script>alert(1)</script>"}, "script"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_kept_on_the_form(cataloguer, fields, sentence):
    make_document(slug="taken")
    response = add(cataloguer, **fields)
    assert response.status_code == 200
    assert sentence in page_text(response)
    assert response.context["adminform"].form["title"].value() == "Samarkand"
    assert Document.objects.count() == 1


def test_a_text_that_is_too_large_is_refused(cataloguer, settings):
    settings.MAX_TEXT_BYTES = 1_000_000
    assert "at most 1 MB are taken" in page_text(add(cataloguer, text="word " * 250_000))


def test_a_form_that_carries_more_than_is_taken_in_gets_the_limit_and_the_cure(cataloguer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = add(cataloguer, text="word " * 1000)
    assert response.status_code == 413
    assert "at most 10 MB" in page_text(response)
    assert not Document.objects.exists()


def test_a_tag_of_two_words_is_one_tag(cataloguer):
    add(cataloguer, tags="border security")
    assert [tag.name for tag in Document.objects.get().tags.all()] == ["border security"]


def test_tags_in_use_are_suggested(cataloguer):
    make_document(tags=["Silk"])
    assert '<option value="Silk"></option>' in cataloguer.get(ADD).content.decode()


# --- Changing ---


@pytest.fixture
def document():
    return make_document(title="Samarkand", text="The caravan came.", tags=["Silk"], date="2001")


def test_a_change_is_found_and_recorded_with_its_reason(cataloguer, document):
    save(cataloguer, change_address(document), text="The camels came.", tags="Silk, Camels", reason="A slip")
    assert found("camels") == found("tag:camels") == ["Samarkand"]
    assert found("caravan") == []
    assert list(Revision.objects.values_list("number", "reason")) == [(1, ""), (2, "A slip")]
    assert "A slip" in cataloguer.get(change_address(document)).content.decode()


def test_a_relation_is_part_of_the_revision(cataloguer, document):
    relation = {
        "relations-TOTAL_FORMS": 1,
        "relations-0-term": "references",
        "relations-0-target_text": "S/RES/1373(2001)",
        "relations-0-document": document.pk,
    }
    save(cataloguer, change_address(document), **relation)
    assert Revision.objects.last().fields["relations"] == [["references", "S/RES/1373(2001)"]]


def test_saving_without_a_change_makes_no_revision(cataloguer, document):
    save(cataloguer, change_address(document))
    assert Revision.objects.count() == 1


def test_a_save_over_a_newer_version_is_refused_and_the_text_kept(cataloguer, document):
    opened = form_of(cataloguer, change_address(document))
    save(cataloguer, change_address(document), text="The other cataloguer's.")
    response = cataloguer.post(change_address(document), opened | {"text": "Mine."})
    assert "Someone saved this document at" in page_text(response)
    assert response.context["adminform"].form["text"].value() == "Mine."
    document.refresh_from_db()
    assert document.text == "The other cataloguer's."


def rename(tag):
    tag.name = "Fabrics"
    tag.save()


@pytest.mark.parametrize("change", [rename, Tag.delete])
def test_a_tag_that_went_while_the_form_was_open_does_not_come_back(cataloguer, document, change):
    opened = form_of(cataloguer, change_address(document))
    change(Tag.objects.get(name="Silk"))
    response = cataloguer.post(change_address(document), opened | {"text": "Mine."})
    assert "after you had opened it, so yours was not saved over that" in page_text(response)
    assert response.context["adminform"].form["text"].value() == "Mine."
    assert not Tag.objects.filter(name="Silk").exists()


def test_a_published_document_cannot_be_made_a_draft(cataloguer, document):
    response = save(cataloguer, change_address(document), state=State.DRAFT)
    assert "cannot be a draft again. Withdraw it instead." in page_text(response)


def test_withdrawing_needs_a_reason_and_takes_it_out_of_search(cataloguer, document):
    response = save(cataloguer, change_address(document), state=State.WITHDRAWN)
    assert "Say under “withdrawal reason” why it is withdrawn" in page_text(response)
    response = save(cataloguer, change_address(document), state=State.WITHDRAWN, withdrawal_reason="A duplicate.")
    assert "Readers are shown the reason" in page_text(response)
    assert found("caravan") == []


def test_it_can_be_viewed_on_site_once_published(cataloguer, document):
    assert document.get_absolute_url() in cataloguer.get(change_address(document)).content.decode()
    draft = make_document(state=State.DRAFT)
    assert f'href="{draft.get_absolute_url()}"' not in cataloguer.get(change_address(draft)).content.decode()


# --- Deleting ---


def test_a_published_document_cannot_be_deleted(cataloguer, document):
    assert "/delete/" not in cataloguer.get(change_address(document)).content.decode()
    response = cataloguer.post(f"{LIST}{document.pk}/delete/", {"post": "yes"}, follow=True)
    assert "can only be withdrawn: what was once published is never deleted" in page_text(response)
    assert Document.objects.count() == 1


def test_a_bulk_deletion_with_a_published_document_deletes_nothing(cataloguer, document):
    draft = make_document(state=State.DRAFT)
    response = act(cataloguer, "delete_selected", [document, draft], post="yes")
    assert "Nothing was deleted." in page_text(response)
    assert Document.objects.count() == 2


def test_drafts_can_be_deleted(cataloguer):
    drafts = [make_document(state=State.DRAFT), make_document(state=State.DRAFT)]
    cataloguer.post(f"{LIST}{drafts[0].pk}/delete/", {"post": "yes"})
    act(cataloguer, "delete_selected", drafts[1:], post="yes")
    assert not Document.objects.exists()


def test_a_draft_that_a_published_document_refers_to_is_kept_until_the_relation_goes(cataloguer, document):
    draft = make_document(title="Osh", state=State.DRAFT)
    relation = Relation.objects.create(document=document, target=draft)
    for response in (
        cataloguer.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}, follow=True),
        act(cataloguer, "delete_selected", [draft], post="yes"),
    ):
        assert "“Samarkand” refers to the draft “Osh”. Take that relation away first." in page_text(response)
    assert document.relations.count() == 1
    relation.delete()
    cataloguer.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})
    assert not Document.objects.filter(title="Osh").exists()


# --- Actions ---


def act(client, action, documents, **fields):
    return client.post(
        LIST, {"action": action, "_selected_action": [one.pk for one in documents], **fields}, follow=True
    )


def test_drafts_are_published_together(cataloguer):
    drafts = [make_document(title=title, state=State.DRAFT) for title in ("Osh", "Bishkek")]
    assert "2 documents were published." in page_text(act(cataloguer, "publish", drafts))
    assert sorted(found("committee")) == ["Bishkek", "Osh"]
    assert Revision.objects.count() == 2
    assert all(document.original_sha256 for document in Document.objects.all())


def test_what_is_published_is_committed_in_batches(cataloguer, monkeypatch):
    monkeypatch.setattr(document_actions, "BATCH_DOCUMENTS", 2)
    drafts = [make_document(title=title, state=State.DRAFT) for title in ("Andijan", "Bishkek", "Osh")]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE ON documents_document WHEN NEW.title = 'Osh' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
        try:
            with pytest.raises(IntegrityError):
                act(cataloguer, "publish", drafts)
        finally:
            cursor.execute("DROP TRIGGER refuse")
    assert sorted(Document.objects.published().values_list("title", flat=True)) == ["Andijan", "Bishkek"]
    assert sorted(found("committee")) == ["Andijan", "Bishkek"]


def test_a_draft_that_cannot_be_published_is_named_and_the_others_are(cataloguer):
    sound, broken = make_document(title="Osh", state=State.DRAFT), make_document(title="Bishkek", state=State.DRAFT)
    Document.objects.filter(pk=broken.pk).update(language="Klingon!")
    printed = page_text(act(cataloguer, "publish", [sound, broken]))
    assert "“Bishkek”: 'Klingon!' is not a language tag" in printed
    assert "1 document was published." in printed
    assert found("committee") == ["Osh"]


def test_documents_are_withdrawn_together_once_the_reason_is_given(cataloguer, document):
    other = make_document(title="Osh")
    asked = act(cataloguer, "withdraw", [document, other])
    assert "Their addresses stay" in page_text(asked)
    refused = act(cataloguer, "withdraw", [document, other], withdrawal_reason=" ")
    assert "Say why" in page_text(refused)
    response = act(cataloguer, "withdraw", [document, other], withdrawal_reason="Duplicates.")
    assert "2 documents were withdrawn." in page_text(response)
    assert found("") == []
    assert set(Document.objects.values_list("withdrawal_reason", flat=True)) == {"Duplicates."}
    assert Revision.objects.filter(reason="Duplicates.").count() == 2


def test_a_draft_cannot_be_withdrawn(cataloguer):
    assert "None of these is published" in page_text(act(cataloguer, "withdraw", [make_document(state=State.DRAFT)]))


# --- The list ---


def test_the_list_needs_few_queries_and_no_texts(cataloguer, django_assert_max_num_queries):
    for number in range(30):
        make_document(title=f"Number {number}", collection=f"Collection {number}", tags=["Silk"])
    cataloguer.get(LIST)
    with django_assert_max_num_queries(10) as queries:
        response = cataloguer.get(LIST)
    assert len(response.context["cl"].result_list) == 30
    assert not any('"documents_document"."text"' in query["sql"] for query in queries.captured_queries)


def test_the_list_is_searched_and_filtered(cataloguer, document):
    make_document(title="Osh", type="Statement")
    results = [
        [str(one) for one in cataloguer.get(LIST, query).context["cl"].result_list]
        for query in ({"q": "samark"}, {"type": "Statement"}, {"state__exact": "draft"}, {"dated": "yes"})
    ]
    assert results == [["Samarkand"], ["Osh"], [], ["Samarkand"]]


def test_languages_are_chosen_by_name(cataloguer, document):
    make_document(title="Arabic", language="ar")
    page = cataloguer.get(LIST).content.decode()
    assert '<a href="?language=ar">Arabic</a>' in page
    shown = cataloguer.get(f"{LIST}?language=ar").context["cl"].result_list
    assert [shown_document.language for shown_document in shown] == ["ar"]


def test_autocomplete_finds_collections_and_related_documents(cataloguer, document):
    query = {"app_label": "documents", "model_name": "document", "field_name": "collection", "term": "press"}
    assert cataloguer.get("/admin/autocomplete/", query).json()["results"][0]["text"] == "Press releases"
    query = {"app_label": "documents", "model_name": "relation", "field_name": "target", "term": "samar"}
    assert cataloguer.get("/admin/autocomplete/", query).json()["results"][0]["text"] == "Samarkand"


def test_what_other_documents_state_is_seen_from_here_but_changed_there(cataloguer):
    part, whole = make_document(title="Annex"), make_document(title="Report")
    Relation.objects.create(document=part, term="isPartOf", target=whole)
    page = cataloguer.get(change_address(whole)).content.decode()
    assert "Has part" in page.split("relations that other documents state", 1)[-1]
    assert f'<a href="{change_address(part)}">Annex</a> (published)' in page
    save(cataloguer, change_address(whole), title="Report, final")
    assert Relation.objects.get().document == part
