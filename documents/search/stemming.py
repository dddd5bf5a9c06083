"""Word forms: which of the words that an index holds are forms of the word that a reader typed.

Words are indexed as written and folded; a stem is never stored, it is a set of forms found at query time. Stems are
Snowball's (https://snowballstem.org/), with three rules of ours for what Snowball keeps apart.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

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
_TAKES_PREFIXES_OFF = {"ar", "fa", "ga", "id", "nl"}  # forms of a word need not begin alike
_BEGINNING_LETTERS = 2  # that all forms of a word share, but for die and dying
_CACHED_STEMS = 100_000  # more than the words of a large archive in one language; some 20 MB
_ISM = re.compile(r"(?P<base>.{3,}?)(?P<ending>ism(?:s|us|en|ens|e|es|er|et|ets)?|изм(?:а|у|ом|е|ы|ов|ам|ами|ах)?)")
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
    name = STEMMERS.get(_primary(language))
    return _snowball(word, name) if name else word


def is_spelt_alike(one: str, other: str) -> bool:
    """Whether two folded words differ by no more than British and American spelling."""
    return one == other or _american(one) == _american(other)


class FormIndex:
    """The forms that each word has among the words held. Stems are worked out when first asked for.

    words: folded, as analysis.words() gives them; language: a BCP 47 tag. May be shared between threads.
    """

    def __init__(self, words: Iterable[str], language: str) -> None:
        self._language = _primary(language)
        self._held: defaultdict[str, list[str]] = defaultdict(list)  # by the beginning of the word
        self._families: dict[str, _Families] = {}
        for word in words:
            self._held[self._beginning(word)].append(word)

    def forms(self, word: str) -> frozenset[str]:
        """The words held that are forms of this one, itself included where it is held."""
        beginning = self._beginning(word)
        if beginning not in self._families:
            self._families[beginning] = _Families(self._held.get(beginning, ()), self._language)
        return self._families[beginning].forms(word)

    def forget(self) -> None:
        """Drop the families worked out so far."""
        self._families.clear()

    def _beginning(self, word: str) -> str:
        if self._language in _TAKES_PREFIXES_OFF:
            return ""
        return word[:_BEGINNING_LETTERS].replace("y", "i")  # die, dying


class _Families:
    """Words that may be forms of one another, by the keys that forms share."""

    def __init__(self, words: Iterable[str], language: str) -> None:
        self._language = language
        self._words_by_key: defaultdict[str, set[str]] = defaultdict(set)
        keys_by_word = {word: _stems(word, language) for word in words}
        self._stems = {key for keys in keys_by_word.values() for key in keys}
        for word, keys in keys_by_word.items():
            for key in self._joined(word, keys):
                self._words_by_key[key].add(word)

    def forms(self, word: str) -> frozenset[str]:
        keys = self._joined(word, _stems(word, self._language))
        return frozenset().union(*(self._words_by_key.get(key, ()) for key in keys))

    def _joined(self, word: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys, or that of the word in -ist where the word ends in -ism and both are held.

        Snowball takes nationalism for a form of nation and nationalist for none. One who writes of nationalism writes
        of nationalists, but not of every nation: so the two are joined, and apart from nation.
        """
        match = _ISM.fullmatch(word) if self._language in _KEEPS_IST_APART else None
        if not match or match["base"] in _NOT_ISTS:
            return keys
        ist = match["base"] + ("ист" if match["ending"].startswith("изм") else "ist")
        return (ist,) if ist in self._stems else keys


def _stems(word: str, language: str) -> tuple[str, ...]:
    """What a word may share with its forms; the first is its stem."""
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


def _primary(language: str) -> str:
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
