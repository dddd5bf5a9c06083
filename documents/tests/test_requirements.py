"""The requirements files name every package with one version and its hashes, and no host."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = PROJECT["project"]["dependencies"]
BENCH = PROJECT["dependency-groups"]["bench"]
DEVELOP = [wanted for wanted in PROJECT["dependency-groups"]["dev"] if isinstance(wanted, str)] + BENCH
FILES = ["requirements.txt", "requirements-dev.txt", "benchmarks/requirements.txt"]


def _entries(name):
    """Each requirement as one line."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _package(requirement):
    return re.match(r"[\w.-]+", requirement)[0].lower()


@pytest.mark.parametrize("name", FILES)
def test_every_package_has_its_version_and_hashes(name):
    pinned = re.compile(r"[\w.-]+==[\w.!+]+( ; [^#]*?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert not [entry for entry in _entries(name) if not pinned.fullmatch(entry)]


@pytest.mark.parametrize(("name", "wanted"), [*zip(FILES, (RUN, RUN + DEVELOP, BENCH), strict=True)])
def test_everything_asked_for_is_pinned(name, wanted):
    assert {_package(requirement) for requirement in wanted} <= {_package(entry) for entry in _entries(name)}


@pytest.mark.parametrize("name", ["requirements.txt", "benchmarks/requirements.txt"])
def test_all_files_pin_the_same_versions(name):
    assert set(_entries(name)) <= set(_entries("requirements-dev.txt"))


def test_direct_dependencies_give_their_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    assert not [line for line in section.splitlines() if line.strip().startswith('"') and "# " not in line]


@pytest.mark.parametrize(
    ("folders", "wanted"), [(("ctarchive", "documents", "deploy"), RUN), (("benchmarks",), RUN + BENCH)]
)
def test_what_the_code_imports_is_asked_for_by_name(folders, wanted):
    ours = {"benchmarks", "ctarchive", "documents"}
    imported = {
        name.split(".")[0]
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    distributions = packages_distributions()
    foreign = imported - ours - set(sys.stdlib_module_names)
    asked = {_package(requirement) for requirement in wanted}
    assert not [name for name in foreign if not asked & {found.lower() for found in distributions.get(name, [])}]


def _names(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) else []
