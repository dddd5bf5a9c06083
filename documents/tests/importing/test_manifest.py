"""What a package says of its documents, and what does not fit together in it."""

import pytest

from documents.importing.manifest import COLUMNS, read_manifest
from documents.importing.package import open_package
from documents.importing.report import PackageError
from documents.tests.importing.packages import make_package, one_text

KNOWN = ", ".join(COLUMNS)


def manifest_of(folder):
    with open_package(folder) as package:
        return read_manifest(package)


def only(folder):
    (record,) = manifest_of(folder).records
    return record


def refusal(folder):
    with pytest.raises(PackageError) as caught:
        manifest_of(folder)
    return str(caught.value)


def failures(folder):
    return {failure.file: [str(problem) for problem in failure.problems] for failure in manifest_of(folder).failures}


def test_the_columns_are_those_of_the_design():
    assert (
        *("file", "title", "date", "creator", "publisher", "type", "language", "place", "tags", "collection"),
        *("identifier", "source", "rights", "title_basis", "date_kind", "date_basis", "date_note", "original"),
        *("sha256", "relations", "lacunae"),
    ) == COLUMNS


def test_a_row_is_read_whole(tmp_path):
    record = only(one_text(tmp_path / "p", tags="one; two;one;", date=" 2001 ", title="A\n title", collection="C"))
    assert (record.file, record.title, record.date, record.tags) == ("a.txt", "A title", "2001", ("one", "two"))
    assert record.collection == "C"
    assert not record.has_front_matter


def test_a_package_without_a_collection_is_one(tmp_path):
    assert only(one_text(tmp_path / "speeches")).collection == "speeches"


def test_a_byte_order_mark_and_short_rows_do_no_harm(tmp_path):
    folder = make_package(tmp_path / "p", {"a.txt": "x", "metadata.csv": "\ufefffile,title,date\na.txt,A\n\n"})
    assert only(folder).title == "A"


def test_a_table_may_be_larger_than_a_text(tmp_path, settings):
    settings.MAX_TEXT_BYTES = 10
    assert only(one_text(tmp_path / "p")).title == "A title"


def test_front_matter_needs_no_row(tmp_path):
    head = "---\ntitle: A\ndate: [2018..]\ntags:\n- x\n- y\n---\nText"
    record = only(make_package(tmp_path / "p", {"sub/a.md": head}))
    assert (record.file, record.path, record.date, record.tags) == ("sub/a.md", "sub/a.md", "[2018..]", ("x", "y"))
    assert record.has_front_matter


def test_front_matter_may_keep_the_name_that_the_file_had(tmp_path):
    record = only(make_package(tmp_path / "p", {"download.md": "---\nfile: 000.md\ntitle: A\n---\nText"}))
    assert (record.file, record.path) == ("000.md", "download.md")


@pytest.mark.parametrize(
    ("csv", "sentence"),
    [
        (
            "file,title,autor\na.txt,A,B\n",
            f"metadata.csv has an unknown column: 'autor'. Columns, divided by commas: {KNOWN}.",
        ),
        (
            "file;title\na.txt;A\n",
            f"metadata.csv has an unknown column: 'file;title'. Columns, divided by commas: {KNOWN}.",
        ),
        ("file,date\na.txt,2001\n", f"metadata.csv lacks the column: title. Columns, divided by commas: {KNOWN}."),
        ("", f"metadata.csv lacks the column: file, title. Columns, divided by commas: {KNOWN}."),
        ("file,title,title\na.txt,A,B\n", "metadata.csv has a column twice: title. Keep one."),
        (
            "file,title\na.txt,A, B\n",
            "metadata.csv, line 2: 3 values for 2 columns. Quote values that hold a comma.",
        ),
        ("file,title\n,A\n", "metadata.csv, line 2: the file is not named. Fill the column file."),
        (
            'file,title\na.txt,"A\n',
            "metadata.csv, line 2: this is not CSV (unexpected end of data). Check the quotes.",
        ),
        (b"file,title\na.txt,\xe9\n", "metadata.csv: Byte 17 (0xE9) is not UTF-8. Save it as UTF-8."),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused_whole(tmp_path, csv, sentence):
    assert refusal(make_package(tmp_path / "p", {"a.txt": "x", "metadata.csv": csv})) == sentence


def test_an_empty_package_is_refused(tmp_path):
    assert refusal(make_package(tmp_path / "p", {})) == (
        "The package holds no document. Put texts into it and describe them in metadata.csv."
    )


def test_a_file_twice(tmp_path):
    rows = [{"file": "a.txt", "title": "A"}, {"file": "./a.txt", "title": "B"}, {"file": "b.txt", "title": "C"}]
    folder = make_package(tmp_path / "p", {"a.txt": "x", "b.txt": "y"}, rows)
    assert failures(folder) == {
        "a.txt": ["a.txt, file: The package describes this file 2 times. Keep one description."]
    }
    assert [record.file for record in manifest_of(folder).records] == ["b.txt"]


def test_files_that_nothing_describes(tmp_path):
    files = {"a.txt": "x", "b.txt": "x", "c.md": "x", "d.pdf": "x", "sources/e.pdf": "x", "README.md": "x"}
    folder = make_package(tmp_path / "p", files, [{"file": "a.txt", "title": "A", "original": "sources/e.pdf"}])
    assert failures(folder) == {
        "b.txt": [
            "b.txt: Nothing describes this file. Give it a row in metadata.csv, or name it there as an original."
        ],
        "c.md": ["c.md: Nothing describes this file. Give it front matter with a title, or a row in metadata.csv."],
        "d.pdf": [
            "d.pdf: This is neither .txt nor .md. Convert it, name it as the original of a document, or take it out."
        ],
    }


def test_an_unknown_key_of_front_matter(tmp_path):
    folder = make_package(tmp_path / "p", {"a.md": "---\ntitle: A\nautor: B\n---\nText"})
    assert failures(folder) == {"a.md": [f"a.md: The front matter has an unknown key: 'autor'. Keys: {KNOWN}."]}
