"""What is worked out once and kept in this process until the public sees something else."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

Answer = TypeVar("Answer")

GENERATIONS_KEPT = 2  # this one and, while requests overlap, the last one

_kept: list[Any] = []


def per_generation(function: Callable[[int], Answer]) -> Callable[[int], Answer]:
    """Ask the function once for each generation, its only argument. What it answers must not be changed."""
    kept = lru_cache(maxsize=GENERATIONS_KEPT)(function)
    _kept.append(kept)
    return kept


def forget() -> None:
    """Drop every answer: for tests, whose generations all begin at 0."""
    for function in _kept:
        function.cache_clear()
