"""Reading pages in tests: their words, their links and their attributes."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from django.urls import resolve


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
