"""Encodings are recognised or refused, never guessed."""

import codecs

import pytest

from documents.importing.package import FileError
from documents.importing.readers import decode, to_canonical

WORDS = "Réunion à Genève\n联合国"


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.replace("\n", "\r\n").encode(),
        WORDS.replace("\n", "\r").encode(),
    ],
)
def test_the_same_words_from_every_encoding(content):
    assert decode(content) == WORDS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Genève".encode("latin-1"), "Byte 3 (0xE8) is not UTF-8. Save it as UTF-8."),
        (codecs.BOM_UTF8 + b"ab\xff", "Byte 5 (0xFF) is not UTF-8. Save it as UTF-8."),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", "Byte 4 (0x00) is not UTF-16. Save it as UTF-8."),
        ("Words".encode("utf-16-le"), "Character 1 is NUL, which no text holds. Save it as UTF-8."),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), "Character 0 is NUL, which no text holds. Save it as UTF-8."),
    ],
)
def test_other_encodings_are_refused_with_the_place(content, sentence):
    with pytest.raises(FileError) as caught:
        decode(content)
    assert str(caught.value) == sentence


def test_words_keep_their_unicode_form():
    assert decode("e\u0301\ufb01".encode()) == "e\u0301\ufb01"


def test_plain_text_is_escaped_and_markdown_is_not():
    assert to_canonical("a.md", "\n# A *word*\n") == "# A *word*"
    assert to_canonical("a.TXT", "# A *word*") != "# A *word*"
