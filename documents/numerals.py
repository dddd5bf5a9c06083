"""The number that a heading or paragraph goes by, in any of the scripts that texts are numbered in."""

from __future__ import annotations

import re

LONGEST = 4  # digits; what is longer counts something else
HIGHEST_ROMAN = 100  # above it letters are rather an abbreviation: "MD", "CD"

_DIGITS = re.compile(r"\d+")
_CHINESE = re.compile(r"第\s*([〇零一二三四五六七八九十百]+)")
_ROMAN = re.compile(r"(?<![\w.])([IVXLC]+)(?![\w’'])")
_FIRST = re.compile(r"\bpremi(?:er|ère)\b", re.IGNORECASE)  # French law counts so: "Article premier", "Article 2"
_OPENING = re.compile(rf"\W{{0,2}}(\d{{1,{LONGEST}}})\s?[.)．、）]")

_CHINESE_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def number_of_heading(text: str) -> int:
    """12 of "Article 12", "المادة 12", "第十二条" and "Article XII", 1 of "Article premier"; 0 where there is none."""
    if digits := _DIGITS.search(text):
        return int(digits[0]) if len(digits[0]) <= LONGEST else 0
    if chinese := _CHINESE.search(text):
        return _from_chinese(chinese[1])
    if _FIRST.search(text):
        return 1
    roman = _ROMAN.search(text)
    return _from_roman(roman[1]) if roman else 0


def number_of_paragraph(text: str) -> int:
    """12 of "12. The Assembly" and "(12) The Assembly"; 0 where the paragraph begins with words."""
    opening = _OPENING.match(text)
    return int(opening[1]) if opening else 0


def _from_chinese(numeral: str) -> int:
    """Up to 999: hundreds and tens are named, and ten without a digit before it is one ten."""
    hundreds, _, rest = numeral.rpartition("百")
    tens, has_tens, ones = rest.rpartition("十")
    digits = [_CHINESE_DIGITS.get(part[-1:], 0) for part in (hundreds, tens, ones)]
    return 100 * digits[0] + 10 * (digits[1] or bool(has_tens)) + digits[2]


def _from_roman(numeral: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in numeral]
    total = sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
    return total if total < HIGHEST_ROMAN else 0
