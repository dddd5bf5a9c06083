"""Reading pages in tests: their words, their links and their attributes."""

from __future__ import annotations

import html
import re


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
