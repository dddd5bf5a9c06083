"""Tags in the admin: what is done to one reaches the index, and the admin is told how many documents it concerns."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from taggit.models import Tag as UnusedTag

from documents.models import Document, Revision, State, Tag
from documents.search import service, sync
from documents.search.results import Asked
from documents.tests.factories import make_document

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/documents/tag/"


@pytest.fixture
def cataloguer(client):
    client.force_login(User.objects.create_superuser("cataloguer"))
    return client


@pytest.fixture
def tag():
    make_document(title="Samarkand", tags=["Silk"])
    make_document(title="Osh", tags=["Silk", "Roads"])
    return Tag.objects.get(name="Silk")


def tag_labels():
    facets = {facet.field: facet for facet in service.run(Asked()).facets}
    return [value.label for value in facets["tag"].values] if "tag" in facets else []


def test_a_renamed_tag_is_shown_and_found_by_its_new_name(cataloguer, tag):
    response = cataloguer.post(f"{LIST}{tag.pk}/change/", {"name": "Fabrics"}, follow=True)
    assert "2 documents carry it; pages and search show its new name." in response.content.decode()
    assert tag_labels() == ["Fabrics", "Roads"]
    assert service.run(Asked(q="tag:fabrics")).total == 2
    assert not sync.drift()


def test_a_name_in_use_is_refused_whatever_its_capitals(cataloguer, tag):
    response = cataloguer.post(f"{LIST}{tag.pk}/change/", {"name": "ROADS"})
    assert "The tag “Roads” is there already." in response.content.decode()


def test_a_name_in_use_is_refused_in_any_script(cataloguer, tag):
    make_document(tags=["Права"])
    response = cataloguer.post(f"{LIST}add/", {"name": "ПРАВА"})
    assert "The tag “Права” is there already." in response.content.decode()


def test_a_deleted_tag_leaves_the_index(cataloguer, tag):
    asked = cataloguer.get(f"{LIST}{tag.pk}/delete/").content.decode()
    assert "2 documents lose it" in asked
    response = cataloguer.post(f"{LIST}{tag.pk}/delete/", {"post": "yes"}, follow=True)
    assert "2 documents carried it" in response.content.decode()
    assert tag_labels() == ["Roads"]
    assert not sync.drift()


def test_a_deleted_tag_is_a_revision_of_what_carried_it(cataloguer, tag):
    make_document(title="Unfinished", state=State.DRAFT, tags=["Silk"])
    Revision.record(Document.objects.get(title="Osh"))
    cataloguer.post(f"{LIST}{tag.pk}/delete/", {"post": "yes"})
    kept = Revision.objects.filter(reason="The tag “Silk” was deleted.").order_by("document__title")
    assert [(one.document.title, one.fields["tags"], one.editor.username) for one in kept] == [
        *(("Osh", ["Roads"], "cataloguer"), ("Samarkand", [], "cataloguer"))
    ]


def test_tags_deleted_together_leave_the_index(cataloguer, tag):
    ids = list(Tag.objects.values_list("pk", flat=True))
    cataloguer.post(LIST, {"action": "delete_selected", "_selected_action": ids, "post": "yes"})
    assert tag_labels() == []
    assert Document.objects.get(title="Osh").revisions.last().reason == "The tags “Roads”, “Silk” were deleted."
    assert not sync.drift()


def test_the_list_counts_the_documents_of_each(cataloguer, tag, django_assert_max_num_queries):
    cataloguer.get(LIST)
    with django_assert_max_num_queries(6):
        tags = cataloguer.get(LIST).context["cl"].result_list
    assert {str(one): one.total for one in tags} == {"Silk": 2, "Roads": 1}


def test_the_tags_of_taggit_itself_are_not_offered():
    assert not admin.site.is_registered(UnusedTag)
