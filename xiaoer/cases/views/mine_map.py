"""The two drawings of an application: the metro map of its cases and the term calendar of one of them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaoer.design.calendar_view import Day, Marks
from xiaoer.design.metro import Line, Metro, Station
from xiaoer.design.templatetags.design import day
from xiaoer.kernel import clock

from .. import rules
from ..models import Case, Step
from ..queries import ApplicationFile, Part
from ..services import day_of
from .mine_words import Names, explained, state_word

DONE = {"refused": "refused", "waived": "waived", "unreached": "waived"}
ENDED = {
    "declined": "refused",
    "not_a_matter": "waived",
    "lapsed": "refused",
    "withdrawn": "waived",
    "terminated": "waived",
}


def metro_of(file: ApplicationFile, names: Names) -> Metro:
    """Return the map: a line for each case, its steps as stations, a branch where it waits for another case."""
    here = {part.case.key: part for part in file.parts}
    return Metro(tuple(_line(part, here, names) for part in file.parts))


def _line(part: Part, here: dict[str, Part], names: Names) -> Line:
    case = part.case
    nodes = [node for node in case.plan["nodes"] if node["kind"] != "wait"]
    before = [key for key in _predecessors(case) if key in here]
    rows = {step.key: step for step in part.steps}
    stations = [_work(case, node, rows.get(node["key"]), names) for node in nodes]
    stations = _waits(stations, nodes, before, here, names)
    if before and len(nodes) == 1:  # nothing can be done before the other case is decided: the line branches off there
        after = f"{before[0]}/{_decision(here[before[0]].case)}"
    else:
        after = ""
        stations = [_accept(case), *stations]
    stations.append(_deliver(case))
    return Line(
        case.key, names.short(case), names.organ(case.handled_by), tuple(stations), after, url=f"?case={case.key}#term"
    )


def _predecessors(case: Case) -> list[str]:
    return [
        node["key"].removeprefix(rules.BEFORE) for node in case.plan["nodes"] if node["key"].startswith(rules.BEFORE)
    ]


def _decision(case: Case) -> str:
    keys = [node["key"] for node in case.plan["nodes"] if node["kind"] != "wait"]
    return str(keys[-1] if keys else "accept")


def _waits(
    stations: list[Station], nodes: list[dict[str, Any]], before: list[str], here: dict[str, Part], names: Names
) -> list[Station]:
    """Say at a decision that it waits for another case."""
    names_before = [names.short(here[key].case) for key in before if not here[key].case.outcome]
    if not names_before:
        return stations
    note = _("等“%(name)s”") % {"name": names_before[0]}
    return [
        Station(one.key, one.name, one.state, note if one.state == "waiting" and node["kind"] == rules.DECISION
                else one.note)
        for one, node in zip(stations, nodes, strict=True)
    ]  # fmt: skip


def _accept(case: Case) -> Station:
    name = _("收件") if case.procedure == "filing" else _("受理")
    if case.accepted_on:
        return Station("accept", name, "done", day(case.accepted_on))
    if case.state == "waiting":
        return Station("accept", name, "done", day(case.received_on))
    if case.state in ENDED:
        return Station("accept", name, ENDED[case.state], state_word(case)[0])
    note = _("等您补正") if case.state == "supplementing" else ""
    return Station("accept", name, "working", note)


def _work(case: Case, node: dict[str, Any], step: Step | None, names: Names) -> Station:
    key, name = node["key"], names.step(case, node["key"])
    if step is None:
        state = "waived" if case.state in rules.FINAL else "waiting"
        return Station(key, name, state)
    if step.state == "settled":
        state = DONE.get(step.outcome, "done")
        return Station(key, name, state, _on(step.settled_at) if state != "waived" else "")
    if step.state in {"ready", "working"}:
        note = _("暂停计时") if case.running == "suspended" else _latest(step.due_on)
        return Station(key, name, "working", note)
    latest = _latest(case.promised_due_on) if node["kind"] == rules.DECISION else ""
    return Station(key, name, "waiting", latest)


def _deliver(case: Case) -> Station:
    if case.delivered_at:
        return Station("deliver", _("送达"), "done", _on(case.delivered_at))
    if case.outcome in {"granted", "refused"} and case.decided_at:
        return Station("deliver", _("送达"), "working", _latest(case.delivery_due_on))
    state = "waived" if case.state in rules.FINAL else "waiting"
    return Station("deliver", _("送达"), state)


def _on(at: datetime | None) -> str:
    return day(day_of(at)) if at else ""


def _latest(on: date | None) -> str:
    return _("不晚于%(day)s") % {"day": day(on)} if on else ""


def calendar_of(case: Case, *, today: date) -> tuple[list[Day], Marks] | None:
    """Return the days of a case and what stands on them; None before it is accepted."""
    days = explained(case, today=today)
    if not days or case.accepted_on is None:
        return None
    marks = Marks(
        accepted_on=case.accepted_on, today=today, statutory_due_on=case.statutory_due_on,
        promised_due_on=case.promised_due_on,
        words={one.on: _note(one) for one in days if one.note},
        sources={one.on: one.notice for one in days if one.notice},
        provisional=case.provisional,
    )  # fmt: skip
    return [Day(one.on, one.counts, one.number, one.reason) for one in days], marks


def _note(one: clock.Day) -> str:
    """Return a festival or the ground of a suspension in the reader's language."""
    language = get_language() or "zh-hans"
    if one.reason == "suspended":
        return rules.word("ground", one.note, language=language)
    return _("、").join(rules.word("festival", name, language=language) for name in one.note.split("、"))


def shown_case(parts: Iterable[Part], wanted: str) -> Part | None:
    """Return the case whose calendar is shown: the one asked for, else the one that takes longest, else the first."""
    listed = list(parts)
    by_key = {part.case.key: part for part in listed}
    return by_key.get(wanted) or slowest(listed) or next(iter(listed), None)


def slowest(parts: Iterable[Part]) -> Part | None:
    """Return the accepted case that is decided last; a suspended one has no date and comes last of all."""
    running = [part for part in parts if part.case.state in rules.OPEN and part.case.accepted_on]
    return max(running, key=lambda part: str(part.case.promised_due_on or "9999"), default=None)
