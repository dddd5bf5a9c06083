"""United Nations document symbols: their normal form, their slug, and where a text names one.

A text names a symbol outright, `S/RES/1373 (2001)`, or as a resolution, "resolution 1373 (2001)". What can only be told
from the context, a bare "1373", is not found here. Rules: UN Editorial Manual, "Symbols" and "Resolutions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.search.analysis import slug_of


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """A symbol in normal form, and the offsets of the words that name it; is_inferred where the context alone tells."""

    symbol: str
    start: int
    end: int
    is_inferred: bool = False


def normalise(text: str) -> str | None:
    """The normal form of a symbol in any spelling, `s/res/1373 (2001)` for one; None where the text is no symbol.

    A resolution named in words counts too, as find_symbols() reads it.
    """
    found = find_symbols(text.strip(), ignore_case=True)
    return found[0].symbol if len(found) == 1 and found[0].end - found[0].start == len(text.strip()) else None


def slug(symbol: str) -> str:
    """The slug of a symbol in normal form: S/RES/1373(2001) gives s-res-1373-2001."""
    return slug_of(symbol)


def find_symbols(text: str, *, ignore_case: bool = False) -> list[FoundSymbol]:
    """Every symbol that the text names beyond doubt, in order; texts write symbols in capitals, readers need not."""
    found = [*_explicit(text, ignore_case=ignore_case), *_resolutions(text)]
    return sorted(found, key=lambda symbol: symbol.start)


def find_bare_resolutions(text: str) -> list[FoundSymbol]:
    """Each "resolution 1373" without a year or session, in the part of a symbol that it tells: S/RES/1373.

    Where no body is named the Security Council is meant, as its numbers alone run through all years; whether the text
    bears that out is for the caller to judge.
    """
    return [
        FoundSymbol(f"{organ or 'S'}/RES/{match['number']}", match.start(), match.end())
        for match in _BARE_RESOLUTION.finditer(text)
        if (organ := _organ(match, text)) in ("", "S", "A")
    ]


class SymbolReader:
    """Reads a document's paragraphs in order: what it has named in full, it may name by its number alone after that."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}  # by what a bare "resolution 1373" tells, S/RES/1373, the symbol named last

    def read(self, text: str) -> list[FoundSymbol]:
        """The symbols named in this text, in order; those told only by the context are marked as inferred."""
        found = find_symbols(text)
        bare = find_bare_resolutions(text)
        for symbol in sorted([*found, *bare], key=lambda symbol: symbol.start):
            if symbol in bare:
                named = self._named.get(symbol.symbol)
                if named:
                    found.append(FoundSymbol(named, symbol.start, symbol.end, is_inferred=True))
            else:
                self._named[symbol.symbol.partition("(")[0]] = symbol.symbol
        return sorted(found, key=lambda symbol: symbol.start)


# --- Symbols written out ----------------------------------------------------------------------------------------------

# The first element names the organ. One letter more makes "he/she" or "km/h" no symbol, nor does a symbol lack a digit.
_ORGAN = r"A|S|E|T|ST|TD|DP|ID|HS|HRI|CCPR|CERD|CEDAW|CAT|CRC|CMW|CRPD|CED|SPT|UNEP|UNHCR|ICCD|FCCC|NPT|PCNICC|LOS"
_ELEMENT = r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*|\([0-9]{4}\)(?=/)"
_YEAR = r"(?:19[4-9][0-9]|20[0-9][0-9])"
_SESSION = r"(?:(?:ES-|S-)?[IVXLC]+)"
_IN_BRACKETS = rf"\s?\((?:{_YEAR}|{_SESSION})\)"
_IN_BRACKETS_CAPITAL = rf"\s?\((?:{_YEAR}|(?-i:{_SESSION}))\)"  # "(i)" after a number opens a list
_SYMBOL = rf"(?<![\w/])(?P<organ>{_ORGAN})(?P<rest>(?:/(?:{_ELEMENT})){{1,9}})(?P<tail>{_IN_BRACKETS}[A-Z]?)?(?![\w/])"
_EXPLICIT = re.compile(_SYMBOL)
_EXPLICIT_IGNORING_CASE = re.compile(_SYMBOL, re.IGNORECASE)
_MIXED_CASE = {name.upper(): name for name in ("Add", "Rev", "Corr", "Amend", "Sub", "Summary")}
_SHORT_SYMBOL = re.compile(r"/(?:[0-9]{3,5}|PV\.[0-9]+)", re.IGNORECASE)  # S/4741, A/810, S/PV.4385


def _explicit(text: str, *, ignore_case: bool) -> Iterator[FoundSymbol]:
    pattern = _EXPLICIT_IGNORING_CASE if ignore_case else _EXPLICIT
    for match in pattern.finditer(text):
        rest = match["rest"]
        if not _is_symbol(rest):
            continue
        # What stands in brackets after any other symbol is no part of it.
        is_resolution = rest.upper().startswith("/RES/")
        tail = "".join((match["tail"] or "").split()).upper() if is_resolution else ""
        elements = "/".join(_cased(element) for element in rest.split("/"))
        end = match.end("tail") if tail else match.end("rest")
        yield FoundSymbol(match["organ"].upper() + elements + tail, match.start(), end)


