"""听证: who is told of the right, who asks, when it is held, and that nothing is decided before.  # bilingual

行政许可法 (2019-04-23): where a licence touches the weighty interests of others, they and the applicant are told that
they may ask for a hearing (36, 47); where the law wants one, it is announced and held (46). Asked for within five days,
held within twenty, announced seven days before, under somebody who has no part in the review (48). Working days (82).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from xiaoer.journal.rules import Event
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar

ASK_DAYS, HOLD_DAYS, ANNOUNCE_DAYS = 5, 20, 7
GROUNDS = ("interest", "law")
"""interest: 行政许可法 47, on the asking of applicant or interested party; law: 46, of the organ's own motion."""
ACTS = ("tell_hearing", "ask_hearing", "set_hearing", "hold_hearing", "drop_hearing")


@dataclass(frozen=True)
class Hearing:
    """Where the hearing of a case stands. askers: applicant, party (one for each), organ. on: the day it is set for.

    What names a person (who was told, who asked, what was said) stands in the journal's sealed values and the papers.
    """

    told_on: date | None = None
    ground: str = ""
    reason: str = ""
    parties: int = 0
    ask_until: date | None = None
    askers: list[str] = field(default_factory=list)
    asked_on: date | None = None
    hold_by: date | None = None
    on: date | None = None
    time: str = ""
    place: str = ""
    chair: str = ""
    held_on: date | None = None

    @property
    def stage(self) -> str:
        """none, told, asked, set or held."""
        known = (("held", self.held_on), ("set", self.on), ("asked", self.askers), ("told", self.told_on))
        return next((stage for stage, reached in known if reached), "none")


_ADAPTER = TypeAdapter(Hearing)


def read(stored: dict[str, Any]) -> Hearing:
    """Return a hearing from a case's JSON; an empty one where there is none."""
    return _ADAPTER.validate_python(stored)


def write(hearing: Hearing) -> dict[str, Any]:
    """Return a hearing as JSON, without what is not known."""
    return _ADAPTER.dump_python(hearing, mode="json", exclude_defaults=True)


def bars(hearing: Hearing, on: date) -> Refusal | None:
    """Return why a case may not be decided on a day yet, None when no hearing stands in the way."""
    if hearing.stage == "told" and hearing.ask_until and on <= hearing.ask_until:
        return Refusal("hearing_may_be_asked", until=hearing.ask_until)
    return Refusal("hearing_comes_first") if hearing.stage in {"asked", "set"} else None


def against(act: str, hearing: Hearing, *, on: date, account: str = "") -> Refusal | None:
    """Return what stands against an act on a hearing on a day, None when it may be done.

    account: who would hold it; left out where nobody is known yet.
    """
    return _AGAINST[act](hearing, on, account)


def _against_telling(hearing: Hearing, on: date, account: str) -> Refusal | None:
    return Refusal("hearing_told_already") if hearing.told_on else None


def _against_asking(hearing: Hearing, on: date, account: str) -> Refusal | None:
    if hearing.told_on is None:
        return Refusal("hearing_not_told")
    if hearing.stage == "held" or hearing.ground == "law":
        return Refusal("hearing_over" if hearing.stage == "held" else "hearing_asked_already")
    late = hearing.ask_until is not None and on > hearing.ask_until
    return Refusal("hearing_asked_late", until=hearing.ask_until) if late else None


def _against_setting(hearing: Hearing, on: date, account: str) -> Refusal | None:
    if hearing.stage == "held":
        return Refusal("hearing_over")
    return None if hearing.askers else Refusal("hearing_not_asked")


def _against_holding(hearing: Hearing, on: date, account: str) -> Refusal | None:
    if hearing.stage != "set" or hearing.on is None:
        return Refusal("hearing_over" if hearing.stage == "held" else "hearing_not_set")
    if account != hearing.chair:
        return Refusal("hearing_chair_only")
    return Refusal("hearing_not_yet", on=hearing.on) if on < hearing.on else None


def _against_dropping(hearing: Hearing, on: date, account: str) -> Refusal | None:
    if hearing.stage == "held":
        return Refusal("hearing_over")
    return None if set(hearing.askers) - {"organ"} else Refusal("hearing_not_asked")


