"""Reading pages in tests: their words, their links and their attributes."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve

from documents.models import Relation, Revision
from documents.tests.factories import make_document
from documents.views import errors

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def content(response):
    return response.content.decode()


def words(response):
    """What a reader sees, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content(response))).split())


def links(response):
    """Every address that the page leads to, in order."""
    return [html.unescape(address) for address in re.findall(r'<a [^>]*?href="([^"]*)"', content(response))]


def title(response):
    return html.unescape(re.search(r"<title>(.*?)</title>", content(response), re.DOTALL)[1])


def one_of_each(client):
    """The first address of each kind of page that following links from the home page leads to, by name of its kind."""
    found, seen, waiting = {}, {"home"}, [("home", "/")]
    while waiting:
        kind, address = waiting.pop(0)
        response = client.get(address)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        found[kind] = address
        for path in (urljoin(address, link).split("#")[0] for link in links(response)):
            if path.startswith("/") and not path.startswith("/admin/"):
                name = resolve(path.split("?")[0]).url_name
                if name not in seen:
                    seen.add(name)
                    waiting.append((name, path))
    return found


def make_rare_pages():
    """Records, and the addresses of pages that the five texts and the declarations have not: two versions of which one
    lacks a part, a document whose relatives are known by what they cite, and a paragraph as it once stood.
    """
    articles = [f"## Article {number}\n\nRule {number}, after resolution 1373 (2001)." for number in (1, 2, 3)]
    old = make_document(title="Rules", text="\n\n".join(articles))
    new = make_document(title="Rules, revised", text="\n\n".join(articles[::2]))
    Relation.objects.create(document=new, term="isVersionOf", target=old)
    letter = make_document(title="Letter", text="It cites S/RES/1373 (2001).\n\nIt was sent.")
    letter.text = "It cites S/RES/1373 (2001), which binds.\n\nIt was sent."
    letter.save()
    Revision.record(letter)
    address = letter.get_absolute_url()
    return [f"{new.get_absolute_url()}beside/{old.slug}/", address, f"{address}p/1/?revision=1"]


def pages_of_failure():
    """Every page for what cannot be shown that no plain request leads to, by its status."""
    request = RequestFactory().get("/", SERVER_NAME="localhost")
    answers = (
        errors.forbidden(request, Exception()),
        errors.method_not_allowed(request, "GET, HEAD"),
        errors.bad_request(request, RequestDataTooBig()),
        errors.server_error(request),
        errors.unavailable(request, "The search cannot answer just now. Please try again in a few minutes."),
    )
    return {answer.status_code: answer.content.decode() for answer in answers}


@contextmanager
def every_template_is_shown():
    """Fails where a public template, parts of pages among them, is shown by nothing that happens within."""
    loaded = engines["jinja2"].env.cache
    loaded.clear()
    yield
    used = {name for _, name in loaded}
    public = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts}
    assert public <= used, f"Add a page that shows {sorted(public - used)}."
