"""Every rule that a record can break, each with its sentence, and all of them at once."""

import hashlib

import pytest

from documents import originals
from documents.importing.manifest import read_manifest
from documents.importing.package import open_package
from documents.importing.validation import RecordError, make_document, read_sources
from documents.models import Document
from documents.tests.importing.packages import make_package, one_text

pytestmark = pytest.mark.django_db
SHA256_OF_X = hashlib.sha256(b"x").hexdigest()


def document_of(folder):
    with open_package(folder) as package:
        (record,) = read_manifest(package).records
        document = Document()
        make_document(document, record, read_sources(package, record))
        return document


def problems(folder):
    with pytest.raises(RecordError) as caught:
        document_of(folder)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("language", "English", "'English' is not a language tag. Write one such as en, fr, ar or zh-Hans."),
        ("date_kind", "spoken", "'spoken' is not known here. Write one of: issued, updated, delivered, written."),
        ("date_basis", "guess", "'guess' is not known here. Write one of: printed, inferred, supplied."),
        ("title_basis", "mine", "'mine' is not known here. Write one of: printed, supplied."),
        ("title", "", "This is empty. Fill it in."),
        ("title", "a" * 501, "Ensure this value has at most 500 characters (it has 501)."),
        ("collection", "a" * 251, "Ensure this value has at most 250 characters (it has 251)."),
        ("publisher", "a" * 251, "Ensure this value has at most 250 characters (it has 251)."),
        ("tags", "a" * 101, "Ensure this value has at most 100 characters (it has 101)."),
        (
            "relations",
            "cites",
            "'cites' is no relation. Write a term and a target, such as: references S/RES/1373(2001).",
        ),
        (
            "relations",
            "cites S/RES/1373",
            "'cites' is not known here. Write one of: relation, isPartOf, hasPart, references, isReferencedBy, "
            "isVersionOf, hasVersion, isTranslationOf, hasTranslation, replaces, isReplacedBy.",
        ),
        ("original", "b.pdf", "The package holds no such file."),
        ("original", "../b.pdf", "The path leaves the package. Name files relative to the package's folder."),
        (
            "sha256",
            "abc",
            f"a.txt has the SHA-256 {hashlib.sha256(b'Words of the text.').hexdigest()}, not abc. "
            "Put the right file there, or correct the sum.",
        ),
    ],
)
def test_a_column_that_cannot_be_kept(tmp_path, column, value, sentence):
    assert problems(one_text(tmp_path / "p", **{column: value})) == [f"a.txt, {column}: {sentence}"]


def test_a_date_that_is_none(tmp_path):
    (problem,) = problems(one_text(tmp_path / "p", date="2001-13"))
    assert problem.startswith("a.txt, date: '2001-13' ")


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("a.txt", " \n", "a.txt: The text is empty. A document needs its words."),
        ("a.txt", b"Gen\xe8ve", "a.txt: Byte 3 (0xE8) is not UTF-8. Save it as UTF-8."),
        ("a.txt", b"a\x00b", "a.txt: Character 1 is NUL, which no text holds. Save it as UTF-8."),
        (
            "a.md",
            "Words\n\n<script>alert(1)</script>",
            "a.md: Line 3 holds HTML (<script>). A text is Markdown without HTML; write \\< for the sign itself.",
        ),
        (
            "a.md",
            "---\ntitle: B\n---\nText",
            "a.md: A row of metadata.csv describes this file, and so does its front matter. Keep one of them.",
        ),
    ],
)
def test_a_text_that_cannot_be_kept(tmp_path, file, content, sentence):
    assert sentence in problems(one_text(tmp_path / "p", file=file, content=content))


def test_fifty_megabytes(tmp_path):
    assert problems(one_text(tmp_path / "p", content=b"a" * 50_000_000)) == [
        "a.txt, file: The file has 50.0 MB; at most 10 MB are taken. Divide it into documents."
    ]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("none.txt", "The package holds no such file."),
        ("../a.txt", "The path leaves the package. Name files relative to the package's folder."),
        ("metadata.csv", "Only .txt and .md are taken. Convert the file."),
    ],
)
def test_a_file_that_cannot_be_taken(tmp_path, file, sentence):
    folder = make_package(tmp_path / "p", {}, [{"file": file, "title": "A"}])
    assert problems(folder) == [f"{file}, file: {sentence}"]


def test_everything_wrong_is_told_at_once(tmp_path):
    folder = one_text(tmp_path / "p", content=b"\xff", date="soon", language="x", tags="a" * 101, original="b.pdf")
    assert [problem.split(":")[0] for problem in problems(folder)] == [
        "a.txt, original",
        "a.txt",
        "a.txt, date",
        "a.txt, language",
        "a.txt, tags",
    ]


def test_a_text_between_two_rules_is_no_front_matter(tmp_path):
    document = document_of(one_text(tmp_path / "p", file="a.md", content="---\n\nA note.\n\n---\n\nText"))
    assert document.text.startswith("---\n\nA note.")


def test_words_of_pages_are_taken_for_choices(tmp_path):
    document = document_of(one_text(tmp_path / "p", date="2011", date_kind="Last updated", date_basis="inferred"))
    assert (document.date_kind, document.date_basis) == ("updated", "inferred")


def test_a_date_without_a_basis_is_the_cataloguers(tmp_path):
    assert document_of(one_text(tmp_path / "p", date="2011")).date_basis == "supplied"


def test_a_file_is_its_own_original(tmp_path):
    document = document_of(one_text(tmp_path / "p", content="x", file="sub/a.txt"))
    assert (document.original_name, document.original_sha256, document.original_size) == ("a.txt", SHA256_OF_X, 1)


def test_an_original_is_checked_against_its_sum(tmp_path):
    files = {"a.md": f"---\ntitle: A\noriginal: sources/a.bin\nsha256: {SHA256_OF_X.upper()}\n---\nText"}
    folder = make_package(tmp_path / "p", files | {"sources/a.bin": "x"})
    document = document_of(folder)
    assert (document.original_name, document.original_sha256, document.original_size) == ("a.bin", SHA256_OF_X, 1)
    make_package(folder, {"sources/a.bin": "y"})
    (problem,) = problems(folder)
    assert problem.startswith("a.md, sha256: sources/a.bin has the SHA-256 ")


def test_an_original_that_the_archive_holds_need_not_come_again(tmp_path):
    folder = one_text(tmp_path / "p", original="sources/a.pdf", sha256=SHA256_OF_X)
    assert problems(folder) == ["a.txt, original: The package holds no such file."]
    originals.keep(b"x")
    document = document_of(folder)
    assert (document.original_name, document.original_sha256, document.original_size) == ("a.pdf", SHA256_OF_X, 1)
