"""What an import tells of itself: what it did, and every problem as a sentence that names the file."""

from __future__ import annotations

from dataclasses import dataclass


class PackageError(Exception):
    """The package cannot be imported at all, and nothing was; the message tells the cure."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one record, or why it was left alone. `column` is empty where the file itself is meant."""

    file: str
    sentence: str
    column: str = ""

    def __str__(self) -> str:
        return f"{self.file}, {self.column}: {self.sentence}" if self.column else f"{self.file}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that was not imported, with everything that is wrong with it."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome by record: files as the package names them, in the order of their handling."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: int
    conflicts: tuple[Problem, ...]
    failures: tuple[Failure, ...]

    def __str__(self) -> str:
        return (
            f"created {len(self.created)}, updated {len(self.updated)}, unchanged {self.unchanged}, "
            f"conflict {len(self.conflicts)}, failed {len(self.failures)}"
        )
