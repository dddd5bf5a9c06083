"""United Nations document symbols: their normal form, their slug, and where a text names one.

A text names a symbol outright, `S/RES/1373 (2001)`, or as a resolution, "resolution 1373 (2001)". What can only be told
from the context, a bare "1373", is not found here. Rules: UN Editorial Manual, "Symbols" and "Resolutions".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from documents.resolutions import (
    OTHER_BODY,
    SECURITY_COUNCIL,
    SESSION,
    YEAR,
    NamedResolution,
    body_told_by,
    find_resolutions,
    is_followed_by_a_noun,
    short_symbol,
)
from documents.search.analysis import slug_of


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """A symbol in normal form, and the offsets of the words that name it; is_inferred where the context alone tells."""

    symbol: str
    start: int
    end: int
    is_inferred: bool = False


Candidate: TypeAlias = FoundSymbol | NamedResolution | re.Match[str]


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
    named = (FoundSymbol(named.symbol, named.start, named.end) for named in find_resolutions(text) if named.symbol)
    found = [*_explicit(text, ignore_case=ignore_case), *named]
    return sorted(found, key=lambda symbol: symbol.start)


def find_bare_resolutions(text: str) -> list[FoundSymbol]:
    """Each "resolution 1373" without a year or session, in the part of a symbol that it tells: S/RES/1373.

    Where no body is named the Security Council is meant, as its numbers alone run through all years; whether the text
    bears that out is for the caller to judge.
    """
    return [
        FoundSymbol(short, named.start, named.end)
        for named in find_resolutions(text)
        if not named.symbol and named.number and (short := short_symbol(named.body or SECURITY_COUNCIL, named.number))
    ]


class SymbolReader:
    """Reads a document's paragraphs in order: what it has named in full, it may name by its number alone after that."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        """named: symbols in normal form that are taken as named before."""
        self._named: dict[str, str] = {}  # the symbol named last, by its number and by what is short for it, S/RES/1373
        self._before = ""  # the end of what was read last
        for symbol in named:
            self._remember(symbol)

    def read(self, text: str) -> list[FoundSymbol]:
        """The symbols named in this text, in order; those told only by the context are marked as inferred."""
        found: list[FoundSymbol] = []
        for candidate in _candidates(text):
            symbol = candidate if isinstance(candidate, FoundSymbol) else self._told_by_context(candidate, text)
            if symbol and not (found and symbol.start < found[-1].end):
                self._remember(symbol.symbol)
                found.append(symbol)
        self._before = f"{self._before} {text}"[-_CONTEXT_CHARACTERS:]
        return found

    def _remember(self, symbol: str) -> None:
        if match := _NUMBERED_RESOLUTION.match(symbol):
            self._named[match[0]] = self._named[match["number"]] = symbol

    def _told_by_context(self, candidate: NamedResolution | re.Match[str], text: str) -> FoundSymbol | None:
        if isinstance(candidate, NamedResolution):
            return self._resolution(candidate, text)
        symbol = self._named.get(candidate[0])
        if symbol is None or _is_other_number(candidate, text):
            return None
        return FoundSymbol(symbol, candidate.start(), candidate.end(), is_inferred=True)

    def _resolution(self, named: NamedResolution, text: str) -> FoundSymbol | None:
        """The resolution of which only the number is told, perhaps the body: named before, or else by the body."""
        if int(named.number) < _LEAST_BARE_NUMBER or named.body == OTHER_BODY:
            return None
        short = short_symbol(named.body, named.number) or named.number
        if symbol := self._named.get(short):
            return FoundSymbol(symbol, named.start, named.end, is_inferred=symbol != short)
        context = f"{self._before} {text[: named.start]}"[-_CONTEXT_CHARACTERS:]
        body = named.body or body_told_by(context, text[named.end :]) or _body_told_by_year(named.year)
        symbol = short_symbol(body, named.number, named.year)
        return FoundSymbol(symbol, named.start, named.end, is_inferred=not named.body) if symbol else None


_LEAST_BARE_NUMBER = (
    100  # smaller ones without year or session are as often a page's number in the middle of a sentence
)


def _body_told_by_year(year: str) -> str:
    """The Security Council for a plain number of a year in which the General Assembly counted by sessions."""
    return SECURITY_COUNCIL if year and int(year) >= _ASSEMBLY_COUNTS_BY_SESSION else ""


_ASSEMBLY_COUNTS_BY_SESSION = 1977
_CONTEXT_CHARACTERS = 1000  # a body named further back is no longer the one meant
_NUMBERED_RESOLUTION = re.compile(r"[AS]/RES/(?P<number>[0-9]{1,4})(?![/0-9])")
_NUMBER = re.compile(r"(?<![\w/.,:$€£¥#§+–-])[1-9][0-9]{2,3}(?![\w/%]|[.,:][0-9]|\s?\()")
_LOOKS_LIKE_A_YEAR = range(1900, 2100)
# Before a number, what makes it a quantity, a date or a place in a text.
_OTHER_NUMBER_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|year|over|about|around|some|nearly|almost|than|least|most|total|exactly|only|article"
    r"|articles|paragraph|paragraphs|paras?\.?|page|pages|pp?\.|section|chapter|line|flight|no\.|number|rule|room|convention"
    r"|all|these|those|another|other|additional|further|approximately|roughly|up to|our|us\$|usd|eur|per"
    r"|decision|decisions|law|act|decree|protocol|between|day|days|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)|[0-9])\s+$",
    re.IGNORECASE,
)
_NOUN_OF_A_RESOLUTION = re.compile(r"\s+(?:Committees?|Sanctions|regime|process|sanctions)\b")


