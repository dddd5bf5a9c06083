"""Chromium, for journeys through the real site."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def chromium():
    """The path of the browser; without one the journeys are left out, unless all is required."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail("Chromium is missing: install it, so that the journeys can be made.")
        pytest.skip("Chromium is missing, so no journey was made")
    return executable


@pytest.fixture
def page(chromium, live_server, monkeypatch):
    """An empty window on the live site; its addresses may be given without the host."""
    # Playwright's loop runs in this thread, and Django would refuse to tidy the database beside it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        yield context.new_page()
        browser.close()
