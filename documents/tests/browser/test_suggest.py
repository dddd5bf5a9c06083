"""Suggestions while typing, in Chromium: with keys and pointer, for everyone, and only where they help."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from documents.tests.browser.test_axe import complaints_in_all_colours

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def five(transactional_db):
    call_command("import_documents", str(Path(settings.BASE_DIR) / "fixtures"), verbosity=0)


def typed(page, address, words):
    """The box in which these words were typed, and the suggestions below it."""
    page.goto(address)
    box = page.get_by_role("combobox")
    box.fill(words)
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_be_visible()
    return box, options


def test_keys_move_through_the_list_and_open_what_is_chosen(five, page):
    box, options = typed(page, "/", "border s")
    expect(box).to_have_attribute("aria-expanded", "true")
    tag = options.filter(has_text="border securityTag")
    while tag.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", tag.get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("border security")


def test_a_word_is_searched_for_with_the_filters_that_were_chosen(five, page):
    _, options = typed(page, "/search/?tag=partnerships", "terr")
    options.filter(has_text="terrorismWord").click()
    page.wait_for_url("**/search/?q=terrorism&tag=partnerships*")


def test_escape_closes_the_list_and_enter_searches_what_was_typed(five, page):
    box, options = typed(page, "/about/", "border s")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("border s")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=border+s")


@pytest.mark.parametrize("address", ["/", "/about/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_while_the_list_is_open_and_nothing_moves_for_it(five, page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    before = page.locator("main").bounding_box()
    typed(page, address, "counter t")
    page.keyboard.press("ArrowDown")
    assert page.locator("main").bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not complaints_in_all_colours(page)