_AGAINST: dict[str, Callable[[Hearing, date, str], Refusal | None]] = {
    "tell_hearing": _against_telling, "ask_hearing": _against_asking, "set_hearing": _against_setting,
    "hold_hearing": _against_holding, "drop_hearing": _against_dropping,
}  # fmt: skip


def check_day(hearing: Hearing, day: date, *, announced_on: date, calendar: Calendar) -> None:
    """Refuse a day that is announced less than seven days before, or lies beyond the twenty (行政许可法 47, 48(1)).

    When the twenty have passed nearly or wholly, the first day that can still be announced is the only lawful one.
    """
    first, last = days_of(hearing, announced_on=announced_on, calendar=calendar)
    if day < first:
        raise Refusal("hearing_too_soon", first=first)
    if last and day > last:
        raise Refusal("hearing_too_late", last=last)


def days_of(hearing: Hearing, *, announced_on: date, calendar: Calendar) -> tuple[date, date | None]:
    """Return the first and the last day on which a hearing that is announced now may be held; no last: any later."""
    first = calendar.add_workdays(announced_on, ANNOUNCE_DAYS)
    return first, max(hearing.hold_by, first) if hearing.hold_by else None


def told(hearing: Hearing, event: Event) -> Hearing:
    _must(_against_telling(hearing, event.data.on, event.actor))
    data = event.data
    return Hearing(
        told_on=data.on, ground="interest", reason=data.reason, parties=data.number, ask_until=data.until
    )  # fmt: skip


def ordered(hearing: Hearing, event: Event) -> Hearing:
    _must(_against_telling(hearing, event.data.on, event.actor))
    data = event.data
    return Hearing(
        told_on=data.on, ground="law", reason=data.reason, parties=data.number, askers=["organ"], asked_on=data.on
    )


def asked(hearing: Hearing, event: Event) -> Hearing:
    _must(_against_asking(hearing, event.data.on, event.actor))
    if event.data.side == "applicant" and "applicant" in hearing.askers:
        raise Refusal("hearing_asked_already")
    first = not hearing.askers
    return replace(
        hearing, askers=[*hearing.askers, event.data.side], asked_on=event.data.on if first else hearing.asked_on,
        hold_by=event.data.hold_by if first else hearing.hold_by,
    )  # fmt: skip


def announced(hearing: Hearing, event: Event) -> Hearing:
    _must(_against_setting(hearing, event.data.on, event.actor))
    data = event.data
    return replace(hearing, on=data.date, time=data.time, place=data.place, chair=str(data.chair))


def held(hearing: Hearing, event: Event) -> Hearing:
    _must(_against_holding(hearing, event.data.on, event.actor))
    return replace(hearing, held_on=event.data.on)


def dropped(hearing: Hearing, event: Event) -> Hearing:
    """Take one asking back: with the last one the hearing falls, and what is left of the five days may be used."""
    _must(_against_dropping(hearing, event.data.on, event.actor))
    if event.data.side not in hearing.askers or event.data.side == "organ":
        raise Refusal("hearing_not_asked")
    left = list(hearing.askers)
    left.remove(event.data.side)
    if left:
        return replace(hearing, askers=left)
    return replace(hearing, askers=[], asked_on=None, hold_by=None, on=None, time="", place="", chair="")


FOLDS: dict[str, Callable[[Hearing, Event], Hearing]] = {
    "case.hearing_told": told, "case.hearing_ordered": ordered, "case.hearing_asked": asked,
    "case.hearing_set": announced, "case.hearing_held": held, "case.hearing_dropped": dropped,
}  # fmt: skip


def _must(refused: Refusal | None) -> None:
    if refused is not None:
        raise refused


def days_to_ask(on: date, calendar: Calendar) -> date:
    """Return the last day on which a hearing may be asked for by who was told on a day (行政许可法 47)."""
    return calendar.add_workdays(on, ASK_DAYS)


def days_to_hold(on: date, calendar: Calendar) -> date:
    """Return the last day for a hearing that was asked for on a day (行政许可法 47)."""
    return calendar.add_workdays(on, HOLD_DAYS)
