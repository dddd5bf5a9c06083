"""Originals are kept byte for byte, once, and whole or not at all."""

import hashlib

import pytest

from documents import originals
from documents.models import Document, State
from documents.tests.factories import make_document


def kept_files(archive_folders):
    return sorted(path for path in (archive_folders / "originals").rglob("*") if path.is_file())


def test_the_same_bytes_are_kept_once_and_come_back(archive_folders):
    content = b"\xff\x00 as received\r\n"
    sha256 = originals.keep(content)
    assert originals.keep(content) == sha256 == hashlib.sha256(content).hexdigest()
    assert kept_files(archive_folders) == [archive_folders / "originals" / sha256[:2] / sha256]
    with originals.open_original(sha256) as file:
        assert file.read() == content
    assert originals.size_of(sha256) == len(content)
    assert originals.is_kept(sha256)


def test_what_is_not_kept_cannot_be_opened():
    absent = "0" * 64
    assert not originals.is_kept(absent)
    with pytest.raises(FileNotFoundError):
        originals.open_original(absent)


def test_a_write_cut_short_leaves_nothing(archive_folders, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        originals.keep(b"content")
    assert kept_files(archive_folders) == []


@pytest.mark.django_db
def test_a_typed_text_is_its_own_original():
    document = make_document(title="A typed text", text="Words.")
    assert originals.keep_typed(document)
    document = Document.objects.get()
    assert document.original_name == "a-typed-text.md"
    with originals.open_original(document.original_sha256) as file:
        assert file.read() == b"Words."
    assert document.original_size == 6


@pytest.mark.django_db
def test_an_original_is_never_replaced_and_a_draft_has_none():
    document = make_document(text="Words.")
    originals.keep_typed(document)
    document.text = "Other words."
    document.save()
    assert not originals.keep_typed(document)
    assert Document.objects.get().original_size == 6
    assert not originals.keep_typed(make_document(title="A draft", state=State.DRAFT))
