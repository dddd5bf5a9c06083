"""Every template, in Chromium, in light, in dark and in forced colours: axe finds nothing that keeps a reader out."""

from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from documents.models import Document, State
from documents.tests.factories import make_document
from documents.tests.views.pages import every_template_is_shown, make_rare_pages, one_of_each, pages_of_failure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
COLOURS_ALONE = {"runOnly": ["color-contrast", "link-in-text-block"]}
ROOT = Path(settings.BASE_DIR)
FOLDERS = (ROOT / "fixtures", ROOT / "documents/tests/corpora/udhr")
OTHERS = (
    "/documents/?tag=partnerships&from=2001&to=2024",
    "/documents/?page=x",
    "/search/?q=border+security&from=2001",
    "/search/?q=%22border+security%22+committee",
    "/search/?q=xyzzy",
    "/documents/universal-declaration-of-human-rights/?q=rights+OR+nothing#m3",
    "/search/?q=nairobi+vienna+zzzz",
    "/search/?q=%D8%A7%D9%84%D8%A5%D9%86%D8%B3%D8%A7%D9%86",
    "/timeline/?q=border&show=share",
    "/search/concordance/?q=committee&order=left",
    "/search/concordance/?q=%D8%A7%D9%84%D8%A5%D9%86%D8%B3%D8%A7%D9%86+OR+counterterrorism",
    "/nothing/here/",
    "/symbols/?series=security-council",
    "/symbols/?series=none",
    "/documents/?view=compact",
    "/documents/facets/name/?in=timeline",
    "/timeline/?tag=partnerships&show=share",
    "/search/?from=2005&to=2001",
)


@pytest.fixture
def held(transactional_db):
    """The five texts and the six declarations; of two more, one is withdrawn and one has lost a paragraph."""
    for folder in FOLDERS:
        call_command("import_documents", str(folder), verbosity=0)
    collection = Document.objects.all()[0].collection
    gone, cut = (
        make_document(title=title, text="First.[^1]\n\nSecond.\n\n[^1]: A note.", collection=collection)
        for title in ("Withdrawn", "Cut")
    )
    gone.state, gone.withdrawal_reason = State.WITHDRAWN, "It named a person."
    gone.save()
    cut.text = "First.[^1]\n\n[^1]: A note."
    cut.save()


def addresses():
    """One of each kind of page, an Arabic text, and what links do not lead to."""
    arabic = Document.objects.get(language="ar")
    english = Document.objects.get(language="en", title__startswith="Universal Declaration")
    side_by_side = reverse("beside", args=[arabic.slug, english.slug])
    one = one_of_each(Client()).values()
    within = f"{english.get_absolute_url()}?in=search&q=rights&at=1"
    gone = ("/documents/withdrawn/", "/documents/cut/", "/documents/cut/p/2/")
    return [*one, *make_rare_pages(), arabic.get_absolute_url(), side_by_side, within, *gone, *OTHERS]


def complaints(page, options):
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {node['html'][:150]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def complaints_in_all_colours(page):
    page.evaluate(AXE)
    found = complaints(page, ALL_RULES)
    page.emulate_media(color_scheme="dark")
    found += complaints(page, COLOURS_ALONE)
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += complaints(page, COLOURS_ALONE)
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def test_axe_finds_nothing_on_any_page_of_the_archive(held, page):
    every = []
    with every_template_is_shown():
        page.route(
            "**/failure/*", lambda route: route.fulfill(body=failures[route.request.url[-3:]], content_type="text/html")
        )
        failures = {str(status): content for status, content in pages_of_failure().items()}
        for address in [*addresses(), *(f"/failure/{status}" for status in failures)]:
            page.goto(address)
            every += [f"{address} {complaint}" for complaint in complaints_in_all_colours(page)]
    assert not every, "\n".join(every)


def test_axe_finds_nothing_on_the_dialog_of_keys_and_the_admins_door(held, page):
    page.goto("/about/")
    page.keyboard.press("?")
    assert not complaints_in_all_colours(page)
    page.goto("/admin/login/")
    page.evaluate(AXE)
    assert not complaints(page, {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})  # Django's own page
