"""A folder or a zip of files, opened alike. No path leaves it, and no file is read before its size is known."""

from __future__ import annotations

import posixpath
import unicodedata
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath

from django.conf import settings

from documents.importing.report import PackageError

MAX_PACKAGE_BYTES = (
    20_000_000_000  # unpacked; a hundred thousand speeches have 2 GB, so more is a zip bomb or a mistake
)
MAX_FILES = 1_000_000
ENCRYPTED = 0x1  # bit 0 of a zip member's flags (APPNOTE 4.4.4)
LEFT_BY_MACHINES = {"__MACOSX", "Thumbs.db", "desktop.ini"}


class FileError(Exception):
    """One file of the package cannot be used; the message is a sentence without the file's name."""


class Package(ABC):
    """Files by their paths: `/` between folders, relative to the package, in the Unicode form NFC.

    `refused` holds the paths that may not be read, each with the reason.
    """

    may_be_wrapped = False  # in a folder of its own, which is no part of the paths

    def __init__(self, name: str, members: list[str], refused: dict[str, str]) -> None:
        """members: the files as the folder or zip itself names them."""
        kept = [member for member in members if not _is_left_by_machines(normal_path(member))]
        around = _lone_folder([normal_path(member) for member in kept]) if self.may_be_wrapped else ""
        paths = {member: normal_path(member)[len(around) :] for member in kept}
        twice = _alike(paths.values())
        self.name = around.rstrip("/") or name
        self.refused = {path: problem for path, problem in refused.items() if not _is_left_by_machines(path)} | twice
        self._members = {path: member for member, path in paths.items() if path not in twice}

    @property
    def files(self) -> list[str]:
        return sorted(self._members)

    def __contains__(self, path: str) -> bool:
        return path in self._members

    def read(self, path: str, limit: int | None = None) -> bytes:
        """The file's bytes. Raises FileError where it is absent, refused, damaged or too large.

        limit: in bytes; MAX_TEXT_BYTES where none is given.
        """
        if path in self.refused:
            raise FileError(self.refused[path])
        if path not in self._members:
            raise FileError(path_problem(path) or f"The package holds no such file{self._hint(path)}.")
        limit = limit or settings.MAX_TEXT_BYTES
        size, content = self._read(self._members[path], limit)
        if size > limit:
            raise FileError(
                f"The file has {size / 1_000_000:.1f} MB; at most {limit // 1_000_000} MB are taken. "
                "Divide it into documents."
            )
        return content

    def _hint(self, path: str) -> str:
        close = next((held for held in self._members if held.casefold() == path.casefold()), None)
        return f"; it holds {close}. Write the name in the same case" if close else ""

    @abstractmethod
    def _read(self, member: str, limit: int) -> tuple[int, bytes]:
        """The file's size in bytes, and its content, which is cut short above the limit."""


class Folder(Package):
    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        members, refused = [], {}
        for place in _files_below(self._root):
            path = place.relative_to(self._root).as_posix()
            if place.is_symlink() and not place.resolve().is_relative_to(self._root):
                refused[path] = "This is a link that leaves the package. Put the file itself there."
            else:
                members.append(path)
        super().__init__(self._root.name, members, refused)

    def _read(self, member: str, limit: int) -> tuple[int, bytes]:
        place = self._root / member
        try:
            size = place.stat().st_size
            return size, place.read_bytes() if size <= limit else b""
        except OSError as error:
            raise FileError(f"The file cannot be read ({error.strerror}).") from error


class Zip(Package):
    may_be_wrapped = True  # many programs put the folder itself into a zip

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for info in infos) > MAX_PACKAGE_BYTES:
            raise PackageError(f"{path} unpacks to more than {MAX_PACKAGE_BYTES // 10**9} GB. Divide it.")
        members, refused = [], {}
        for info in infos:
            if problem := _member_problem(info):
                refused[info.filename] = problem
            else:
                members.append(info.filename)
        super().__init__(path.stem, members, refused)

    def _read(self, member: str, limit: int) -> tuple[int, bytes]:
        info = self._archive.getinfo(member)
        if info.file_size > limit:
            return info.file_size, b""
        try:
            with self._archive.open(info) as file:
                content = file.read(limit + 1)  # a zip may lie about sizes
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise FileError(f"The zip is damaged here ({error}). Make the zip anew.") from error
        return len(content), content


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The folder or zip at this path. Raises PackageError where there is none, or it cannot be read."""
    if path.is_dir():
        yield _held_to_limits(Folder(path))
    elif not path.exists():
        raise PackageError(f"There is no folder or zip at {path}. Check the path.")
    elif not zipfile.is_zipfile(path):
        raise PackageError(f"{path} is neither a folder nor a zip. Put the texts into a folder with metadata.csv.")
    else:
        with _opened(path) as archive:
            yield _held_to_limits(Zip(path, archive))


def normal_path(path: str) -> str:
    """The one spelling of a path: without `./` and `//`, composed (macOS hands out decomposed names)."""
    return unicodedata.normalize("NFC", posixpath.normpath(path))


def path_problem(path: str) -> str:
    """Why a path may not be followed, as a sentence; empty where it stays inside the package."""
    windows = PureWindowsPath(path)
    if ".." in windows.parts or windows.root or windows.drive:
        return "The path leaves the package. Name files relative to the package's folder."
    if "\\" in path:
        return "The path holds a backslash. Write / between folder and file."
    if any(not character.isprintable() for character in path):
        return "The path holds a character that cannot be printed. Rename the file."
    return ""


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise PackageError(f"{path} cannot be read as a zip ({error}). Make the zip anew.") from error


def _held_to_limits(package: Package) -> Package:
    if len(package.files) > MAX_FILES:
        raise PackageError(f"The package holds more than {MAX_FILES:,} files. Divide it.")
    return package


def _files_below(root: Path) -> Iterator[Path]:
    return (place for place in sorted(root.rglob("*")) if place.is_symlink() or place.is_file())


def _member_problem(info: zipfile.ZipInfo) -> str:
    # The name as the zip has it: Python cuts names at NUL and turns the machine's own separator into /.
    if problem := path_problem(info.orig_filename):
        return problem
    if info.flag_bits & ENCRYPTED:
        return "The file is encrypted. Make the zip without a password."
    return ""


def _is_left_by_machines(path: str) -> bool:
    return any((part.startswith(".") and part != "..") or part in LEFT_BY_MACHINES for part in path.split("/"))


def _lone_folder(paths: list[str]) -> str:
    """The folder around everything, with its /; empty where there is none."""
    tops = {path.partition("/")[0] for path in paths}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in path for path in paths) else ""


def _alike(paths: Iterable[str]) -> dict[str, str]:
    """Paths that some file systems cannot tell apart, each with the reason why it is refused."""
    paths = list(paths)
    spellings = Counter(path.casefold() for path in paths)
    twice = (path for path in paths if spellings[path.casefold()] > 1)
    return dict.fromkeys(twice, "Another file has this name, or differs from it in case alone. Rename one of them.")
