"""The one analysis of texts and queries: folding, words, positions, compounds and slugs, the same for every engine.

A text is folded first and cut into words afterwards, so that index and query can never disagree. All functions are pure
and may be used from any thread.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from anyascii import anyascii

from documents.search.folding import MARKS, character_class, fold, fold_with_offsets, is_mark

ANALYSIS_VERSION = "1"  # an index made by another version is rebuilt
MAX_WORD_CHARACTERS = 64  # longer runs are encoded data, not words; the rest of such a run is cut
PARAGRAPH_GAP = 100  # positions left free between paragraphs; more than any slop, so that no phrase crosses two

_UNSPACED_BLOCKS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han radicals
    (0x3005, 0x3007),
    (0x3041, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class Token(NamedTuple):  # a document has thousands, and a frozen dataclass takes three times as long to make
    """A folded word with its place: `position` counts words, `start` and `end` are offsets into the original text.

    is_joined marks a term that stands beside the words, at the position of the first word that it covers: the joined
    form of a compound, or the last character of a run in a script without spaces.
    """

    text: str
    position: int
    start: int
    end: int
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class TermPositions:
    """The terms of a document's paragraphs, as an index wants them.

    positions: ascending positions by term, joined forms included; starts: the position of each paragraph's first word;
    length: how many words there are, joined forms and gaps not counted; compounds: parts joined by "-", as compounds().
    """

    positions: dict[str, list[int]]
    starts: list[int]
    length: int
    compounds: set[str]


def words(text: str) -> list[str]:
    """The folded words of a text in order, without the joined forms of compounds."""
    folded = fold(text)
    chunks = _chunks(folded)
    if _is_spaced(folded) and "-" not in folded:
        return [chunk[:MAX_WORD_CHARACTERS] for chunk in chunks]
    return [piece.term for chunk in chunks for piece in _pieces(chunk) if not piece.is_joined]


def tokens(text: str) -> list[Token]:
    """The words of a text and the joined forms of its compounds, with positions and offsets into `text`."""
    folded, starts, ends = fold_with_offsets(text)
    found: list[Token] = []
    position = 0
    is_plain = _is_spaced(folded)
    for match in _pattern_for(folded).finditer(folded):
        chunk, first = match[1], match.start(1)
        if is_plain and "-" not in chunk:
            end = ends[first + len(chunk) - 1]
            found.append(Token(chunk[:MAX_WORD_CHARACTERS], position, starts[first], end))
            position += 1
            continue
        pieces = _pieces(chunk)
        for piece in pieces:
            start, end = starts[first + piece.start], ends[first + piece.end - 1]
            found.append(Token(piece.term, position + piece.place, start, end, piece.is_joined))
        position += pieces[-1].place + 1
    return found


def term_positions(texts: Iterable[str]) -> TermPositions:
    """The terms of a document's paragraphs, with PARAGRAPH_GAP positions left free after each."""
    positions: defaultdict[str, list[int]] = defaultdict(list)
    starts: list[int] = []
    found_compounds: set[str] = set()
    position = length = 0
    for text in texts:
        starts.append(position)
        folded = fold(text)
        is_plain = _is_spaced(folded)
        for chunk in _pattern_for(folded).findall(folded):
            if is_plain and "-" not in chunk:
                positions[chunk].append(position)
                position += 1
                continue
            pieces = _pieces(chunk)
            for piece in pieces:
                positions[piece.term].append(position + piece.place)
            if pieces[0].is_joined:
                found_compounds.add(chunk)
            position += pieces[-1].place + 1
        length += position - starts[-1]
        position += PARAGRAPH_GAP
    return TermPositions(_cut_terms(positions), starts, length, found_compounds)


def compounds(text: str) -> set[str]:
    """The hyphenated words of a text, folded, their parts joined by "-": `counter-terrorism`."""
    return {chunk for chunk in _chunks(fold(text)) if _is_compound(chunk)}


def is_plain(folded: str) -> bool:
    """Whether a folded text's words are runs of letters and digits alone, without marks and bigrams."""
    return folded.isascii() or not _MARK_OR_UNSPACED.search(re.sub(r"[\x00-\x7f]+", "", folded))


def is_unspaced(character: str) -> bool:
    """Whether the character belongs to a script without spaces, whose texts are searched by bigrams."""
    return bool(_UNSPACED.match(character))


