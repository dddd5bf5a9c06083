"""Links from the words of rendered HTML to what they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape

from documents.mentions import Mention, MentionKind

_TAG_OR_TEXT = re.compile(r"<[^>]*>|[^<]+")
_INFERRED_TITLE = "Inferred: the text named it before"


def link_mentions(html: str, find: Callable[[str], Sequence[Mention]], address: Callable[[Mention], str]) -> str:
    """The HTML with a link around each mention; words that stand in a link already, or across markup, are left.

    html: as nh3 writes it, so that no `>` stands in an attribute. find: called for each run of words, in order.
    """
    return "".join(_linked(html, find, address))


def _linked(html: str, find: Callable[[str], Sequence[Mention]], address: Callable[[Mention], str]) -> Iterator[str]:
    is_in_link = False
    for part in _TAG_OR_TEXT.findall(html):
        if part.startswith("<"):
            is_in_link = part.startswith(("<a ", "<a>")) or (is_in_link and part != "</a>")
            yield part
        elif is_in_link or part.isspace():
            yield part
        else:
            yield from _linked_words(unescape(part), find, address)


def _linked_words(
    text: str, find: Callable[[str], Sequence[Mention]], address: Callable[[Mention], str]
) -> Iterator[str]:
    end = 0
    for mention in find(text):
        yield escape(text[end : mention.start], quote=False)
        yield _link(mention, text[mention.start : mention.end], address(mention))
        end = mention.end
    yield escape(text[end:], quote=False)


def _link(mention: Mention, words: str, address: str) -> str:
    classes = "symbol" if mention.kind is MentionKind.SYMBOL else "name"
    if mention.is_inferred:
        return (
            f'<a class="{classes} inferred" href="{address}" title="{_INFERRED_TITLE}">{escape(words, quote=False)}</a>'
        )
    return f'<a class="{classes}" href="{address}">{escape(words, quote=False)}</a>'
