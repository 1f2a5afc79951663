"""The term calendar (期限日历): from the day list of `clock explain` to months of cells and to sentences.

Input is what the clock says, one Day for every day from the day after acceptance to the statutory due date, and Marks:
what else stands on the days. Nothing here decides anything; the clock has decided, this page explains.
"""

import datetime as dt
from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

COUNTED = frozenset({"working", "swapped"})


@dataclass(frozen=True)
class Day:
    """One day as the clock explains it: reason is working, swapped, weekend, holiday or suspended."""

    on: dt.date
    counts: bool
    number: int | None
    reason: str


@dataclass(frozen=True)
class Marks:
    """What stands on the days. words: the festival or the ground of suspension; sources: the notice or the article."""

    accepted_on: dt.date
    today: dt.date
    statutory_due_on: dt.date | None = None
    promised_due_on: dt.date | None = None
    promised: int | None = None
    words: Mapping[dt.date, str] = field(default_factory=dict)
    sources: Mapping[dt.date, str] = field(default_factory=dict)
    provisional: bool = False


@dataclass(frozen=True)
class Cell:
    """One square: kinds are the style's names, label the word in it, count the day's number of the limit."""

    on: dt.date
    kinds: str
    count: int | None
    label: str
    sentence: str
    source: str
    opens: bool


@dataclass(frozen=True)
class Month:
    """A month of full weeks, Monday first; None where the week belongs to the neighbour."""

    first: dt.date
    weeks: tuple[tuple[Cell | None, ...], ...]
    has_today: bool


@dataclass(frozen=True)
class Run:
    """Days in a row that are counted, off or suspended together: one line of the explanation."""

    kind: str
    start: dt.date
    end: dt.date
    first: int | None
    last: int | None
    sentence: str
    source: str = ""


def day_list(rows: Iterable[Mapping[str, object] | Day]) -> tuple[Day, ...]:
    """Take the `days` of `clock explain` as they come (dicts, dates as ISO text or dates) or ready Days."""
    return tuple(row if isinstance(row, Day) else _day(row) for row in rows)


def _day(row: Mapping[str, object]) -> Day:
    on, number = row["on"], row["number"]
    return Day(
        on=on if isinstance(on, dt.date) else dt.date.fromisoformat(str(on)),
        counts=bool(row["counts"]),
        number=int(str(number)) if number is not None else None,
        reason=str(row["reason"]),
    )


def months(days: Sequence[Day], marks: Marks) -> tuple[Month, ...]:
    """Return every month from acceptance to the last day, each day with its cell."""
    by_date = {day.on: day for day in days}
    last = max([marks.accepted_on, *by_date])
    total = max([day.number or 0 for day in days], default=0)
    found = []
    first = marks.accepted_on.replace(day=1)
    while first <= last:
        weeks = tuple(
            tuple(
                cell(on, by_date.get(on), marks, total) if on.month == first.month else None for on in week
            )
            for week in Calendar().monthdatescalendar(first.year, first.month)
        )  # fmt: skip
        found.append(Month(first, weeks, (marks.today.year, marks.today.month) == (first.year, first.month)))
        first = (first + dt.timedelta(days=31)).replace(day=1)
    return with_one_shown(found)


def with_one_shown(found: Sequence[Month]) -> tuple[Month, ...]:
    """On the phone one month shows first: today's, else the last."""
    if not found or any(month.has_today for month in found):
        return tuple(found)
    return (*found[:-1], Month(found[-1].first, found[-1].weeks, has_today=True))


def cell(on: dt.date, day: Day | None, marks: Marks, total: int) -> Cell:
    """Return the square of a day: how it looks, what it says and what opens when it is asked."""
    kinds = kinds_of(on, day, marks)
    opens = day is not None or on == marks.accepted_on
    return Cell(
        on=on,
        kinds=" ".join(kinds),
        count=day.number if day and day.counts else None,
        label=label_of(on, day, marks),
        sentence=sentence_of(on, day, marks, total) if opens else "",
        source=marks.sources.get(on, ""),
        opens=opens,
    )


def kinds_of(on: dt.date, day: Day | None, marks: Marks) -> list[str]:
    kinds = [base_kind(on, day, marks)]
    if day and day.reason == "swapped":
        kinds.append("swapped")
    for name, date in (
        ("accepted", marks.accepted_on),
        ("promised", marks.promised_due_on),
        ("statutory", marks.statutory_due_on),
        ("today", marks.today),
    ):
        if on == date:
            kinds.append(name)
    return kinds


