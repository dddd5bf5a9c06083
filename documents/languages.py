"""Languages by their BCP 47 tags: names for people and the direction in which they are written."""

from __future__ import annotations

import re
from functools import lru_cache

from django.conf.locale import LANG_INFO

WELL_FORMED = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*"
)  # RFC 5646, the common part


def is_language_tag(tag: str) -> bool:
    return WELL_FORMED.fullmatch(tag) is not None


def language_name(tag: str) -> str:
    """The language's English name, "Simplified Chinese"; the tag itself where Django knows none."""
    info = _info(tag)
    return str(info["name"]) if info else tag


def own_name(tag: str) -> str:
    """The language's name in itself, "français"."""
    info = _info(tag)
    return str(info["name_local"]) if info else tag


def direction(tag: str) -> str:
    """`rtl` or `ltr`, for the HTML attribute dir."""
    info = _info(tag)
    return "rtl" if info and info["bidi"] else "ltr"


@lru_cache(maxsize=1000)
def _info(tag: str) -> dict[str, object] | None:
    lowered = tag.lower()
    return next(
        (info for key in (lowered, lowered.split("-")[0]) if (info := LANG_INFO.get(key)) and "name" in info), None
    )
