"""A record of a package made into a document, with every problem told at once. The rules are those of the models."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import TextChoices

from documents import originals
from documents.importing.front_matter import read_head, split_head
from documents.importing.manifest import MANIFEST, PackageRecord
from documents.importing.package import FileError, Package
from documents.importing.readers import decode, is_markdown, is_text, to_canonical
from documents.importing.report import Problem
from documents.models import Collection, DateBasis, DateKind, Document, Name, Relation, RelationTerm, Tag, TitleBasis

SAME_NAMED = ("title", "date", "creator", "type", "place", "identifier", "source", "rights", "date_note")
CHOICES: dict[str, type[TextChoices]] = {"title_basis": TitleBasis, "date_kind": DateKind, "date_basis": DateBasis}
DEFAULT_CHOICES = {
    "title_basis": TitleBasis.PRINTED,
    "date_kind": DateKind.ISSUED,
    "date_basis": DateBasis.SUPPLIED,  # nobody says that it was seen in the text
}
DEFAULT_LANGUAGE = "en"
COLUMN_OF_FIELD = {"source_file": "file", "original_name": "original", "text": ""}
MADE_LATER = {"collection", "issuing_body", "slug", "uuid"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sources:
    """The bytes of a record. `original` is None where the archive holds it and the package does not."""

    content: bytes
    original: bytes | None
    original_sha256: str

    def digest(self, record: PackageRecord) -> str:
        """SHA-256 of all that the package says of the record: the same digest, nothing to import."""
        said = [*astuple(record), originals.digest_of(self.content), self.original_sha256]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


class RecordError(Exception):
    """A record cannot be imported; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = tuple(problems)


def read_sources(package: Package, record: PackageRecord) -> Sources:
    """Read the record's text and original. Raises RecordError, with the problems of its other columns too."""
    problems: list[Problem] = []
    content = _read(package, record, "file", record.path, problems)
    if not is_text(record.path):
        content, problems = None, [Problem(record.file, "Only .txt and .md are taken. Convert the file.", "file")]
    original, sha256 = content, record.sha256.lower()
    if record.original and record.original not in package and _is_kept(sha256):
        original = None
    elif record.original:
        original = _read(package, record, "original", record.original, problems)
    if original is not None:
        sha256 = originals.digest_of(original)
        problems += _wrong_sha256(record, sha256)
    if problems or content is None:
        raise RecordError(problems + _complete(Document(), record, content))
    return Sources(content, original, sha256)


def make_document(document: Document, record: PackageRecord, sources: Sources) -> None:
    """Write the record into the document, unsaved. Raises RecordError where it breaks the rules of the models."""
    _describe_original(document, record, sources)
    if problems := _complete(document, record, sources.content):
        raise RecordError(problems)


# --- Reading ---


def _read(package: Package, record: PackageRecord, column: str, path: str, problems: list[Problem]) -> bytes | None:
    try:
        return package.read(path)
    except FileError as error:
        problems.append(Problem(record.file, str(error), column))
        return None


def _is_kept(sha256: str) -> bool:
    return _SHA256.fullmatch(sha256) is not None and originals.is_kept(sha256)


def _wrong_sha256(record: PackageRecord, found: str) -> list[Problem]:
    if not record.sha256 or record.sha256.lower() == found:
        return []
    name = record.original or record.file
    sentence = f"{name} has the SHA-256 {found}, not {record.sha256}. Put the right file there, or correct the sum."
    return [Problem(record.file, sentence, "sha256")]


def _text(record: PackageRecord, content: bytes) -> str:
    text = decode(content)
    if is_markdown(record.path):
        head, body = split_head(text)
        if record.has_front_matter:
            text = body
        elif head is not None and _is_front_matter(head):
            raise FileError(f"A row of {MANIFEST} describes this file, and so does its front matter. Keep one of them.")
    return to_canonical(record.path, text)


def _is_front_matter(head: str) -> bool:
    try:
        return bool(read_head(head))
    except FileError:  # words between two rules
        return False


# --- Filling ---


def _describe_original(document: Document, record: PackageRecord, sources: Sources) -> None:
    document.original_sha256 = sources.original_sha256
    if sources.original is not None:
        originals.describe(document, PurePosixPath(record.original or record.path).name, sources.original)
    else:
        document.original_name = PurePosixPath(record.original).name
        document.original_size = originals.size_of(sources.original_sha256)


def _fill_columns(document: Document, record: PackageRecord) -> None:
    for column in SAME_NAMED:
        setattr(document, column, getattr(record, column))
    for column, choices in CHOICES.items():
        setattr(document, column, _choice(choices, getattr(record, column)) or DEFAULT_CHOICES[column])
    document.language = record.language or DEFAULT_LANGUAGE
    document.lacunae = "\n".join(record.lacunae)
    document.source_file = record.file


def _choice(choices: type[TextChoices], value: str) -> str:
    """The choice meant by its value or by the words that pages show for it; anything else as it is."""
    folded = value.casefold()
    return next((choice.value for choice in choices if folded in (choice.value, choice.label.casefold())), value)


# --- Checking ---


def _complete(document: Document, record: PackageRecord, content: bytes | None) -> list[Problem]:
    """Fill columns and text; returns what is wrong with them. No content: the text is not looked at."""
    _fill_columns(document, record)
    problems, unread = [], {"text"}
    if content is not None:
        try:
            document.text, unread = _text(record, content), set()
        except FileError as error:
            problems.append(Problem(record.file, str(error)))
    return [*problems, *_problems_of(document, record.file, exclude=unread), *_problems_beside(record)]


def _problems_beside(record: PackageRecord) -> Iterator[Problem]:
    """What is wrong with the columns that become records of their own."""
    yield from _problems_of(Collection(title=record.collection), record.file, all_in="collection")
    if record.publisher:
        yield from _problems_of(Name(label=record.publisher), record.file, all_in="publisher")
    for tag in record.tags:
        yield from _problems_of(Tag(name=tag), record.file, all_in="tags")
    for relation in record.relations:
        term, _, target = relation.partition(" ")
        if not target:
            sentence = f"'{relation}' is no relation. Write a term and a target, such as: references S/RES/1373(2001)."
            yield Problem(record.file, sentence, "relations")
        else:
            yield from _problems_of(
                Relation(term=term, target_text=target), record.file, exclude={"document", "target"}, all_in="relations"
            )


def _problems_of(
    instance: models.Model, file: str, *, exclude: set[str] | None = None, all_in: str = ""
) -> Iterator[Problem]:
    """What the model itself refuses. all_in: the column that the whole instance was made from."""
    left_out = MADE_LATER | (exclude or set())
    try:
        instance.full_clean(exclude=left_out, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for field, errors in error.error_dict.items():
            if field not in left_out:
                column = all_in or COLUMN_OF_FIELD.get(field, field)
                yield from (Problem(file, sentence, column) for sentence in _sentences(instance, field, errors))


def _sentences(instance: models.Model, field: str, errors: list[ValidationError]) -> Iterator[str]:
    for error in errors:
        if error.code == "invalid_choice":
            known = RelationTerm if isinstance(instance, Relation) else CHOICES[field]
            yield f"'{getattr(instance, field)}' is not known here. Write one of: {', '.join(known.values)}."
        elif error.code == "blank" and len(errors) == 1:
            yield "This is empty. Fill it in."
        elif error.code != "blank":
            yield from error.messages
