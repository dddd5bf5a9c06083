"""Folders and zips are opened alike, and nothing outside them is ever read."""

import posixpath
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.importing.package import FileError, normal_path, open_package, path_problem
from documents.importing.report import PackageError
from documents.tests.importing.packages import make_package, zipped


def reason(package, path):
    with pytest.raises(FileError) as caught:
        package.read(path)
    return str(caught.value)


def zip_of(path, *members):
    """A zip with these names and contents, unsafe ones too."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


@pytest.fixture
def folder(tmp_path):
    return make_package(tmp_path / "texts", {"a.txt": "one", "sub/b.txt": "two"})


@pytest.mark.parametrize("form", ["folder", "zip", "zip of the folder"])
def test_all_forms_hold_the_same_files(folder, form):
    path = {"folder": folder, "zip": zipped(folder), "zip of the folder": zipped(folder, inside="texts")}[form]
    with open_package(path) as package:
        assert package.name == "texts"
        assert package.files == ["a.txt", "sub/b.txt"]
        assert [package.read(file) for file in package.files] == [b"one", b"two"]


def test_what_machines_leave_behind_is_no_file(folder):
    make_package(folder, {"__MACOSX/._a.txt": "x", ".DS_Store": "x", "sub/Thumbs.db": "x", ".git/config": "x"})
    for path in (folder, zipped(folder)):
        with open_package(path) as package:
            assert package.files == ["a.txt", "sub/b.txt"]
            assert not package.refused


@pytest.mark.parametrize(
    "path", ["../a.txt", "/etc/passwd", "sub/../../a.txt", "C:/a.txt", "..\\a.txt", "\\\\host\\a.txt"]
)
def test_a_path_that_leaves_the_package_is_refused(folder, path):
    sentence = "The path leaves the package. Name files relative to the package's folder."
    assert path_problem(path) == sentence
    with open_package(folder) as package:
        assert reason(package, path) == sentence


def test_zip_members_that_leave_the_folder_are_refused_and_the_others_read(tmp_path):
    path = zip_of(
        tmp_path / "slip.zip", ("../evil.txt", "x"), ("/abs.txt", "x"), ("sub\\c.txt", "x"), ("good.txt", "y")
    )
    with open_package(path) as package:
        assert package.files == ["good.txt"]
        assert set(package.refused) == {"../evil.txt", "/abs.txt", "sub\\c.txt"}
        assert package.refused["../evil.txt"].startswith("The path leaves the package.")
        assert package.refused["sub\\c.txt"] == "The path holds a backslash. Write / between folder and file."
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_link_that_leaves_the_folder_is_refused(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "c.txt").symlink_to(tmp_path / "secret.txt")
    with open_package(folder) as package:
        assert "c.txt" not in package
        assert reason(package, "c.txt") == "This is a link that leaves the package. Put the file itself there."


def test_a_linked_folder_is_not_entered(folder, tmp_path):
    make_package(tmp_path / "elsewhere", {"c.txt": "x"})
    (folder / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with open_package(folder) as package:
        assert package.files == ["a.txt", "sub/b.txt"]
        assert "link" in package.refused


def test_names_that_differ_in_case_alone_are_refused(tmp_path):
    path = zip_of(tmp_path / "case.zip", ("a.txt", "x"), ("A.txt", "y"), ("b.txt", "z"))
    with open_package(path) as package:
        assert package.files == ["b.txt"]
        assert reason(package, "A.txt") == (
            "Another file has this name, or differs from it in case alone. Rename one of them."
        )


def test_a_wrong_case_is_told(folder):
    with open_package(folder) as package:
        assert reason(package, "A.TXT") == (
            "The package holds no such file; it holds a.txt. Write the name in the same case."
        )
        assert reason(package, "none.txt") == "The package holds no such file."


def test_a_name_decomposed_by_macos_is_found_as_it_is_written(tmp_path):
    folder = make_package(tmp_path / "texts", {"Re\u0301sume\u0301.txt": "x"})
    with open_package(folder) as package:
        assert package.read("R\u00e9sum\u00e9.txt") == b"x"
    assert normal_path("./a//b.txt") == "a/b.txt"


def test_large_files_are_refused_before_they_are_read(folder, settings):
    settings.MAX_TEXT_BYTES = 2_000_000
    make_package(folder, {"large.txt": b"a" * 3_500_000})
    for path in (folder, zipped(folder)):
        with open_package(path) as package:
            assert reason(package, "large.txt") == (
                "The file has 3.5 MB; at most 2 MB are taken. Divide it into documents."
            )


def test_a_zip_that_unpacks_to_too_much_is_refused(folder, monkeypatch):
    monkeypatch.setattr("documents.importing.package.MAX_PACKAGE_BYTES", 5)
    with pytest.raises(PackageError, match=r"unpacks to more than"), open_package(zipped(folder)):
        pass


def test_an_encrypted_member_is_refused(tmp_path):
    path = zip_of(tmp_path / "locked.zip", ("a.txt", "x"))
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")  # the flags of the first member of the central directory
    content[place + 8] |= 1
    path.write_bytes(bytes(content))
    with open_package(path) as package:
        assert reason(package, "a.txt") == "The file is encrypted. Make the zip without a password."


def test_a_damaged_member_is_refused(tmp_path):
    path = zip_of(tmp_path / "bad.zip", ("a.txt", "a long enough text"), ("b.txt", "x"))
    path.write_bytes(path.read_bytes().replace(b"long enough", b"xxxx xxxxxx", 1))
    with open_package(path) as package:
        assert reason(package, "a.txt").startswith("The zip is damaged here (")
        assert package.read("b.txt") == b"x"


def test_what_is_no_package(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("x")
    nowhere = tmp_path / "nowhere"
    with pytest.raises(PackageError, match=r"nowhere\. Check the path\."), open_package(nowhere):
        pass
    with pytest.raises(PackageError, match="is neither a folder nor a zip"), open_package(text):
        pass


@given(st.text(alphabet="ab./\\: ", min_size=1))
def test_no_path_without_a_problem_leaves_the_folder(path):
    assert path_problem(path) or posixpath.normpath(f"/folder/{normal_path(path)}").startswith("/folder")
