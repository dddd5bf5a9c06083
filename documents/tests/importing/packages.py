"""Import packages for tests: a folder of files, described by rows where any are given, and the same folder as a zip."""

import csv
import shutil
from pathlib import Path

CORPORA = Path(__file__).parent.parent / "corpora"


def make_package(folder, files, rows=()):
    """files: content (text or bytes) by path. rows: for metadata.csv, with the columns of all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    if rows:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def one_text(folder, *, content="Words of the text.", file="a.txt", **columns):
    """A package of one text with one row."""
    return make_package(folder, {file: content}, [{"file": file, "title": "A title", **columns}])


def zipped(folder, *, inside=""):
    """The folder as a zip beside it; inside: a folder of the zip that everything is put into."""
    if not inside:
        return Path(shutil.make_archive(str(folder), "zip", folder))
    holder = folder.parent / f"{folder.name}-holder"
    shutil.copytree(folder, holder / inside)
    return Path(shutil.make_archive(str(folder.parent / f"{folder.name}-inside"), "zip", holder))