def _is_symbol(rest: str) -> bool:
    if rest.count("/") == 1:
        return bool(_SHORT_SYMBOL.fullmatch(rest))
    return any(character.isdigit() for character in rest)


def _cased(element: str) -> str:
    """An element in capitals, but for those that UN symbols write in mixed case: Add.1, Rev.1, Sub.2."""
    stem, dot, number = element.upper().partition(".")
    return _MIXED_CASE.get(stem, stem) + dot + number if dot else stem


# --- Resolutions named in words ---------------------------------------------------------------------------------------

_RESOLUTION_WORD = (
    r"\b(?:(?P<organ>Security Council|General Assembly|Human Rights Council)(?:['’]s)?\s+)?"
    r"(?:resolutions?|résolutions?|resolución|resoluciones)"
)
_ITEM = (
    rf"(?:{_YEAR}/[0-9]{{1,3}}|(?:S-|ES-)?[0-9]{{1,2}}/[0-9]{{1,3}}(?:\s[A-Z]\b)?"
    rf"|[0-9]{{1,4}}(?:\s[A-Z])?(?:{_IN_BRACKETS_CAPITAL})?)"
)
_SEPARATOR = r"(?:\s*[,;]\s*(?:and\s+|or\s+)?|\s+(?:and|or|et|y|ou|o)\s+)"
_LIST = re.compile(rf"{_RESOLUTION_WORD}\s+(?P<items>{_ITEM}(?:{_SEPARATOR}{_ITEM})*)(?![\w/])", re.IGNORECASE)
_BARE_RESOLUTION = re.compile(
    rf"{_RESOLUTION_WORD}\s+(?P<number>[0-9]{{1,4}})(?![\w/.,-]*[0-9])(?!(?:\s?[A-Z])?{_IN_BRACKETS_CAPITAL})",
    re.IGNORECASE,
)
_BY_YEAR = re.compile(rf"([0-9]{{1,4}})\s?\(({_YEAR})\)")
_BY_ROMAN_SESSION = re.compile(rf"([0-9]{{1,4}})(?:\s([A-Z]))?\s?\(({_SESSION})\)")
_BY_SESSION = re.compile(r"((?:S-|ES-)?[0-9]{1,2})/([0-9]{1,3})(?:\s([A-Z])\b)?")
_FIRST_NUMBERED_BY_SESSION = 31  # in 1976 the General Assembly began to number resolutions by session, 31/1
# Other bodies number theirs alike, 48/3; the words before "resolution" tell.
_OTHER_BODY = re.compile(r"(?:Council|Commission|Committee|Conference|Board|Authority|Organization|Union)['’]?s?\s+$")
_LOOK_BACK_CHARACTERS = 40
_ORGANS_BY_NAME = {"security council": "S", "general assembly": "A", "human rights council": "A/HRC"}


def _resolutions(text: str) -> Iterator[FoundSymbol]:
    for listed in _LIST.finditer(text):
        organ = _organ(listed, text)
        start = listed.start()  # the first item takes the word "resolution" with it
        offset = listed.start("items")
        for item in re.finditer(_ITEM, listed["items"], re.IGNORECASE):
            symbol = _resolution_symbol(item[0], organ)
            if symbol:
                yield FoundSymbol(symbol, min(start, offset + item.start()), offset + item.end())
            start = len(text)


def _organ(match: re.Match[str], text: str) -> str:
    """What symbols of the body named before "resolution" begin with; "" where none is named, "?" where it has none."""
    if match["organ"]:
        return _ORGANS_BY_NAME[match["organ"].lower()]
    before = text[max(0, match.start() - _LOOK_BACK_CHARACTERS) : match.start()]
    return "?" if _OTHER_BODY.search(before) else ""


def _resolution_symbol(item: str, organ: str) -> str | None:
    """The symbol of an item of a list: an Arabic year means the Security Council, a session the General Assembly."""
    if match := _BY_YEAR.fullmatch(item):
        return f"S/RES/{match[1]}({match[2]})" if organ in ("", "S") else None
    if match := _BY_ROMAN_SESSION.fullmatch(item):
        return f"A/RES/{match[1]}({match[3].upper()}){(match[2] or '').upper()}" if organ in ("", "A") else None
    if match := _BY_SESSION.fullmatch(item):
        return _session_symbol(match[1].upper(), match[2] + (match[3] or "").upper(), organ)
    return None


def _session_symbol(session: str, number: str, organ: str) -> str | None:
    if organ == "A/HRC":
        return f"A/HRC/RES/{session}/{number}"
    is_assembly = not session.isdigit() or int(session) >= _FIRST_NUMBERED_BY_SESSION
    return f"A/RES/{session}/{number}" if is_assembly and organ in ("", "A") else None
