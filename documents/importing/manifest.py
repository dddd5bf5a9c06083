"""What a package says of its documents: the rows of metadata.csv, and the front matter of Markdown files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath

from documents.importing.front_matter import read_head, split_head
from documents.importing.package import FileError, Package, normal_path, path_problem
from documents.importing.readers import decode, is_markdown, is_text
from documents.importing.report import Failure, PackageError, Problem

MANIFEST = "metadata.csv"
NAMES = "names.yaml"  # an authority file, which import_names takes
MAX_MANIFEST_BYTES = 200_000_000  # a hundred thousand rows have 25 MB
REQUIRED_COLUMNS = ("file", "title")
ABOUT_THE_PACKAGE = {"readme", "license", "licence"}  # files at its top that are no documents unless a row says so


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """One document as the package describes it, every value as written there. The fields are the known columns."""

    file: str
    title: str
    date: str = ""
    creator: str = ""
    publisher: str = ""
    type: str = ""
    language: str = ""
    place: str = ""
    tags: tuple[str, ...] = ()
    collection: str = ""
    identifier: str = ""
    source: str = ""
    rights: str = ""
    title_basis: str = ""
    date_kind: str = ""
    date_basis: str = ""
    date_note: str = ""
    original: str = ""
    sha256: str = ""
    relations: tuple[str, ...] = ()
    lacunae: tuple[str, ...] = ()
    path: str = ""  # where the file is; differs from `file` where front matter keeps the name of a former package
    has_front_matter: bool = False


COLUMNS = tuple(field.name for field in fields(PackageRecord) if field.name not in ("path", "has_front_matter"))
LIST_COLUMNS = ("tags", "relations", "lacunae")
PATH_COLUMNS = ("file", "original")


@dataclass(frozen=True, slots=True)
class Manifest:
    records: tuple[PackageRecord, ...]
    failures: tuple[Failure, ...]


def read_manifest(package: Package) -> Manifest:
    """All records of a package, and the files of which none can be made.

    Raises PackageError where metadata.csv cannot be understood as a whole, or the package describes no document.
    """
    rows = _rows(package) if MANIFEST in package or MANIFEST in package.refused else []
    heads, problems = _front_matter(package, {row.path for row in rows})
    records = [_in_collection(record, package) for record in rows + heads]
    problems |= _repeated(records) | _stray(package, records, problems)
    problems |= {path: [Problem(path, sentence)] for path, sentence in package.refused.items() if path not in problems}
    if not records and not problems:
        raise PackageError(f"The package holds no document. Put texts into it and describe them in {MANIFEST}.")
    sound = tuple(record for record in records if record.file not in problems)
    return Manifest(sound, tuple(Failure(file, tuple(found)) for file, found in sorted(problems.items())))


def _in_collection(record: PackageRecord, package: Package) -> PackageRecord:
    """Where no collection is named, the package is one: records of two packages never get into each other's way."""
    return record if record.collection else replace(record, collection=package.name)


# --- metadata.csv ---


