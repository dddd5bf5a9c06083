"""Resolutions of United Nations bodies named in words: "Security Council resolutions 1267 (1999) and 1373 (2001)".

Rules: UN Editorial Manual, "Resolutions". The Security Council numbers its resolutions through all years, as the
General Assembly did until 1976; since then the Assembly's carry their session, 60/288.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SECURITY_COUNCIL = "S"
GENERAL_ASSEMBLY = "A"
HUMAN_RIGHTS_COUNCIL = "A/HRC"
NOT_NAMED = ""
OTHER_BODY = "?"  # its resolutions have symbols of another kind, or none

YEAR = r"(?:19[4-9][0-9]|20[0-9][0-9])"
SESSION = r"(?:(?:ES-|S-)?[IVXLC]+)"


@dataclass(frozen=True, slots=True)
class NamedResolution:
    """A resolution that a text names, and the offsets of the words that do.

    symbol: in normal form, or empty where the words tell only the body and the number. body: the beginning of the
    body's symbols, NOT_NAMED or OTHER_BODY. year: of "resolution 1373 of 28 September 2001", else empty.
    """

    body: str
    number: str
    year: str
    symbol: str
    start: int
    end: int


def find_resolutions(text: str) -> Iterator[NamedResolution]:
    """The resolutions named in words, in order; the first of a list takes the word "resolutions" with it."""
    for listed in _LIST.finditer(text):
        body = _body(listed, text)
        start = listed.start()
        first_number = 0
        for item in _items(text, listed.start("items"), listed.end("items")):
            number = item["number"] or ""
            if number and not (item["bracket"] or item["date"]):
                if first_number and _is_something_else(int(number), first_number, text[item.end() :]):
                    break
                first_number = first_number or int(number)
            begin = min(start, item.start())
            yield NamedResolution(body, number, item["date"] or "", _symbol(item, body), begin, item.end())
            start = len(text)


def _items(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The items of a list, stepping over what stands between them: dates too are made of numbers."""
    while item := _ITEM_PATTERN.match(text, start, end):
        yield item
        separator = _SEPARATOR_PATTERN.match(text, item.end(), end)
        if separator is None:
            return
        start = separator.end()


def body_told_by(before: str, after: str) -> str:
    """The body of a resolution that stands between these words: "resolution 1325 of the Security Council".

    Where nothing after it tells, it is the body named last before it; the Assembly, to which many a text is addressed,
    only where it was named just before.
    """
    if match := _OF_A_BODY.match(after):
        return _BODIES[match[1].casefold()]
    named = list(_ANY_BODY.finditer(before))
    if not named:
        return NOT_NAMED
    body = _BODIES.get(named[-1][0].casefold(), OTHER_BODY)
    is_far = len(before) - named[-1].end() > _JUST_BEFORE_CHARACTERS
    return OTHER_BODY if body == GENERAL_ASSEMBLY and is_far else body


def is_followed_by_a_noun(after: str) -> bool:
    """Whether the words after a number make it a count, as in "242 people", or a part of something else."""
    return _RUNS_ON.match(after) is not None


# --- What is written before the numbers -------------------------------------------------------------------------------

_BODIES = {
    "security council": SECURITY_COUNCIL,
    "unsc": SECURITY_COUNCIL,
    "unscr": SECURITY_COUNCIL,
    "unscrs": SECURITY_COUNCIL,
    "general assembly": GENERAL_ASSEMBLY,
    "unga": GENERAL_ASSEMBLY,
    "assembly": GENERAL_ASSEMBLY,
    "human rights council": HUMAN_RIGHTS_COUNCIL,
}
_WORD = (
    r"\b(?:(?:(?P<body>Security Council|General Assembly|Human Rights Council|UNSC|UNGA)(?:['’]s)?\s+)?"
    r"(?:resolutions?|résolutions?|resolución|resoluciones)|(?P<acronym>UNSCRs?))"
    r"(?:\s+(?:nos?\.?|numbers?))?"
)
# Other bodies number theirs alike, 48/3; the words before "resolution" tell. "Council" alone is the Security Council.
_OTHER_BODY_BEFORE = re.compile(
    r"(?:Commission|Committee|Conference|Board|Authority|Organization|Union|League|Congress|Parliament|OAU|OAS|IAEA"
    r"|(?:Rights|Social|Governing|European|Ministerial|Executive|Trusteeship)\s+Council"
    r")['’]?s?\s+(?:in\s+)?(?:its\s+)?$"
)
_LOOK_BACK_CHARACTERS = 60
_JUST_BEFORE_CHARACTERS = 150  # about a sentence
_ANY_BODY = re.compile(
    r"\b(?:Security Council|UNSCR?|General Assembly|UNGA|Human Rights Council|Economic and Social Council|ECOSOC"
    r"|Organi[sz]ation of (?:African Unity|American States|(?:the )?Islamic)|African Union"
    r"|Arab (?:League|States)|OA[US]|European (?:Union|Parliament|Council)"
    r"|(?:National|United States|Governing|Ministerial) (?:Congress|Assembly|Council)"
    r"|Parliament|Congress|Commission|Conference|Council of (?:Ministers|Europe)|Board of Governors|IAEA|UNESCO)\b",
    re.IGNORECASE,
)

_OF_A_BODY = re.compile(
    r"\W{0,3}\s(?:in|of|by|adopted by) (?:the |this )?(?:UN |United Nations )?"
    r"(Security Council|General Assembly|Assembly)\b",
    re.IGNORECASE,
)


