"""An editor adds a text in the admin, and finds it by search as a reader."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from documents.tests.factories import make_collection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(transactional_db):
    make_collection("Press releases")
    return get_user_model().objects.create_superuser("editor", password="a long enough password")


def test_a_text_added_in_the_admin_is_found_by_search(editor, page):
    page.goto("/admin/documents/document/add/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Log in").click()

    page.locator("#id_title").fill("A port on the river Volta")
    page.locator("#id_text").fill("The port was opened.\n\nContainers are scanned for contraband cobalt.")
    page.locator("#id_date").fill("2012-05")
    page.locator(".field-collection .select2-selection").click()
    page.locator(".select2-search__field").fill("press")
    page.locator(".select2-results__option", has_text="Press releases").click()
    page.locator("#id_tags").fill("ports, cobalt")
    page.locator("#id_state").select_option("published")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("A port on the river Volta")

    page.goto("/")
    page.get_by_role("combobox").fill("scanning cobalt")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".total")).to_have_text("1 document")
    page.get_by_role("link", name="Read paragraph 2").click()
    expect(page.locator(":target")).to_contain_text("Containers are scanned")
    expect(page.locator(".text-head")).to_contain_text("May 2012")
    expect(page.locator(".record")).to_contain_text("cobalt")