def _rows(package: Package) -> list[PackageRecord]:
    try:
        text = decode(package.read(MANIFEST, limit=MAX_MANIFEST_BYTES))
    except FileError as error:
        raise PackageError(f"{MANIFEST}: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = _checked_columns([cell.strip() for cell in next(reader, [])])
        return [_row(columns, cells, reader.line_num) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise PackageError(
            f"{MANIFEST}, line {reader.line_num}: this is not CSV ({error}). Check the quotes."
        ) from error


def _checked_columns(columns: list[str]) -> list[str]:
    known = ", ".join(COLUMNS)
    if unknown := [column for column in columns if column not in COLUMNS]:
        names = ", ".join(f"'{name}'" for name in unknown)
        raise PackageError(f"{MANIFEST} has an unknown column: {names}. Columns, divided by commas: {known}.")
    if missing := [column for column in REQUIRED_COLUMNS if column not in columns]:
        raise PackageError(f"{MANIFEST} lacks the column: {', '.join(missing)}. Columns, divided by commas: {known}.")
    if twice := [column for column, count in Counter(columns).items() if count > 1]:
        raise PackageError(f"{MANIFEST} has a column twice: {', '.join(twice)}. Keep one.")
    return columns


def _row(columns: list[str], cells: list[str], line: int) -> PackageRecord:
    if len(cells) > len(columns):
        raise PackageError(
            f"{MANIFEST}, line {line}: {len(cells)} values for {len(columns)} columns. Quote values that hold a comma."
        )
    values: dict[str, str | list[str]] = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    if not values.get("file"):
        raise PackageError(f"{MANIFEST}, line {line}: the file is not named. Fill the column file.")
    return _record(values)


def _record(values: dict[str, str | list[str]], head_of: str = "") -> PackageRecord:
    """head_of: the Markdown file whose front matter the values are; empty where they are a row."""
    texts = {column: _text(column, values.get(column, "")) for column in COLUMNS if column not in LIST_COLUMNS}
    lists = {column: _list(values.get(column, "")) for column in LIST_COLUMNS}
    for column in PATH_COLUMNS:
        if texts[column] and not path_problem(texts[column]):
            texts[column] = normal_path(texts[column])
    texts["file"] = texts["file"] or head_of
    return PackageRecord(**texts, **lists, path=head_of or texts["file"], has_front_matter=bool(head_of))  # type: ignore[arg-type]


def _text(column: str, value: str | list[str]) -> str:
    """In one line, but for the evidence of a date, which may have several."""
    text = value if isinstance(value, str) else "; ".join(value)
    return text.strip() if column == "date_note" else " ".join(text.split())


def _list(value: str | list[str]) -> tuple[str, ...]:
    parts = value.split(";") if isinstance(value, str) else value
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


# --- Front matter ---


def _front_matter(package: Package, described: set[str]) -> tuple[list[PackageRecord], dict[str, list[Problem]]]:
    records, problems = [], {}
    for path in package.files:
        if not is_markdown(path) or path in described:
            continue
        try:
            record = _record_in(path, decode(package.read(path)))
        except FileError as error:
            problems[path] = [Problem(path, str(error))]
        else:
            records += [record] if record else []
    return records, problems


def _record_in(path: str, text: str) -> PackageRecord | None:
    head, _ = split_head(text)
    if head is None:
        return None
    values = read_head(head)
    if unknown := [key for key in values if key not in COLUMNS]:
        names = ", ".join(f"'{key}'" for key in unknown)
        raise FileError(f"The front matter has an unknown key: {names}. Keys: {', '.join(COLUMNS)}.")
    return _record(values, head_of=path)


# --- What does not fit together ---


def _repeated(records: list[PackageRecord]) -> dict[str, list[Problem]]:
    counts = Counter((record.collection, record.file) for record in records)
    return {
        file: [Problem(file, f"The package describes this file {count} times. Keep one description.", "file")]
        for (_, file), count in counts.items()
        if count > 1
    }


def _stray(package: Package, records: list[PackageRecord], known: dict[str, list[Problem]]) -> dict[str, list[Problem]]:
    """Files of which nothing says what they are."""
    described = {record.path for record in records} | {record.original for record in records}
    named = described | {MANIFEST, NAMES} | known.keys()
    return {
        path: [Problem(path, _cure(path))]
        for path in package.files
        if path not in named and not _is_about_the_package(path)
    }


def _cure(path: str) -> str:
    if is_markdown(path):
        return f"Nothing describes this file. Give it front matter with a title, or a row in {MANIFEST}."
    if is_text(path):
        return f"Nothing describes this file. Give it a row in {MANIFEST}, or name it there as an original."
    return "This is neither .txt nor .md. Convert it, name it as the original of a document, or take it out."


def _is_about_the_package(path: str) -> bool:
    return "/" not in path and PurePosixPath(path).stem.lower() in ABOUT_THE_PACKAGE
