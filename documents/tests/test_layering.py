"""Holds the layout over the syntax trees: imports point down, and an engine's name stays inside search."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

# From top to bottom. A module may import from its own room and from every room on a lower floor, never from a
# neighbour on its own floor. The longest name that fits a module tells its room.
FLOORS = (
    {"site": ("ctarchive.urls", "ctarchive.wsgi", "documents.urls", "documents.apps")},
    {
        "views": ("documents.views", "documents.templating"),
        "admin": ("documents.admin",),
        "commands": ("documents.management",),
        "signals": ("documents.signals", "documents.checks"),
    },
    {"start": ("documents.startup",)},
    {"forms": ("documents.forms",), "importing": ("documents.importing",)},
    {"authority file": ("documents.authority",)},
    {"jobs": ("documents.jobs",)},
    {
        "reading": (
            "documents.search.service",
            "documents.search.explain",
            "documents.search.explanation",
            "documents.search.facets",
            "documents.search.gathered",
            "documents.search.labels",
            "documents.search.parameters",
            "documents.search.places",
            "documents.search.variants",
        ),
        "writing": ("documents.search.sync",),
        "judging": ("documents.search.judged", "documents.search.relevance"),
    },
    {
        "choice of engine": ("documents.search.factory",),
        "index records": ("documents.search.records",),
        "results": ("documents.search.results", "documents.search.rows"),
    },
    {"records": ("documents.models", "documents.originals"), "engines": ("documents.search.engines",)},
    {
        "query": (
            "documents.search.query",
            "documents.search.query_leaves",
            "documents.search.query_lexer",
            "documents.search.dates",
        ),
        "completion": ("documents.search.completion",),
        "snippets": ("documents.search.snippets", "documents.search.marks", "documents.search.concordance"),
        "citations": ("documents.citations",),
        "mentions": ("documents.mentions", "documents.linking", "documents.marking"),
        "texts": (
            "documents.rendering",
            "documents.alignment",
            "documents.plain_text",
            "documents.dialect",
            "documents.footnotes",
        ),
        "versions": ("documents.parallel",),
    },
    {
        "schema": ("documents.search.schema", "documents.search.function_words"),
        "symbols": ("documents.symbols", "documents.resolutions"),
    },
    {
        "types": ("documents.search.types", "documents.search.trees"),
        "analysis": ("documents.search.analysis", "documents.search.stemming"),
    },
    {
        "addresses": ("documents.addresses",),
        "caching": ("documents.caching",),
        "dates": ("documents.dates",),
        "folding": ("documents.search.folding",),
        "fixed queries": ("documents.fixed_queries",),
        "numerals": ("documents.numerals",),
        "languages": ("documents.languages",),
        "locks": ("documents.locks",),
        "settings": ("ctarchive.settings",),
        "tag lists": ("documents.tag_lists",),
    },
)
PACKAGES = ("ctarchive", "documents", "documents.search")  # packages without code of their own
ROOMS = {
    prefix: (height, room) for height, rooms in enumerate(FLOORS) for room, names in rooms.items() for prefix in names
}
# Django asks for receivers to be imported there, once the models are loaded.
LATE_IMPORTS_ALLOWED = {"documents.apps"}


def _modules() -> dict[str, tuple[Path, ast.Module]]:
    root = settings.BASE_DIR
    found = {}
    for path in sorted([*(root / "ctarchive").rglob("*.py"), *(root / "documents").rglob("*.py")]):
        parts = path.relative_to(root).with_suffix("").parts
        if "tests" in parts or "migrations" in parts:
            continue
        name = ".".join(parts).removesuffix(".__init__")
        found[name] = (path, ast.parse(path.read_text(encoding="utf-8")))
    return found


MODULES = _modules()


def _imports(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                names.append(whole if whole in MODULES or node.module in PACKAGES else node.module)
    return names


def _room(module: str) -> tuple[int, str] | None:
    while module:
        if module in ROOMS:
            return ROOMS[module]
        module = module.rpartition(".")[0]
    return None


def _may_import(importer: str, imported: str) -> bool:
    (from_floor, from_room), (to_floor, to_room) = _room(importer), _room(imported)
    return from_room == to_room or from_floor < to_floor


def test_every_module_has_a_room():
    homeless = [name for name in MODULES if name not in PACKAGES and _room(name) is None]
    assert not homeless, f"give these a room in FLOORS: {homeless}"


def test_imports_point_down():
    wrong = [
        f"{importer} imports {imported}"
        for importer, (_, tree) in MODULES.items()
        for imported in _imports(tree)
        if _room(importer) and _room(imported) and not _may_import(importer, imported)
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_imports_stand_at_the_top():
    late = [
        f"{name}:{inner.lineno}"
        for name, (_, tree) in MODULES.items()
        if name not in LATE_IMPORTS_ALLOWED
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not late, f"a wanted late import is a layout fault; move the code: {late}"


@pytest.mark.parametrize(
    ("package", "home"),
    [("whoosh", "documents.search.engines.whoosh"), ("opensearchpy", "documents.search.engines.opensearch")],
)
def test_an_engines_package_is_imported_by_that_engine_alone(package, home):
    strangers = [
        name
        for name, (_, tree) in MODULES.items()
        if not name.startswith(home) and any(imported.split(".")[0] == package for imported in _imports(tree))
    ]
    assert not strangers


def test_engines_know_nothing_of_django_models_or_pages():
    strangers = [
        f"{name} imports {imported}"
        for name, (_, tree) in MODULES.items()
        if name.startswith("documents.search.engines")
        for imported in _imports(tree)
        if imported.split(".")[0] == "django"
    ]
    assert not strangers


def test_nothing_outside_search_names_an_engine():
    named = [
        str(path.relative_to(settings.BASE_DIR))
        for name, (path, _) in MODULES.items()
        if not name.startswith("documents.search") and "whoosh" in path.read_text(encoding="utf-8").lower()
    ]
    named += [
        str(path.relative_to(settings.BASE_DIR))
        for path in (settings.BASE_DIR / "templates").rglob("*.*")
        if "whoosh" in path.read_text(encoding="utf-8").lower()
    ]
    assert not named
