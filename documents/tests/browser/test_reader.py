"""A researcher finds the exact passage with the keyboard alone, and every page fits a narrow screen."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_STEPS = 40  # of the Tab key before a reader would give up
NARROW = (
    "/",
    "/documents/",
    "/collections/",
    "/tags/",
    "/search/?q=border+security&from=2001",
    "/search/?q=xyzzy+border",
    "/search/help/",
    "/about/",
    "/nothing/",
    "/documents/cooperation-with-international-regional-and-subregional-organizations/",
    "/documents/cooperation-with-international-regional-and-subregional-organizations/p/4/",
)


@pytest.fixture
def five(transactional_db):
    call_command("import_documents", str(Path(settings.BASE_DIR) / "fixtures"), verbosity=0)


def tab_to(page, selector):
    """Press Tab until what has the focus is this."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} was not reached in {MOST_STEPS} steps")


def test_from_home_to_the_exact_paragraph_with_the_keyboard_alone(five, page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    tab_to(page, "#q")
    page.keyboard.type('"effective border security"')
    page.keyboard.press("Enter")

    expect(page.locator(".total")).to_have_text("1 document")
    tab_to(page, ".passages .number")
    assert page.locator(":focus").get_attribute("href").endswith("#p7")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/documents/cooperation-with-[^/]+/\?in=search&[^#]+#p7$"))
    target = page.locator(":target")
    expect(target).to_contain_text("Prevention of Terrorist Movement and Effective Border Security")
    expect(target).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Paragraph 7")


def test_a_page_fetches_style_script_and_face_from_its_own_host_and_nothing_else(five, page):
    asked = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    page.goto("/documents/cooperation-with-international-regional-and-subregional-organizations/")
    assert {kind for kind, _ in asked} <= {"document", "stylesheet", "script", "font", "other", "image"}
    assert {url.split("/")[2] for _, url in asked} == {page.url.split("/")[2]}


def test_no_page_is_wider_than_a_narrow_screen(five, page):
    page.set_viewport_size({"width": 320, "height": 700})
    for path in NARROW:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_filters_are_folded_away_on_a_phone_and_open_on_a_desk(five, page):
    page.goto("/documents/")
    value = page.locator(".facets a").first
    expect(value).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(value).not_to_be_visible()
    page.get_by_role("link", name="Narrow the list").click()
    expect(value).to_be_visible()


def test_marks_are_stepped_through_without_the_script(five, page, live_server):
    context = page.context.browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/documents/cooperation-with-international-regional-and-subregional-organizations/?q=terrorism")
    steps = plain.locator(".steps:visible")
    expect(steps).to_have_count(0)
    plain.get_by_role("link", name="first", exact=True).click()
    for place in range(1, 6):
        expect(plain).to_have_url(re.compile(rf"#m{place}$"))
        expect(plain.locator(":target")).to_be_in_viewport()
        expect(steps).to_have_count(1)
        expect(steps).to_have_attribute("data-place", f"{place}/5")
        if place < 5:
            steps.locator("[rel=next]").click()
    expect(steps.locator("[rel=next]")).to_have_count(0)
    steps.locator("[rel=prev]").click()
    expect(plain).to_have_url(re.compile(r"#m4$"))
