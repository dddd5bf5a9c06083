"""Tables in Markdown, and the bars that figures are held against."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import geometric_mean


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure of this run and the most, or with `is_least` the least, that it may be."""

    what: str
    value: float
    limit: float
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.limit if self.is_least else self.value <= self.limit


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The first column is text, the others are figures."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def bars_table(bars: Iterable[Bar]) -> str:
    rows = [
        (bar.what, _figure(bar), f"at {'least' if bar.is_least else 'most'} {bar.limit:g}", _met(bar)) for bar in bars
    ]
    return table(("held against", "figure", "bar", "met"), rows)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so many of the values are not above."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """The ratio of the geometric means, and the worst of the single ratios."""
    single = [our / their for our, their in zip(ours, theirs, strict=True)]
    return geometric_mean(single), max(single)


def _figure(bar: Bar) -> str:
    """Two decimals, or three where two would hide whether the bar is met."""
    short = f"{bar.value:.2f}"
    return f"{bar.value:.3f}" if float(short) == bar.limit and bar.value != bar.limit else short


def _met(bar: Bar) -> str:
    return "yes" if bar.is_met else "**no**"


def _cell(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value).replace("|", "\\|")