def _body(listed: re.Match[str], text: str) -> str:
    named = listed["body"] or listed["acronym"]
    if named:
        return _BODIES[named.casefold()]
    before = text[max(0, listed.start() - _LOOK_BACK_CHARACTERS) : listed.start()]
    return OTHER_BODY if _OTHER_BODY_BEFORE.search(before) else NOT_NAMED


# --- The numbers ------------------------------------------------------------------------------------------------------

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|janvier|février|mars|avril"
    "|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
)
_DATE = rf",?\s+(?:of|du|de)\s+(?:[0-9]{{1,2}}\s+)?(?:{_MONTH}\s+)?(?P<date>{YEAR})\b"
_ITEM = (
    rf"(?:(?P<by_year>{YEAR}/[0-9]{{1,3}})"
    rf"|(?P<session>(?:S-|ES-)?[0-9]{{1,2}})/(?P<of_session>[0-9]{{1,3}})(?P<letter>\s(?-i:[A-Z])\b(?!\s[a-z]))?"
    rf"|(?P<number>[0-9]{{1,4}})(?:(?P<part>\s(?-i:[A-Z]))?\s{{0,2}}\((?P<bracket>{YEAR}|(?-i:{SESSION}))\)"
    rf"|(?![\w/-]|[.,][0-9]|\s+[0-9])(?:{_DATE})?))"
)
_ITEM_PATTERN = re.compile(_ITEM, re.IGNORECASE)
_ITEM_UNNAMED, _DATE_UNNAMED = (re.sub(r"\?P<\w+>", "?:", pattern) for pattern in (_ITEM, _DATE))
_SEPARATOR = rf"(?:{_DATE_UNNAMED})?(?:\s*[,;]\s*(?:and\s+|or\s+)?|\s+(?:and|or|et|y|ou|o|as well as)\s+)"
_SEPARATOR_PATTERN = re.compile(_SEPARATOR, re.IGNORECASE)
_LIST = re.compile(
    rf"{_WORD}\s+(?P<items>{_ITEM_UNNAMED}(?:{_SEPARATOR}{_ITEM_UNNAMED})*)(?![\w/])",
    re.IGNORECASE,
)
_FIRST_NUMBERED_BY_SESSION = 31  # in 1976 the General Assembly began to number resolutions by session, 31/1
_PLAIN_ASSEMBLY_NUMBERS = 3541  # so many it had numbered without a session until then
_LOOKS_LIKE_A_YEAR = range(1900, 2100)
_FIRST_OF_FOUR_DIGITS = 1000
# After a number that is no count there stands a sign, a verb or a word that joins.
_JOINING = (
    "and|or|as|in|on|by|to|of|for|from|with|at|is|was|are|were|be|has|have|had|will|would|shall|should|must|may|can|could"
    "|which|that|who|it|its|we|our|they|he|she|this|these|but|if|when|while|where|after|before|since|under|concerning"
    "|regarding|adopted|calls|called|provides|requires|remains|establish(?:ed|es)|authorizes|demands|not|without|through"
    "|until|also|still|because|whose|into|against|upon|so|there|thus|therefore|then|only|unanimously|et|ou|y|o"
)
_RUNS_ON = re.compile(rf"\s*%|-\w|\s+(?!(?:{_JOINING})\b)[^\W\d_]")


def _is_something_else(number: int, first: int, after: str) -> bool:
    """Whether a later number of a list is no resolution: a count, or the year of those before."""
    is_year = number in _LOOKS_LIKE_A_YEAR and first < _FIRST_OF_FOUR_DIGITS
    return is_year or number < 10 or is_followed_by_a_noun(after)


def _symbol(item: re.Match[str], body: str) -> str:
    """The item's symbol: an Arabic year means the Security Council, a session the General Assembly."""
    if item["session"]:
        letter = (item["letter"] or "").strip().upper()
        return _session_symbol(item["session"].upper(), item["of_session"] + letter, body)
    if item["bracket"]:
        return _bracket_symbol(item["number"], (item["part"] or "").strip(), item["bracket"], body)
    if item["date"] and body == SECURITY_COUNCIL:
        return short_symbol(body, item["number"], item["date"])
    return ""


def _bracket_symbol(number: str, part: str, bracket: str, body: str) -> str:
    if bracket.isdigit():
        return f"S/RES/{number}({bracket})" if body in (NOT_NAMED, SECURITY_COUNCIL) and not part else ""
    return f"A/RES/{number}({bracket}){part}" if body in (NOT_NAMED, GENERAL_ASSEMBLY) else ""


def _session_symbol(session: str, number: str, body: str) -> str:
    if body == HUMAN_RIGHTS_COUNCIL:
        return f"A/HRC/RES/{session}/{number}"
    is_assembly = not session.isdigit() or int(session) >= _FIRST_NUMBERED_BY_SESSION
    return f"A/RES/{session}/{number}" if is_assembly and body in (NOT_NAMED, GENERAL_ASSEMBLY) else ""


def short_symbol(body: str, number: str, year: str = "") -> str:
    """The symbol as far as body, number and year tell it: S/RES/1373, S/RES/1373(2001); empty for what has none."""
    if body == SECURITY_COUNCIL:
        return f"S/RES/{number}({year})" if year else f"S/RES/{number}"
    if body == GENERAL_ASSEMBLY and int(number) <= _PLAIN_ASSEMBLY_NUMBERS:
        return f"A/RES/{number}"
    return ""
