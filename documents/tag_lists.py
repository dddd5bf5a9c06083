"""Tags as an editor writes them on one line: divided by commas, with quotes only around a tag that holds a comma.

taggit's own reading also divides at blanks where there is no comma, and so makes two tags of "border security".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Protocol


class Named(Protocol):
    name: str


def split_tags(line: str) -> list[str]:
    """The tags written on the line, each once, in the order of the alphabet, as taggit wants them."""
    cells = next(csv.reader([" ".join(line.split())], skipinitialspace=True), [])
    return sorted({" ".join(cell.split()) for cell in cells} - {""})


def join_tags(tags: Iterable[Named]) -> str:
    """The line that split_tags() reads back."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(sorted(tag.name for tag in tags))
    return line.getvalue().replace(",", ", ") if '"' not in line.getvalue() else line.getvalue()
