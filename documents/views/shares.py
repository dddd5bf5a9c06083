"""Documents found a year as a share of those held: never more exact than the numbers behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from documents.views.charts import Column, Period, Span, count_again

FEW = 20  # documents held: of fewer, one more or less would move the share by more than five points
MANY = 1000  # documents held: from so many on, a tenth of a per cent is a document or more
SHARE_COLUMNS = (
    *("first_year", "last_year"),
    *("found_certainly", "found_possibly", "found"),
    *("held_certainly", "held_possibly", "held"),
    "share_percent",
)


@dataclass(frozen=True, slots=True)
class Share:
    """What was found of a period, and all that is held of it. An uncertain date is spread over its years in both."""

    found: Period
    held: Period

    @property
    def percent(self) -> float | None:
        """From 0 to 100; None where nothing is held."""
        return 100 * _number(self.found) / _number(self.held) if _number(self.held) else None

    @property
    def is_of_few(self) -> bool:
        return _number(self.held) < FEW

    @property
    def found_in_words(self) -> str:
        return _in_words(self.found)

    @property
    def held_in_words(self) -> str:
        return _in_words(self.held)

    @property
    def in_words(self) -> str:
        """Such as "8 %" or "under 1 %"; of few documents no percentage but "2 of 3"."""
        percent = self.percent
        if percent is None or self.is_of_few:
            return self._fraction
        decimals = 1 if _number(self.held) >= MANY else 0
        least = 10**-decimals
        if 0 < percent < least:
            return f"under {least:.{decimals}f} %"
        if 100 - least < percent < 100:
            return f"over {100 - least:.{decimals}f} %"
        return f"{percent:.{decimals}f} %"

    def row(self) -> tuple[object, ...]:
        """What SHARE_COLUMNS name; where dates are uncertain, `found` and `held` are sums of parts of documents."""
        found, held, percent = self.found, self.held, self.percent
        return (
            *(found.first, found.last),
            *(found.certain, found.possible, round(_number(found), 2)),
            *(held.certain, held.possible, round(_number(held), 2)),
            "" if percent is None else round(percent, 1),
        )

    @property
    def _fraction(self) -> str:
        return f"{self.found_in_words} of {self.held_in_words}"

    def column(self) -> Column:
        """Its bar in a chart, in per cent."""
        held = _number(self.held) or 1
        noun = "document" if self.held_in_words == "1" else "documents"
        share = "" if self.is_of_few else f", {self.in_words}"
        words = f"{self.found.label}: {self._fraction} {noun}{share}"
        return Column(self.found, 100 * self.found.certain / held, 100 * self.found.share / held, words, self.is_of_few)


def shares_of(found: tuple[Period, ...], held: Iterable[Span], earliest: int, *, certain: bool) -> tuple[Share, ...]:
    """Each period with all that is held of it; where dates shall be certain, only what certainly is.

    earliest: the year from which open starts are counted.
    """
    everything = count_again(found, held, earliest)
    if certain:
        everything = tuple(period.certain_alone() for period in everything)
    return tuple(Share(part, whole) for part, whole in zip(found, everything, strict=True))


def _number(period: Period) -> float:
    return period.certain + period.share


def _in_words(period: Period) -> str:
    """Such as "12", or "12 to 15" where three more possibly belong there, or "up to 3" where those are all."""
    most = f"{period.certain + period.possible:,}"
    if not period.possible:
        return most
    return f"{period.certain:,} to {most}" if period.certain else f"up to {most}"
