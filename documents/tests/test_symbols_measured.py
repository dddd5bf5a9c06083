"""How well symbols are found in real speeches, against what was found by reading (corpora/symbols/README.md)."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from documents.importing.readers import decode, to_canonical
from documents.rendering import parse_text
from documents.symbols import SymbolReader

LISTS = Path(__file__).parent / "corpora" / "symbols"
SPEECHES = Path(os.environ.get("CORPORA") or "/nonexistent", "ungdc")
NUMBER_ALONE = re.compile(r".*resolutions?\s+([0-9]{3,4})(?: of [\w ]+)?", re.IGNORECASE)


@pytest.fixture(scope="module", autouse=True)
def _speeches():
    if not SPEECHES.is_dir():
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail("CORPORA names no folder with ungdc: unpack the corpus, so that symbols can be measured.")
        pytest.skip("CORPORA names no folder with ungdc, so symbols were not measured")


def rows(name):
    with (LISTS / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def cited(file):
    """(symbol, words) of each mention in the speech, read paragraph by paragraph as at save."""
    reader = SymbolReader()
    text = to_canonical(file, decode((SPEECHES / file).read_bytes()))
    for block in parse_text(text).blocks:
        for found in reader.read(block.text):
            yield found.symbol, " ".join(block.text[found.start : found.end].split())


def measured(found, expected):
    """Precision and recall, over mentions counted as often as they stand."""
    right = (found & expected).total()
    precision, recall = right / found.total(), right / expected.total()
    figures = f"precision {precision:.3f}, recall {recall:.3f} of {expected.total()} mentions"
    print(f"{figures}; wrong: {[*found - expected]}; missed: {[*expected - found]}")  # noqa: T201  # shown by -s
    return precision, recall


@pytest.mark.parametrize(("drawn", "gold"), [("drawn.txt", "gold.csv"), ("drawn_again.txt", "gold_again.csv")])
def test_what_sixty_speeches_cite_is_found(drawn, gold):
    files = (LISTS / drawn).read_text(encoding="utf-8").split()
    found = Counter((file, *mention) for file in files for mention in cited(file))
    expected = Counter((row["file"], row["symbol"], row["words"]) for row in rows(gold))
    precision, recall = measured(found, expected)
    assert precision >= 0.98
    assert recall >= 0.9


def test_resolutions_named_by_number_alone_are_told_from_those_of_others():
    asked = {(row["file"], row["number"]) for row in rows("numbers_alone.csv")}
    found = Counter(
        (file, number[1], symbol)
        for file in sorted({file for file, _ in asked})
        for symbol, words in cited(file)
        if (number := NUMBER_ALONE.fullmatch(words)) and (file, number[1]) in asked
    )
    expected = Counter(
        (row["file"], row["number"], row["symbol"]) for row in rows("numbers_alone.csv") if row["symbol"]
    )
    precision, recall = measured(found, expected)
    assert precision >= 0.98
    assert recall >= 0.7
