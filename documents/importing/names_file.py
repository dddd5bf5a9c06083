"""Reads an authority file: a list of names in YAML, each with its forms and the words that show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from documents.importing.report import PackageError
from documents.models import NameKind

KEYS = ("slug", "kind", "label", "note", "linked", "forms", "related")
FORM_KEYS = ("text", "evidence", "source")


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A form, and the words of the text in the file `source` that show it; both empty where it is supplied."""

    text: str
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name as the file has it; `related` are slugs."""

    slug: str
    kind: str
    label: str
    note: str = ""
    is_linked: bool = True
    forms: tuple[FormEntry, ...] = ()
    related: tuple[str, ...] = ()


def read_names(path: Path) -> list[NameEntry]:
    """The entries in their order. Raises PackageError with a sentence for the first thing that is wrong."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackageError(f"{path} cannot be read ({error.strerror}). Give the path of a YAML file.") from error
    except UnicodeDecodeError as error:
        raise PackageError(f"{path.name} is not UTF-8. Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark else ""
        raise PackageError(f"{path.name} is not YAML{place}. Quote values that hold a colon.") from error
    names = [_entry(entry, number) for number, entry in enumerate(_list(entries, f"{path.name} as a whole"), start=1)]
    _refuse_repeated([name.slug for name in names], "slug")
    _refuse_repeated([form.text for name in names for form in name.forms], "form")
    return names


def _entry(entry: Any, number: int) -> NameEntry:
    place = f"Name {number}"
    values = _mapping(entry, place, KEYS)
    slug, kind, label = (_text(values, key, place) for key in ("slug", "kind", "label"))
    if not (slug and label):
        raise PackageError(f"{place} lacks a slug or a label. Give it both.")
    if kind not in NameKind.values:
        raise PackageError(f"{place}, {slug}: '{kind}' is no kind of name. Write one of: {', '.join(NameKind.values)}.")
    linked = values.get("linked", True)
    if not isinstance(linked, bool):
        raise PackageError(f"{place}, {slug}: linked is neither true nor false. Write one of them.")
    related = _list(values.get("related") or [], f"{place}, {slug}: related")
    forms = _list(values.get("forms") or [], f"{place}, {slug}: forms")
    return NameEntry(
        slug=slug,
        kind=kind,
        label=label,
        note=_text(values, "note", place),
        is_linked=linked,
        forms=tuple(_form(form, f"{place}, {slug}") for form in forms),
        related=tuple(str(other) for other in related),
    )


def _form(form: Any, place: str) -> FormEntry:
    values = _mapping(form, f"{place}: a form", FORM_KEYS)
    return FormEntry(*(_text(values, key, place) for key in FORM_KEYS))


def _mapping(value: Any, place: str, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PackageError(f"{place} is no mapping. Write `key: value` lines with these keys: {', '.join(keys)}.")
    if unknown := [str(key) for key in value if key not in keys]:
        raise PackageError(f"{place} has an unknown key: {', '.join(unknown)}. Keys: {', '.join(keys)}.")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise PackageError(f"{place} is no list. Begin each of its entries with a hyphen.")
    return value


def _text(values: dict[str, Any], key: str, place: str) -> str:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise PackageError(f"{place}: {key} is no text. Put quotation marks around it.")
    return (value or "").strip()


def _refuse_repeated(values: list[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value.casefold() in seen:
            raise PackageError(f"The file has the {what} “{value}” twice. Keep one.")
        seen.add(value.casefold())
