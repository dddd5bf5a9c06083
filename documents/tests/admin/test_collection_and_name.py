"""Collections and names in the admin."""

import pytest
from django.contrib.auth.models import User

from documents.models import Collection, Name, Revision
from documents.search import service, sync
from documents.search.results import Asked
from documents.tests.factories import make_collection, make_document, make_name

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cataloguer(client):
    client.force_login(User.objects.create_superuser("cataloguer"))
    return client


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/admin/documents/collection/", "“Press releases” holds documents."),
        ("/admin/documents/name/", "“Security Council” issued documents."),
    ],
)
def test_what_holds_documents_cannot_be_deleted(cataloguer, address, sentence):
    document = make_document(issuing_body="Security Council")
    record = document.collection if "collection" in address else document.issuing_body
    for response in (
        cataloguer.post(f"{address}{record.pk}/delete/", {"post": "yes"}, follow=True),
        cataloguer.post(
            address, {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}, follow=True
        ),
    ):
        assert sentence in response.content.decode()
    assert Collection.objects.exists() and Name.objects.exists()


def test_what_holds_none_can_be_deleted(cataloguer):
    cataloguer.post(f"/admin/documents/collection/{make_collection().pk}/delete/", {"post": "yes"})
    cataloguer.post(f"/admin/documents/name/{make_name().pk}/delete/", {"post": "yes"})
    assert not Collection.objects.exists() and not Name.objects.exists()


def test_what_was_public_is_kept_though_it_holds_nothing_now(cataloguer):
    document = make_document(issuing_body="Security Council")
    collection, name = document.collection, document.issuing_body
    document.collection, document.issuing_body = make_collection("Others"), None
    document.save()
    Revision.record(document)
    for record, address in ((collection, "collection"), (name, "name")):
        response = cataloguer.post(f"/admin/documents/{address}/{record.pk}/delete/", {"post": "yes"}, follow=True)
        assert f"“{record}” was public" in response.content.decode()
        record.refresh_from_db()


def test_what_a_former_address_leads_to_is_kept(cataloguer):
    collection = make_collection()
    collection.slug = "releases"
    collection.save()
    cataloguer.post(f"/admin/documents/collection/{collection.pk}/delete/", {"post": "yes"})
    collection.refresh_from_db()


def test_a_collection_with_another_address_is_found_at_it(cataloguer):
    collection = make_document().collection
    fields = {"title": "Releases", "slug": "Releases", "description": ""}
    cataloguer.post(f"/admin/documents/collection/{collection.pk}/change/", fields)
    (facet,) = [facet for facet in service.run(Asked()).facets if facet.field == "collection"]
    assert [(value.value, value.label) for value in facet.values] == [("releases", "Releases")]
    assert not sync.drift()


def test_the_lists_count_documents(cataloguer):
    make_document(issuing_body="Security Council")
    for address in ("/admin/documents/collection/", "/admin/documents/name/"):
        assert [record.total for record in cataloguer.get(address).context["cl"].result_list] == [1]


def test_the_admin_bears_the_name_of_the_archive(cataloguer, settings):
    assert settings.ARCHIVE_NAME in cataloguer.get("/admin/").content.decode()
