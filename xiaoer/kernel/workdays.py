"""Working days: a calendar is data, and every date can be explained.

Whether a day is worked follows from three things, the later beating the earlier: Monday to Friday; the notices of the
General Office of the State Council, which give days off and swapped working days (调休); a region's own extra days
(for instance 三月三 in Guangxi). 行政许可法 (2019-04-23) art 82 counts its limits in working days without legal
holidays. Service in extended hours does not make a working day.

A year whose notice has not been published yet has no holidays *that we know of*. Days in it are counted by weekends
alone and called provisional, so that nobody takes a guess for a certainty.

    >>> calendar = Calendar.build(parse_rows(lines))
    >>> calendar.add_workdays(date(2026, 2, 10), 5)
    datetime.date(2026, 2, 24)

Counting is done on a sorted array of working days, so that adding twenty costs one binary search.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from xiaoer.kernel.canonical import sha256

Kind = Literal["off", "work"]
Reason = Literal["working", "weekend", "holiday", "swapped"]
COLUMNS = ("day", "kind", "festival", "notice", "published")
SATURDAY = 5


class CalendarError(ValueError):
    """The rows make no calendar. `code`: bad_row, empty, gap, conflict, bad_count; `params` say where."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params = params


class Row(NamedTuple):
    """One day that differs from its weekday, and the notice that says so.

    `region` is empty for the whole country, else the name or code of the region the day is for.
    """

    day: date
    kind: Kind
    festival: str
    notice: str = ""
    published: date | None = None
    region: str = ""


class Explanation(NamedTuple):
    """Why a day is worked or not. `festival` and `notice` are empty for ordinary days."""

    reason: Reason
    festival: str = ""
    notice: str = ""
    provisional: bool = False

    @property
    def working(self) -> bool:
        return self.reason in ("working", "swapped")


@dataclass(frozen=True, eq=False)
class Calendar:
    """An immutable working-day calendar. Make one with `Calendar.build`; two are equal when their versions are.

    `version`: SHA-256 over the canonical rows. `covered_from`, `covered_to`: first and last day of the published years.
    """

    rows: tuple[Row, ...]
    version: str
    covered_from: date
    covered_to: date
    _by_day: dict[date, Row] = field(repr=False)
    _ordinals: list[int] = field(repr=False)
    _days: tuple[date, ...] = field(repr=False)
    _first: int = field(repr=False)
    _last: int = field(repr=False)

    @classmethod
    def build(cls, rows: Iterable[Row]) -> "Calendar":
        """Build a calendar from rows in any order; regional rows beat national ones on the same day.

        A year counts as published when its 1 January stands among the national rows as off: 元旦 is a holiday in
        every notice (全国年节及纪念日放假办法, 2024-11-10, art 2), while 29-31 December may stand in the next one.
        Raises CalendarError: empty without any published year, gap between years, conflict of two rows on a day.
        """
        ordered = tuple(sorted(rows, key=lambda row: (row.day, row.region, row.kind)))
        by_day = _by_day(ordered)
        years = _published_years(ordered)
        first = date(min(years[0], ordered[0].day.year), 1, 1)
        last = date(max(years[-1], ordered[-1].day.year), 12, 31)
        span = range(first.toordinal(), last.toordinal() + 1)
        days = tuple(day for day in map(date.fromordinal, span) if _worked(day, by_day.get(day)))
        return cls(
            rows=ordered,
            version=sha256([list(row) for row in ordered]),
            covered_from=date(years[0], 1, 1),
            covered_to=date(years[-1], 12, 31),
            _by_day=by_day,
            _ordinals=[day.toordinal() for day in days],
            _days=days,
            _first=first.toordinal(),
            _last=last.toordinal(),
        )

    def with_rows(self, extra: Iterable[Row]) -> "Calendar":
        """The same calendar with more rows, for instance a region's own days; it has its own version."""
        return Calendar.build((*self.rows, *extra))

    def within(self, first: int, last: int) -> "Calendar":
        """The calendar of the years from `first` to `last` only: the others count as not published.

        Days of December that the notice for the year after `last` gave stay. Raises CalendarError empty.
        """
        return Calendar.build(row for row in self.rows if first <= row.day.year <= last)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day, as far as is known."""
        return _worked(day, self._by_day.get(day))

    def explain(self, day: date) -> Explanation:
        """Why `day` is worked or not, with the festival and the notice that say so."""
        row = self._by_day.get(day)
        weekend = day.weekday() >= SATURDAY
        if row is None:
            return Explanation("weekend" if weekend else "working", provisional=self.provisional(day))
        if row.kind == "off":
            return Explanation("holiday", row.festival, row.notice)
        # A notice may name an ordinary Monday as the first day of work: nothing was swapped there.
        return Explanation("swapped" if weekend else "working", row.festival, row.notice)

    def provisional(self, day: date, *, start: date | None = None) -> bool:
        """Whether `day`, or the counting from `start` to it, touches a year whose notice is not known."""
        return day > self.covered_to or (start or day) < self.covered_from

    def add_workdays(self, start: date, n: int) -> date:
        """The n-th working day after `start`; `start` itself is not counted (民法典, 2021-01-01, art 201).

        n = 0 gives `start`, on a day off too. Raises CalendarError bad_count when n is negative.
        """
        if n <= 0:
            if n == 0:
                return start
            raise CalendarError("bad_count", n=n)
        index = bisect_right(self._ordinals, start.toordinal()) + n - 1
        if self._first <= start.toordinal() and index < len(self._days):
            return self._days[index]
        return self._select(self._rank(start.toordinal()) + n)

    def count_between(self, start: date, end: date) -> int:
        """Working days later than `start` and not later than `end`; 0 when `end` is not later."""
        return max(0, self._rank(end.toordinal()) - self._rank(start.toordinal()))

    def next_workday(self, day: date) -> date:
        """`day` when it is worked, else the first working day after it (民法典, 2021-01-01, art 203)."""
        return day if self.is_working(day) else self.add_workdays(day, 1)

    def _rank(self, ordinal: int) -> int:
        """Number of working days up to and including an ordinal, counted from the first row's year."""
        if ordinal > self._last:
            return len(self._days) + _weekdays(ordinal) - _weekdays(self._last)
        if ordinal < self._first:
            return _weekdays(ordinal) - _weekdays(self._first - 1)
        return bisect_right(self._ordinals, ordinal)

    def _select(self, rank: int) -> date:
        """The working day of a rank: the inverse of `_rank`."""
        if rank > len(self._days):
            return _weekday_of(_weekdays(self._last) + rank - len(self._days))
        if rank < 1:
            return _weekday_of(_weekdays(self._first - 1) + rank)
        return self._days[rank - 1]


