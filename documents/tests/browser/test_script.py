"""The little script: addresses copied, keys that stay out of the way, and contents that follow."""

import pytest
from playwright.sync_api import expect

from documents.tests.factories import make_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(transactional_db):
    """Documents of three years; the middle one is long and has headings."""
    parts = [f"## Part {place}\n\n" + "The Committee met again. " * 60 for place in range(6)]
    make_document(title="First", date="2001")
    make_document(title="Last", date="2003")
    return make_document(title="Middle", date="2002", text="\n\n".join(parts)).get_absolute_url()


def test_a_paragraphs_number_copies_its_permanent_address(three, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(three)
    page.locator("#p2 .address").click()
    expect(page.get_by_role("status")).to_contain_text(f"Copied: {page.url.split('#')[0]}p/2/")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{three}p/2/")
    assert page.url.endswith("#p2")
    page.get_by_role("link", name="Open its page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paragraph 2")


def test_keys_lead_to_search_and_along_time(three, page):
    page.goto(three)
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Last")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text("Middle")
    page.keyboard.press("/")
    page.keyboard.type("n/p?")
    expect(page.get_by_label("Search the archive")).to_have_value("n/p?")


def test_keys_are_shown_and_can_be_switched_off(three, page):
    page.goto(three)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("next document")
    dialog.get_by_role("button", name="Switch off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Middle")
    page.get_by_role("button", name="Keys").click()
    expect(dialog).to_be_visible()


def test_the_contents_show_where_the_reader_is(three, page):
    page.goto(three)
    page.locator(".contents a", has_text="Part 3").click()
    expect(page.locator(".contents [aria-current]")).to_have_text("Part 3")
    expect(page.locator(".contents")).to_be_in_viewport()


def test_no_line_moves_while_a_page_loads(three, page):
    page.goto(three)
    page.wait_for_load_state("networkidle")
    shifts = """new Promise(done => {
        const sum = list => done(list.getEntries().reduce((total, entry) => total + entry.value, 0));
        new PerformanceObserver(sum).observe({type: "layout-shift", buffered: true});
        setTimeout(() => done(0), 200);
    })"""
    assert page.evaluate(shifts) < 0.01