def slug_of(text: str) -> str:
    """The text as a slug: lower-case ASCII letters and digits with hyphens between; empty where it has neither.

    Any script is transliterated, and an apostrophe parts no word: "Secretary-General's" gives secretary-generals.
    """
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower().replace("'", "")).strip("-")


# --- Cutting ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A term of a chunk, with its offsets in the chunk and its place among the chunk's words."""

    term: str
    start: int
    end: int
    place: int
    is_joined: bool = False


def _pieces(chunk: str) -> list[_Piece]:
    """The terms of a chunk: joined form first, words in order; the last one's place is the highest."""
    if is_unspaced(chunk[0]):
        return _bigrams(chunk)
    if "-" in chunk:
        return _compound_pieces(chunk)
    return [_Piece(chunk[:MAX_WORD_CHARACTERS], 0, len(chunk), 0)]


def _compound_pieces(chunk: str) -> list[_Piece]:
    pieces = []
    if _is_compound(chunk):
        pieces.append(_Piece(chunk.replace("-", "")[:MAX_WORD_CHARACTERS], 0, len(chunk), 0, is_joined=True))
    start = 0
    for place, part in enumerate(chunk.split("-")):
        pieces.append(_Piece(part[:MAX_WORD_CHARACTERS], start, start + len(part), place))
        start += len(part) + 1
    return pieces


def _is_compound(chunk: str) -> bool:
    """Whether the parts form a word when joined; 1990-1995 and 2001-09-11 do not, W-2 does."""
    return "-" in chunk and not chunk.replace("-", "").isdigit()


def _bigrams(run: str) -> list[_Piece]:
    """Every two neighbours, and the last character alone, so that a search for what begins with it finds it too."""
    last = len(run) - 1
    if not last:
        return [_Piece(run, 0, 1, 0)]
    pieces = [_Piece(run[last], last, last + 1, last - 1, is_joined=True)]
    pieces.extend(_Piece(run[start : start + 2], start, start + 2, start) for start in range(last))
    return pieces


def _cut_terms(positions: dict[str, list[int]]) -> dict[str, list[int]]:
    """Terms longer than MAX_WORD_CHARACTERS cut, once for all their places; they are rare."""
    for term in [term for term in positions if len(term) > MAX_WORD_CHARACTERS]:
        places = positions.pop(term)
        kept = term[:MAX_WORD_CHARACTERS]
        positions[kept] = sorted([*positions.get(kept, ()), *places])
    return dict(positions)


def _chunks(folded: str) -> list[str]:
    """Words, hyphenated words and unspaced runs of a folded text."""
    return _pattern_for(folded).findall(folded)


def _pattern_for(folded: str) -> re.Pattern[str]:
    if folded.isascii():
        return _ASCII_CHUNK
    return _CHUNK if _is_spaced(folded) else _MIXED_CHUNK


def _is_spaced(folded: str) -> bool:
    return folded.isascii() or not _UNSPACED.search(folded)


def _is_word_character(character: str) -> bool:
    return character.isalnum() or is_mark(character)


UNSPACED_CLASS = character_class(_UNSPACED_BLOCKS, _is_word_character)
_WORD = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
_SPACED_WORD = rf"(?:(?![{UNSPACED_CLASS}])(?:[^\W_]|[{MARKS}]))+"
_WORD_ENDS = rf"(?![^\W_]|[{MARKS}])"

# "Secretary-General's" is "Secretary-General": the possessive is an ending, and a reader types the word without it. Any
# other apostrophe parts two words, as in "l'homme" and "O'Brien", so that "homme" is found.
_ASCII_CHUNK = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:'s(?![a-z0-9]))?")
_CHUNK = re.compile(rf"({_WORD}(?:-{_WORD})*)(?:'s{_WORD_ENDS})?")
_MIXED_CHUNK = re.compile(rf"([{UNSPACED_CLASS}]+|{_SPACED_WORD}(?:-{_SPACED_WORD})*)(?:'s{_WORD_ENDS})?")
_MARK_OR_UNSPACED = re.compile(rf"[{MARKS}{UNSPACED_CLASS}]")
_UNSPACED = re.compile(rf"[{UNSPACED_CLASS}]")