def _candidates(text: str) -> list[Candidate]:
    """What may name a symbol, by where it begins: symbols beyond doubt, numbers of resolutions, numbers alone."""
    by_start: dict[int, Candidate] = {number.start(): number for number in _NUMBER.finditer(text)}
    for named in find_resolutions(text):
        if named.symbol:
            by_start[named.start] = FoundSymbol(named.symbol, named.start, named.end)
        elif named.number:
            by_start[named.start] = named
    by_start.update((symbol.start, symbol) for symbol in _explicit(text, ignore_case=False))
    return [candidate for _, candidate in sorted(by_start.items())]


def _is_other_number(number: re.Match[str], text: str) -> bool:
    """Whether the words around a number say that it is a year, a count or a part of something else."""
    before, after = text[max(0, number.start() - 20) : number.start()], text[number.end() :]
    if int(number[0]) in _LOOKS_LIKE_A_YEAR or _OTHER_NUMBER_BEFORE.search(before):
        return True
    return is_followed_by_a_noun(after) and not _NOUN_OF_A_RESOLUTION.match(after)


# --- Symbols written out ----------------------------------------------------------------------------------------------

# The first element names the organ. One letter more makes "he/she" or "km/h" no symbol, nor does a symbol lack a digit.
_ORGAN = r"A|S|E|T|ST|TD|DP|ID|HS|HRI|CCPR|CERD|CEDAW|CAT|CRC|CMW|CRPD|CED|SPT|UNEP|UNHCR|ICCD|FCCC|NPT|PCNICC|LOS"
_ELEMENT = r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*|\([0-9]{4}\)(?=/)"
_IN_BRACKETS = rf"\s?\((?:{YEAR}|{SESSION})\)"
_SYMBOL = rf"(?<![\w/])(?P<organ>{_ORGAN})(?P<rest>(?:/(?:{_ELEMENT})){{1,9}})(?P<tail>{_IN_BRACKETS}[A-Z]?)?(?![\w/])"
_EXPLICIT = re.compile(_SYMBOL)
_EXPLICIT_IGNORING_CASE = re.compile(_SYMBOL, re.IGNORECASE)
_MIXED_CASE = {name.upper(): name for name in ("Add", "Rev", "Corr", "Amend", "Sub", "Summary")}
_WORDS_AFTER = re.compile(r"(?:/[A-Za-z.\-]+)+\Z")  # A/50/864/annex: every symbol ends in a number
_SHORT_SYMBOL = re.compile(r"/(?:[0-9]{3,5}|PV\.[0-9]+)", re.IGNORECASE)  # S/4741, A/810, S/PV.4385

_PRINTED = r"(?:[0-9]{2}/[0-9]{2}/[0-9]{4}|[0-9]{2}-[0-9]{5})"
_PRINTED_BEFORE = re.compile(rf"{_PRINTED}(?:\s+[0-9]{{1,3}})?\s+\Z")
_PRINTED_AFTER = re.compile(rf"(?:\s+[0-9]{{1,3}})?\s+{_PRINTED}\b")


def _explicit(text: str, *, ignore_case: bool) -> Iterator[FoundSymbol]:
    pattern = _EXPLICIT_IGNORING_CASE if ignore_case else _EXPLICIT
    for match in pattern.finditer(text):
        rest = _WORDS_AFTER.sub("", match["rest"])
        if not _is_symbol(rest) or _is_page_head(match, text):
            continue
        # What stands in brackets after any other symbol is no part of it.
        is_resolution = rest.upper().startswith("/RES/") and rest == match["rest"]
        tail = "".join((match["tail"] or "").split()).upper() if is_resolution else ""
        elements = "/".join(_cased(element) for element in rest.split("/"))
        end = match.end("tail") if tail else match.start("rest") + len(rest)
        yield FoundSymbol(match["organ"].upper() + elements + tail, match.start(), end)


def _is_symbol(rest: str) -> bool:
    if rest.count("/") == 1:
        return bool(_SHORT_SYMBOL.fullmatch(rest))
    return any(character.isdigit() for character in rest)


def _is_page_head(match: re.Match[str], text: str) -> bool:
    """Whether it is the record's own symbol at the head or foot of a page, beside a date or its number in print.

    "A/70/PV.25 02/10/2015", "A/63/PV.13 08-53122 12".
    """
    return bool(
        _PRINTED_BEFORE.search(text, max(0, match.start() - 20), match.start())
        or _PRINTED_AFTER.match(text, match.end())
    )


def _cased(element: str) -> str:
    """An element in capitals, but for those that UN symbols write in mixed case: Add.1, Rev.1, Sub.2."""
    stem, dot, number = element.upper().partition(".")
    return _MIXED_CASE.get(stem, stem) + dot + number if dot else stem
