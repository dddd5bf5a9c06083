"""Word forms: which of the words that an index holds are forms of the word that a reader typed.

Words are indexed as written and folded; a stem is never stored, it is a set of forms found at query time. Stems are
Snowball's (https://snowballstem.org/), with three rules of ours for what Snowball keeps apart.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Protocol

import snowballstemmer

# Snowball's names by primary language subtag (BCP 47). English is Porter's second stemmer.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_TAKES_PREFIXES_OFF = {"ga", "id", "nl"}  # forms of a word need not begin alike
_SCRIPTS = {  # languages whose stemmers know no other letters than these
    **dict.fromkeys(("ar", "fa"), ("\u0600", "\u0700")),
    "el": ("\u0370", "\u0400"),
    **dict.fromkeys(("hi", "ne"), ("\u0900", "\u0980")),
    "hy": ("\u0530", "\u0590"),
    "ru": ("\u0400", "\u0530"),
    "ta": ("\u0b80", "\u0c00"),
    "yi": ("\u0590", "\u0600"),
}
_PAST_ALL = "\U0010ffff"  # sorts behind every letter
_BEGINNING_LETTERS = 2  # that all forms of a word share, but for die and dying
_CACHED_STEMS = 100_000  # more than the words of a large archive in one language; some 20 MB
_ISMS = {
    "ist": ("ism", ("", "s", "us", "en", "ens", "e", "es", "er", "et", "ets")),
    "ист": ("изм", ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")),
}
_ENDINGS = "|".join(ism + inflected for ism, inflections in _ISMS.values() for inflected in inflections)
_ISM = re.compile(rf"(?P<base>.{{3,}}?)(?P<ending>{_ENDINGS})")
_KEEPS_IST_APART = {"da", "de", "en", "nb", "nl", "nn", "no", "ru", "sv"}
_NOT_ISTS = {"organ", "sch"}  # organism and organist, schism and schist are no families
_ARABIC_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)(?=.{3})")
# Endings that the two spellings of English write differently, with enough letters before them that no other word is
# meant: "prise" is not "prize", "four" is not "for".
_BRITISH = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[a-z]{4})is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)", "iz"),  # organisation
        (r"(?<=[a-z]{3})ys(?=(?:e|ed|er|ers|ing)$)", "yz"),  # analyse
        (r"(?<=[a-z]{3})our(?=(?:s|ed|ing|er|ers|able|ably|al|hood|hoods|less|ful)?$)", "or"),  # labour
        (r"(?<=[a-z]{2}t)re(?=s?$)", "er"),  # centre
        (r"(?<=[a-z]{3})ogue(?=s?$)", "og"),  # dialogue
        (r"^(def|off|lic|pret)ence(?=s?$)", r"\1ense"),  # defence
        (r"^programme(?=s?$)", "program"),
        (r"(?<=dg)e(?=ments?$)", ""),  # judgement
    )
)

_per_thread = threading.local()


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself where the language, a BCP 47 tag, has no stemmer."""
    name = STEMMERS.get(primary(language))
    return _snowball(word, name) if name else word


def is_spelt_alike(one: str, other: str) -> bool:
    """Whether two folded words differ by no more than British and American spelling."""
    return one == other or _american(one) == _american(other)


class Held(Protocol):
    """The words held, as their forms are looked up in one language."""

    def __contains__(self, word: str) -> bool: ...

    def having(self, stem: str) -> Iterable[str]:
        """The words of which stems() gives this one."""
        ...


class WordsByStem:
    """Words of one language in memory, by their stems; a word of several stems stands under each."""

    def __init__(self, words: Iterable[str], language: str) -> None:
        self._words = set(words)
        by_stem: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for key in dict.fromkeys(stems(word, language)):
                by_stem[key].append(word)
        self.by_stem = dict(by_stem)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def having(self, stem: str) -> Iterable[str]:
        return self.by_stem.get(stem, ())


def forms(word: str, language: str, held: Held) -> set[str]:
    """The words held that are forms of this one, itself included where it is held.

    word: folded, as analysis.words() gives it, and so are those held; language: a BCP 47 tag.

    Snowball takes nationalism for a form of nation and nationalist for none. One who writes of nationalism writes of
    nationalists, but not of every nation: where both are held the two are joined, and apart from nation.

    A letter alone stands for itself: it numbers an annex or begins a name. To find the few words that Snowball cuts
    down to it, all that begin with it would be stemmed where the stems of a language are not kept.
    """
    if len(word) == 1:
        return {word} if word in held else set()
    language = primary(language)
    ist = _ist(word, language, held)
    found: set[str] = set()
    for key in (ist,) if ist else stems(word, language):
        found.update(other for other in held.having(key) if (_ist(other, language, held) or key) == key)
        found.update(other for other in _isms(key) if other in held and _ist(other, language, held) == key)
    return found


def range_of_forms(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """Where in an ordered list all forms of a word stand: from the first of each pair up to, without, the second."""
    language = primary(language)
    if language in _SCRIPTS:
        first, past = _SCRIPTS[language]
        return ((first, past),) if first <= word < past else ()
    if language in _TAKES_PREFIXES_OFF:
        return (("", _PAST_ALL),)
    letters = [("i", "y") if letter in "iy" else (letter,) for letter in word[:_BEGINNING_LETTERS]]  # die, dying
    return tuple((beginning, beginning + _PAST_ALL) for beginning in map("".join, product(*letters)))


def _ist(word: str, language: str, held: Held) -> str:
    """The stem in -ist of a word in -ism, where a word of that stem is held; else empty."""
    match = _ISM.fullmatch(word) if language in _KEEPS_IST_APART and ("ism" in word or "изм" in word) else None
    if not match or match["base"] in _NOT_ISTS:
        return ""
    ist = match["base"] + ("ист" if match["ending"].startswith("изм") else "ist")
    return ist if held.having(ist) else ""


def _isms(ist: str) -> Iterator[str]:
    """The words in -ism that may belong to a stem in -ist."""
    for ending, (ism, inflections) in _ISMS.items():
        if ist.endswith(ending):
            yield from (ist.removesuffix(ending) + ism + inflection for inflection in inflections)


def stems(word: str, language: str) -> tuple[str, ...]:
    """What a word may share with its forms; the first is its stem."""
    language = primary(language)
    if language == "en":
        return (stem(_american(word), language),)
    if language == "ar" and (match := _ARABIC_ARTICLE.match(word)):
        # Snowball cuts more from a word with the article than from the same word without; but what looks like the
        # article may belong to the word, so both count.
        return (stem(word, language), stem(word[match.end() :], language))
    return (stem(word, language),)


def _american(word: str) -> str:
    """An English word in the spelling that British and American texts are compared in; it need not be a real word."""
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word


def primary(language: str) -> str:
    """The language of a BCP 47 tag, without country or script: `zh` of `zh-Hans`."""
    return language.replace("_", "-").partition("-")[0].lower()


def forget_stems() -> None:
    """Drop every stem worked out so far."""
    _snowball.cache_clear()


@lru_cache(maxsize=_CACHED_STEMS)
def _snowball(word: str, name: str) -> str:
    # A Snowball stemmer keeps the word in itself while it works, so threads cannot share one.
    stemmers = _per_thread.__dict__
    if name not in stemmers:
        stemmers[name] = snowballstemmer.stemmer(name)
    return stemmers[name].stemWord(word)
