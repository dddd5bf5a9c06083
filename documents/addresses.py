"""The addresses of pages by their names, each pattern worked out once: a page of results has two hundred of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse

_HOLE = "9876543210"  # fits a slug and a number


_held: ContextVar[str | None] = ContextVar("held", default=None)  # the prefix, within held_prefix()


@contextmanager
def held_prefix() -> Iterator[None]:
    """Within it the prefix of all addresses is asked for once, which takes Django longer than an address takes here."""
    token = _held.set(get_script_prefix())
    try:
        yield
    finally:
        _held.reset(token)


def address_of(name: str, *arguments: str | int) -> str:
    """What django.urls.reverse() gives for these arguments, each a slug or a number."""
    return _pattern(_held.get() or get_script_prefix(), name, len(arguments)) % arguments


@lru_cache
def _pattern(prefix: str, name: str, arguments: int) -> str:
    return reverse(name, args=[_HOLE] * arguments).replace("%", "%%").replace(_HOLE, "%s")


def with_parameters(path: str, parameters: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{'&'.join(map(_encoded, parameters))}" if parameters else path


@lru_cache(maxsize=4096)
def _encoded(parameter: tuple[str, str]) -> str:
    """A parameter as addresses have it. The hundred addresses of a page repeat most of theirs."""
    return urlencode((parameter,))
