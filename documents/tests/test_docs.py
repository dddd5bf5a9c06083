"""What can be set, typed or visited is documented, and what is documented is so."""

from __future__ import annotations

import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from ctarchive.settings import SETTINGS
from documents import urls
from documents.importing.manifest import COLUMNS
from documents.models import Document, RelationTerm

ROOT = settings.BASE_DIR
README = (ROOT / "README.md").read_text(encoding="utf-8")
IMPORT_PACKAGE = (ROOT / "docs" / "import-package.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def _table(text, heading):
    """The cells of the table below a heading, without its first two lines."""
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def _code_blocks(text, heading):
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)


def _quoted(cells):
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_readme_has_the_table_of_settings():
    documented = [line for line in README.splitlines() if re.match(r"\| `[A-Z_]+` \|", line)]
    expected = [
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else ''} | {setting.help} |"
        for setting in SETTINGS
    ]
    assert documented == expected


def test_readme_has_every_make_target():
    targets = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    documented = {
        cell.removeprefix("make ")
        for cell in _quoted(row[0] for row in _table(README, "Commands"))
        if cell.startswith("make ")
    }
    assert targets == documented


def test_readme_has_every_management_command():
    commands = {path.stem for path in (ROOT / "documents/management/commands").glob("[!_]*.py")}
    assert commands == set(re.findall(r"`\.venv/bin/python manage\.py (\w+)", README))


def test_readme_has_every_public_address():
    addresses = {"/" + re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern.pattern)) for pattern in urls.urlpatterns}
    admin = {"/admin/"}
    assert addresses | admin == _quoted(row[0] for row in _table(README, "Addresses"))


def test_no_address_is_public_but_those_of_the_app_and_the_admin():
    assert {str(pattern.pattern) for pattern in get_resolver().url_patterns} == {"admin/", ""}


def test_import_columns_are_documented():
    assert [row[0].strip("`") for row in _table(IMPORT_PACKAGE, "Columns")] == list(COLUMNS)
    assert all(f"`{term}`" in IMPORT_PACKAGE for term in RelationTerm.values)


@pytest.mark.parametrize("page", ["README.md", "SECURITY.md", "docs/import-package.md"])
def test_links_between_files_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert not [link for link in links if not ((ROOT / page).parent / link).exists()]


@pytest.mark.django_db(transaction=True)
def test_the_example_of_a_package_imports_as_written(tmp_path, capsys):
    (example,) = _code_blocks(README, "Import a package")
    making, command = example.rstrip().rsplit("\n", 1)
    assert command == ".venv/bin/python manage.py import_documents my-package"
    subprocess.run(["sh", "-e", "-c", making], cwd=tmp_path, check=True)
    call_command("import_documents", tmp_path / "my-package")
    last_line = capsys.readouterr().out.strip().splitlines()[-1]
    assert f"`{last_line}`" in README
    assert Document.objects.published().get().title == "Letter on the control of borders"
