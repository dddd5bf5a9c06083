"""Documents a year as a chart: counted from the years that each may be of, and drawn as SVG on the server.

Widths are percentages and heights pixels, so that a chart fits any screen while its words keep their size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

MOST_BARS = 90  # beyond, a bar is a decade, and so on: thinner bars could not be seen on a phone
UNITS = (1, 10, 100, 1000)  # years that a bar may stand for
GAP = 0.2  # of the room of a bar, left empty
LEAST_HEIGHT = 2  # pixels: where one document is, something is seen
FEWEST_PLACES = 12  # bars are no wider than if there were so many
MOST_YEAR_LABELS = 9  # so many fit on a phone, side by side across the whole width
OUTLINE_WIDTH = 10_000  # units of an outline, which is stretched to the width that there is
MOST_LINES = 4  # above the lowest, with a number each


@dataclass(frozen=True, slots=True)
class Span:
    """So many documents that may be of any year from first to last; a first of None is open."""

    first: int | None
    last: int
    documents: int


@dataclass(frozen=True, slots=True)
class Period:
    """A year, decade or century, and its documents. `share` is what falls to it where each document that is possibly
    of it is divided evenly among the years that it may be of.
    """

    first: int
    years: int
    certain: int
    possible: int
    share: float

    @property
    def last(self) -> int:
        return self.first + self.years - 1

    @property
    def label(self) -> str:
        if self.years == 1:
            return str(self.first)
        return f"{self.first}s" if self.years == 10 else f"{self.first} to {self.last}"

    def certain_alone(self) -> Period:
        return replace(self, possible=0, share=0.0)

    @property
    def figures(self) -> str:
        """Such as "2001: 12, 3 possibly"; for lists whose heading says what is counted."""
        counted = ((self.certain, ""), (self.possible, " possibly"))
        return f"{self.label}: {', '.join(f'{number:,}{how}' for number, how in counted if number)}"

    @property
    def words(self) -> str:
        """Such as "2001: 12 documents certainly, 3 possibly"."""
        counted = [(self.certain, "certainly"), (self.possible, "possibly")]
        (number, surely), *more = [pair for pair in counted if pair[0]] or counted[:1]
        noun = "document" if number == 1 else "documents"
        return ", ".join((f"{self.label}: {number:,} {noun} {surely}", *(f"{also:,} {how}" for also, how in more)))


@dataclass(frozen=True, slots=True)
class Column:
    """What the bar of a period stands for, in documents or per cent, and says; `is_faint` where that means little."""

    period: Period
    certain: float
    possible: float
    words: str
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A column as drawn. `x` and `width` are percentages; heights and `*_y` are pixels from the top."""

    period: Period
    words: str
    is_faint: bool
    address: str
    x: float
    width: float
    certain_y: float
    certain_height: float
    uncertain_y: float
    uncertain_height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on an axis; `at` is a percentage from the left, or pixels from the top."""

    label: str
    at: float


@dataclass(frozen=True)  # without slots, which have no place for what cached_property keeps
class Chart:
    """Bars and axes; `height` is that of the bars, in pixels. Without bars there is nothing to draw.

    `first` and `last` label the ends of the axis. The outlines are all bars in one SVG path each, OUTLINE_WIDTH wide:
    for a chart that is one picture, at a fifteenth of the weight.
    """

    bars: tuple[Bar, ...]
    lines: tuple[Mark, ...]
    years: tuple[Mark, ...]
    height: int
    first: str = ""
    last: str = ""

    @cached_property
    def certain_outline(self) -> str:
        return _outline((bar, bar.certain_y, bar.certain_height) for bar in self.bars)

    @cached_property
    def uncertain_outline(self) -> str:
        return _outline((bar, bar.uncertain_y, bar.uncertain_height) for bar in self.bars)


def _outline(rectangles: Iterable[tuple[Bar, float, float]]) -> str:
    """Whole units and pixels, no space: the path is read by machines alone."""
    unit = OUTLINE_WIDTH / 100
    return "".join(
        f"M{bar.x * unit:.0f} {y:.0f}h{bar.width * unit:.0f}v{height:.0f}H{bar.x * unit:.0f}z"
        for bar, y, height in rectangles
        if height
    )


def count_periods(
    spans: Iterable[Span], earliest: int, from_year: int | None = None, to_year: int | None = None
) -> tuple[Period, ...]:
    """All periods from the first year that a document may be of to the last, within the years asked for.

    earliest: the year from which open starts are counted.
    """
    closed = [(_first(span, earliest), span) for span in spans]
    if not closed:
        return ()
    start = max(min(first for first, _ in closed), from_year or 0)
    end = min(max(span.last for _, span in closed), to_year or UNITS[-1] * 10)
    unit = next((unit for unit in UNITS if end // unit - start // unit < MOST_BARS), UNITS[-1])
    return tuple(_period(first, unit, closed) for first in range(start // unit * unit, end + 1, unit))


def count_again(periods: tuple[Period, ...], spans: Iterable[Span], earliest: int) -> tuple[Period, ...]:
    """The same periods with the numbers of other documents."""
    closed = [(_first(span, earliest), span) for span in spans]
    return tuple(_period(period.first, period.years, closed) for period in periods)


def _first(span: Span, earliest: int) -> int:
    return min(earliest, span.last) if span.first is None else span.first


def _period(year: int, years: int, spans: list[tuple[int, Span]]) -> Period:
    end = year + years - 1
    certain, possible, share = 0, 0, 0.0
    for first, span in spans:
        if first > end or span.last < year:
            continue
        if span.first is not None and year <= first and span.last <= end:
            certain += span.documents
        else:
            possible += span.documents
            touched = min(span.last, end) - max(first, year) + 1
            share += span.documents * touched / (span.last - first + 1)
    return Period(year, years, certain, possible, share)


def columns_of(periods: Iterable[Period]) -> tuple[Column, ...]:
    """Bars as high as there are documents."""
    return tuple(Column(period, period.certain, period.share, period.words) for period in periods)


def draw(columns: tuple[Column, ...], address_of: Callable[[Period], str], height: int, unit: str = "") -> Chart:
    """The chart of these columns, empty ones without a bar; `unit` follows the numbers on the axis."""
    highest = max((column.certain + column.possible for column in columns), default=0)
    if not highest:
        return Chart((), (), (), height)
    step = _step(highest, MOST_LINES)
    top = step * -(-highest // step)
    room = 100 / max(len(columns), FEWEST_PLACES)
    bars = tuple(
        _bar(column, address_of(column.period), place * room, room, height / top, height)
        for place, column in enumerate(columns)
        if column.certain or column.possible
    )
    numbers = range(0, int(top) + 1, step)
    lines = tuple(Mark(f"{number:,}{unit}", round(height - number * height / top, 1)) for number in numbers)
    periods = [column.period for column in columns]
    return Chart(bars, lines, _year_marks(periods, room), height, periods[0].label, periods[-1].label)


def _bar(column: Column, address: str, x: float, room: float, scale: float, height: int) -> Bar:
    certain = max(column.certain * scale, LEAST_HEIGHT) if column.certain else 0
    uncertain = max(column.possible * scale, LEAST_HEIGHT) if column.possible else 0
    return Bar(
        period=column.period,
        words=column.words,
        is_faint=column.is_faint,
        address=address,
        x=round(x + room * GAP / 2, 2),
        width=round(room * (1 - GAP), 2),
        certain_y=round(height - certain, 1),
        certain_height=round(certain, 1),
        uncertain_y=round(height - certain - uncertain, 1),
        uncertain_height=round(uncertain, 1),
    )


def _year_marks(periods: Sequence[Period], room: float) -> tuple[Mark, ...]:
    """Round years under the middles of their bars; the first where no round one is among few."""
    unit = periods[0].years
    step = unit * _step(max(len(periods), FEWEST_PLACES), MOST_YEAR_LABELS)
    marks = tuple(
        Mark(str(period.first), round((place + 0.5) * room, 2))
        for place, period in enumerate(periods)
        if period.first % step == 0
    )
    return marks or (Mark(str(periods[0].first), round(room / 2, 2)),)


def _step(highest: float, most: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 ... of which at most so many reach the highest."""
    steps = (lead * 10**power for power in count() for lead in (1, 2, 5))
    return next(step for step in steps if highest / step <= most)
