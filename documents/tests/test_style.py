"""Holds what STYLE asks of every file: sizes, docstrings, and templates without rules, scripts or unsafe output."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.conf import settings

LONGEST_FILE = 350  # lines
LONGEST_TEST_FILE = 600
LONGEST_FUNCTION = 60

ROOT = settings.BASE_DIR
FOLDERS = ("benchmarks", "ctarchive", "deploy", "documents")
SOURCES = {
    path.relative_to(ROOT): path.read_text(encoding="utf-8")
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
}
TEMPLATES = {
    path.relative_to(ROOT): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.is_file()
}


def _is_test(path: Path) -> bool:
    return "tests" in path.parts


def _matches(pattern: str) -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} {match[0]}"
        for path, text in TEMPLATES.items()
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]


def test_files_can_be_read_in_one_go():
    long = [
        f"{path} has {text.count(chr(10))} lines"
        for path, text in SOURCES.items()
        if text.count("\n") > (LONGEST_TEST_FILE if _is_test(path) else LONGEST_FILE)
    ]
    assert not long


def test_functions_fit_in_the_eye():
    long = [
        f"{path}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path, text in SOURCES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_every_module_says_what_it_is():
    assert not [str(path) for path, text in SOURCES.items() if text.strip() and not ast.get_docstring(ast.parse(text))]


def test_templates_trust_only_html_made_at_save_or_by_the_service():
    # Sanitised and stored at save, or escaped by search.snippets: such fields are named *_html, or html in a passage.
    trusted = re.compile(r"(\w+_html|\.html|^html)$")
    unsafe = [
        match
        for match in _matches(r"[\w.]+\s*\|\s*(safe|safeseq)\b")
        if not trusted.search(match.split(" ", 1)[1].split("|")[0].strip())
    ]
    assert not unsafe
    assert not _matches(r"\{%\s*autoescape\s+off")


def test_templates_carry_no_script_or_style_of_their_own():
    inline = _matches(r"<style\b|\sstyle\s*=\s*[\"']|\son\w+\s*=\s*[\"']|javascript:")
    inline += _matches(r"<script\b(?![^>]*\ssrc=)(?![^>]*type=\"application/(ld\+)?json\")")
    assert not inline


def test_pages_fetch_nothing_from_other_hosts():
    assert not _matches(r"<(script|img|iframe|source|video|audio)\b[^>]*\ssrc=[\"'](https?:)?//")
    assert not _matches(r"<link\b[^>]*rel=[\"'](stylesheet|preload|icon|preconnect)[\"'][^>]*href=[\"'](https?:)?//")
    imported = [
        path.name
        for path in (ROOT / "static").rglob("*.css")
        if re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text(encoding="utf-8"))
    ]
    assert not imported