def base_kind(on: dt.date, day: Day | None, marks: Marks) -> str:
    """Counted and past, counted and promised, counted after the promise; off; suspended; outside the limit."""
    if day is None:
        return "outside"
    if not day.counts:
        return "suspended" if day.reason == "suspended" else "off"
    if on <= marks.today:
        return "counted"
    return "beyond" if marks.promised_due_on and on > marks.promised_due_on else "ahead"


def label_of(on: dt.date, day: Day | None, marks: Marks) -> str:
    if on == marks.promised_due_on:
        return _("承诺到期")
    if on == marks.statutory_due_on:
        return _("法定到期")
    if on == marks.accepted_on:
        return pgettext("day", "受理")
    if day and day.reason in {"holiday", "suspended"}:
        return marks.words.get(on, "")
    return ""


def sentence_of(on: dt.date, day: Day | None, marks: Marks, total: int) -> str:
    """Return what a person would say about the day, whole enough to be read aloud alone."""
    said = [_("%(day)s\uff1a") % {"day": spoken_date(on)}]
    if on == marks.accepted_on:
        said.append(_("受理。受理当天不算，从下一个工作日起算。"))
    elif day is not None:
        said.append(reason_words(on, day, marks, total))
    if on == marks.promised_due_on:
        said.append(_("这是承诺的最后一天。"))
    if on == marks.statutory_due_on:
        said.append(_("这是法律规定的最后一天。"))
    if on == marks.today:
        said.append(_("今天就是这一天。"))
    return "".join(said).strip()


def reason_words(on: dt.date, day: Day, marks: Marks, total: int) -> str:
    if day.counts:
        words = (
            _("调休上班，算第 %(n)s 天，共 %(of)s 天。")
            if day.reason == "swapped"
            else _("算第 %(n)s 天，共 %(of)s 天。")
        )
        return words % {"n": day.number, "of": total}
    if day.reason == "suspended":
        return _("%(ground)s期间，不计入期限。") % {"ground": marks.words.get(on, _("特别程序"))}
    if day.reason == "holiday":
        return _("%(festival)s放假，不算。") % {"festival": marks.words.get(on, _("法定节假日"))}
    return _("周末，不算。")


def spoken_date(on: dt.date) -> str:
    weekday = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[on.weekday()]
    return _("%(date)s\uff08%(weekday)s\uff09") % {"date": format_date(on, _("n月j日")), "weekday": weekday}


def runs(days: Sequence[Day], marks: Marks) -> tuple[Run, ...]:
    """Return the explanation in lines. A weekend between two days of one kind is not worth a line of its own."""
    grouped: list[list[Day]] = []
    for day in days:
        if day.reason == "weekend":
            continue
        ended = grouped and grouped[-1][-1].on == marks.promised_due_on
        if (
            grouped
            and not ended
            and run_kind(grouped[-1][-1]) == run_kind(day)
            and day.counts == grouped[-1][-1].counts
        ):
            grouped[-1].append(day)
        else:
            grouped.append([day])
    return tuple(run_of(group, marks) for group in grouped)


def run_kind(day: Day) -> str:
    return "counted" if day.reason in COUNTED else day.reason


def run_of(group: Sequence[Day], marks: Marks) -> Run:
    start, end = group[0], group[-1]
    kind = run_kind(start)
    return Run(
        kind, start.on, end.on, start.number, end.number, run_sentence(group, marks), marks.sources.get(start.on, "")
    )


def count_words(group: Sequence[Day]) -> str:
    if len(group) > 1:
        return _("算第 %(a)s 到第 %(b)s 天。") % {"a": group[0].number, "b": group[-1].number}
    words = _("调休上班，算第 %(n)s 天。") if group[0].reason == "swapped" else _("算第 %(n)s 天。")
    return words % {"n": group[0].number}


def run_sentence(group: Sequence[Day], marks: Marks) -> str:
    start, end = group[0], group[-1]
    if not start.counts:
        return reason_words(start.on, start, marks, 0)
    said = [count_words(group)]
    said += [
        _("%(day)s是调休上班日。") % {"day": spoken_date(day.on)}
        for day in group
        if day.reason == "swapped" and len(group) > 1
    ]
    if end.on == marks.promised_due_on:
        said.append(_("这是承诺的最后一天。"))
    if end.on == marks.statutory_due_on:
        said.append(_("这是法律规定的最后一天。"))
    return "".join(said).strip()
