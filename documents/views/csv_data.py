"""Tables as CSV, the way spreadsheets and statistics programs read it: UTF-8, a line of names, quotes where needed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

# What spreadsheets take for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


class _Lines:
    """A file for csv.writer that gives back each line."""

    def write(self, line: str) -> str:
        return line


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The table as a file of this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8", headers=headers)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The table in lines as RFC 4180 has them, its head first; no cell is run as a formula."""
    writer = csv.writer(_Lines())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])


def safe_cell(cell: str) -> str:
    """The cell, after an apostrophe where a spreadsheet would run it as a formula: it then shows the text alone."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
