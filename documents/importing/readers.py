"""Files to text: encodings are recognised or refused, never guessed; plain text becomes canonical Markdown."""

from __future__ import annotations

import codecs
from pathlib import PurePosixPath

from documents.importing.package import FileError
from documents.plain_text import to_markdown

MARKDOWN_ENDINGS = (".md", ".markdown")
TEXT_ENDINGS = (".txt", *MARKDOWN_ENDINGS)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_text(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in TEXT_ENDINGS


def is_markdown(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in MARKDOWN_ENDINGS


def decode(content: bytes) -> str:
    """The words of UTF-8, or of UTF-16 that begins with its mark; lines end in a line feed.

    Raises FileError, which names the first byte that cannot be read, counted from 0.
    """
    encoding = "utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + (len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0)
        raise FileError(
            f"Byte {offset} (0x{content[offset]:02X}) is not {encoding.removesuffix('-sig').upper()}. Save it as UTF-8."
        ) from error
    if (place := text.find("\x00")) >= 0:
        raise FileError(f"Character {place} is NUL, which no text holds. Save it as UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def to_canonical(path: str, text: str) -> str:
    """The canonical Markdown edition of a decoded text, without blanks around it: a form of admin cuts them too."""
    return (text if is_markdown(path) else to_markdown(text)).strip()
