"""What browsers may fetch for a page, and how much a page weighs."""

import gzip
import re

import pytest
from django.conf import settings

from documents.tests.factories import make_document

DOCUMENT = 60_000  # bytes, with style and script, without the face
FIRST_WINDOW = 14_600  # bytes: ten packets, which a server sends before the first answer comes back
SENTENCE = (
    "The Committee considered the report of its Executive Directorate and adopted the conclusions without a vote. "
)


@pytest.fixture
def long_document(db):
    """2,000 words in 40 paragraphs, as speeches have, under ten headings."""
    paragraph = " ".join((SENTENCE * 4).split()[:50])
    parts = [(f"## Part {place}\n\n" if place % 4 == 0 else "") + paragraph for place in range(40)]
    return make_document(text="\n\n".join(parts), date="2001-10-01", tags=["border security", "police"])


def fetched(page, pattern):
    return [(settings.BASE_DIR / "static" / name).read_bytes() for name in re.findall(pattern, page)]


@pytest.mark.parametrize("address", ["/", "/about/", "/nothing/", "/admin/login/", "/search.json"])
def test_every_answer_allows_this_host_alone(client, db, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_document_of_two_thousand_words_is_light(client, long_document):
    page = client.get(long_document.get_absolute_url()).content.decode()
    styles = fetched(page, r'rel="stylesheet" href="/static/([^"]+)"')
    scripts = fetched(page, r'<script src="/static/([^"]+)"')
    assert len(styles) <= 3
    assert [len(script) < 3_500 for script in scripts] == [True, True]
    assert len(page.encode()) + sum(map(len, [*styles, *scripts])) < DOCUMENT
    assert sum(len(gzip.compress(file)) for file in [page.encode(), *styles]) < FIRST_WINDOW
    assert "<img" not in page


def test_every_file_that_a_style_names_is_there(client):
    for style in (settings.BASE_DIR / "static").glob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert "@import" not in text
        for name in re.findall(r'url\("([^"]+)"\)', text):
            assert (style.parent / name).is_file(), f"{style.name}: {name}"