def parse_rows(lines: Iterable[str]) -> list[Row]:
    """Rows from the lines of a CSV file with the columns day,kind,festival,notice,published; # begins a comment.

    Raises CalendarError bad_row with the line number.
    """
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        cells = line.strip().split(",")
        if not line.strip() or line.startswith("#") or tuple(cells) == COLUMNS:
            continue
        if len(cells) != len(COLUMNS):
            raise CalendarError("bad_row", line=number)
        rows.append(_row(cells, number))
    return rows


def _row(cells: list[str], number: int) -> Row:
    day, kind, festival, notice, published = cells
    known: dict[str, Kind] = {"off": "off", "work": "work"}
    try:
        return Row(date.fromisoformat(day), known[kind], festival, notice, date.fromisoformat(published))
    except (KeyError, ValueError):
        raise CalendarError("bad_row", line=number) from None


def _by_day(ordered: tuple[Row, ...]) -> dict[date, Row]:
    by_day: dict[date, Row] = {}
    for row in ordered:
        earlier = by_day.get(row.day)
        if earlier is not None and earlier.region == row.region:
            raise CalendarError("conflict", day=row.day.isoformat(), region=row.region)
        by_day[row.day] = row
    return by_day


def _published_years(ordered: tuple[Row, ...]) -> list[int]:
    national_off = {row.day for row in ordered if row.kind == "off" and not row.region}
    years = sorted(day.year for day in national_off if (day.month, day.day) == (1, 1))
    if not years:
        raise CalendarError("empty")
    if years[-1] - years[0] + 1 != len(years):
        raise CalendarError("gap", years=years)
    return years


def _worked(day: date, row: Row | None) -> bool:
    return row.kind == "work" if row else day.weekday() < SATURDAY


def _weekdays(ordinal: int) -> int:
    """Mondays to Fridays from 1 January of year 1, a Monday, up to and including an ordinal."""
    return ordinal // 7 * 5 + min(ordinal % 7, 5)


def _weekday_of(count: int) -> date:
    """The day on which `_weekdays` first reaches `count`."""
    weeks, days = divmod(count - 1, 5)
    return date.fromordinal(weeks * 7 + days + 1)
