"""What pages of cases show of stored rows: remaining days, the metro map, the term calendar, answers with masks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.template.defaultfilters import capfirst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaoer.catalogue import queries as catalogue
from xiaoer.catalogue.rules import Field
from xiaoer.design.calendar_view import Day, Marks
from xiaoer.design.metro import Line, Metro, Station
from xiaoer.kernel import clock, codes
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network
from xiaoer.people.queries import names_of

from .. import rules
from ..models import Case, Step
from ..queries import Line as Told
from ..queries import Part, QueueRow
from ..services import day_of

DONE = frozenset({"granted", "conditional", "withdrawn", "lapsed"})
UNTOLD = frozenset({"step.opened", "step.readied"})
"""What follows by itself: the map shows it, the story would only grow longer."""
BY_APPLICANT = frozenset({"case.received", "case.supplemented", "case.withdrawn"})
DELIVERY = "delivery."
"""How the keys of a recipient's name, phone and address begin: they are shown apart (showing_delivery)."""
MASKS = {"id_number": codes.mask_id, "phone": codes.mask_phone, "uscc": codes.mask_bank}


def english() -> bool:
    return (get_language() or "").startswith("en")


def word(table: str, key: str) -> str:
    """Return what a stored code is called in the reader's language."""
    return rules.word(table, key, language=get_language() or "zh-hans")


def calendars_of(shards: Iterable[str]) -> dict[str, Calendar]:
    """Return the present calendar of each county: one query for each."""
    return {shard: network.calendar_for(shard) for shard in sorted(set(shards))}


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def left_of_case(case: Case, *, on: date, calendar: Calendar) -> rules.Remaining:
    """Return what is left of the term that runs on a case: for acceptance, supplement, decision or delivery."""
    due, since = term_of_case(case)
    return rules.remaining(due, since=since, on=on, calendar=calendar, paused=case.running == "suspended")


def term_of_case(case: Case) -> tuple[date | None, date | None]:
    """Return the last day and the beginning of the term that runs on a case; (None, None) when none does."""
    stored = case.clock
    if case.state == "received":
        deem = _day(stored.get("deem_on"))
        return (deem - timedelta(days=1) if deem else None), _day(stored.get("silence_from"))
    if case.state == "supplementing":
        return case.supplement_until, _day(stored.get("notified_on"))
    if case.decided_at:
        return (None if case.delivered_at else case.delivery_due_on), day_of(case.decided_at)
    if case.state in rules.FINAL:
        return None, None
    return case.promised_due_on or case.statutory_due_on, case.accepted_on


def left_of_step(step: Step, case: Case, *, on: date, calendar: Calendar) -> rules.Remaining:
    """Return what is left for a step: its own days, else those of its case."""
    if step.due_on is None or step.ready_at is None:
        return left_of_case(case, on=on, calendar=calendar)
    paused = case.running == "suspended"
    return rules.remaining(step.due_on, since=day_of(step.ready_at), on=on, calendar=calendar, paused=paused)


def left_of_row(row: QueueRow, *, on: date, calendar: Calendar) -> rules.Remaining:
    """Return what is left for a line of a queue."""
    if row.step:
        return left_of_step(row.step, row.case, on=on, calendar=calendar)
    return left_of_case(row.case, on=on, calendar=calendar)


def applicant_name(kind: str, name: str) -> str:
    """Return an applicant for lists: a person's name is masked, a firm's is public."""
    return name if kind == "firm" else codes.mask_name(name)


def step_name(case: Case, key: str, kind: str, names: Mapping[str, str] | None = None) -> str:
    """Return what a step is called: as its service calls it, else by its kind; a wait by what it waits for."""
    if key.startswith(rules.BEFORE):
        return _("等前一件的结果")
    return (names or {}).get(key) or capfirst(word("step", kind))


def step_names(version: Any) -> dict[str, str]:
    """Return node -> name as a service's own guide words its steps; nothing without a version."""
    if version is None:
        return {}
    return {step.key: (english() and step.name_en) or step.name for step in catalogue.snapshot(version).steps}


def map_of(
    parts: Sequence[Part], *, organs: Mapping[UUID, Any], names: Mapping[str, str], urls: Mapping[UUID, str]
) -> Metro:
    """Return the metro map of an application. names: of the steps of the case that is being looked at."""
    keys = {part.case.key: part for part in parts}
    lines = []
    for part in parts:
        case = part.case
        organ = organs.get(case.handled_by)
        lines.append(
            Line(
                case.key, case.service_name, organ.short_name if organ else "", tuple(_stations(part, names)),
                after=_branch(part, keys), url=urls.get(case.id, ""),
            )
        )  # fmt: skip
    return Metro(tuple(lines))


def _branch(part: Part, keys: Mapping[str, Part]) -> str:
    """Return where a line begins when all its work waits for another case: at that case's decision."""
    nodes = part.case.plan["nodes"]
    waits = [node["key"].removeprefix(rules.BEFORE) for node in nodes if node["key"].startswith(rules.BEFORE)]
    work = [node for node in nodes if node["kind"] not in {"wait", rules.DECISION}]
    known = [key for key in waits if key in keys]
    if work or not known:
        return ""
    deciding = [node["key"] for node in keys[known[0]].case.plan["nodes"] if node["kind"] == rules.DECISION]
    return f"{known[0]}/{deciding[-1]}" if deciding else f"{known[0]}/accept"


def _stations(part: Part, names: Mapping[str, str]) -> Iterable[Station]:
    case = part.case
    yield Station("accept", _("受理"), _accept_state(case), _short(case.accepted_on))
    by_key = {step.key: step for step in part.steps}
    for node in case.plan["nodes"]:
        if node["kind"] == "wait" and (node["key"].startswith(rules.BEFORE)):
            continue
        step = by_key.get(node["key"])
        settled = day_of(step.settled_at) if step and step.settled_at else None
        state = _station_state(step, case) if step else "waiting"
        yield Station(node["key"], step_name(case, node["key"], node["kind"], names), state, _short(settled))
    state = "done" if case.delivered_at else "working" if case.decided_at else "waiting"
    if case.state not in rules.FINAL or case.decided_at:
        yield Station("deliver", _("送达"), state, _short(day_of(case.delivered_at)) if case.delivered_at else "")


def _accept_state(case: Case) -> str:
    if case.accepted_on:
        return "done"
    return {"received": "working", "supplementing": "working", "waiting": "waiting"}.get(case.state, "refused")


def _station_state(step: Step, case: Case) -> str:
    if step.state == "settled":
        if step.outcome in DONE:
            return "done"
        return "waived" if step.outcome in {"waived", "unreached"} else "refused"
    return {"ready": "ready", "working": "working"}.get(step.state, "waiting")


def _short(day: date | None) -> str:
    return date_format(day, _("n月j日")) if day else ""


@dataclass(frozen=True)
class Term:
    """What the term calendar is drawn from."""

    days: list[Day]
    marks: Marks


def term_of(case: Case, *, calendar: Calendar, on: date) -> Term | None:
    """Return the statutory clock of a case day by day, or None before it is accepted."""
    state = rules.clockwork.read(case.clock, procedure=case.procedure)
    explained = clock.explain(state, calendar, as_of=on)
    if state.accepted_on is None or not explained:
        return None
    marks = Marks(
        accepted_on=state.accepted_on, today=on, statutory_due_on=state.statutory_due_on,
        promised_due_on=state.promised_due_on, promised=state.limits.promised.amount if state.limits.promised else None,
        words={day.on: day.note for day in explained if day.note},
        sources={day.on: day.notice for day in explained if day.notice}, provisional=case.provisional,
    )  # fmt: skip
    return Term([Day(day.on, day.counts, day.number, day.reason) for day in explained], marks)


@dataclass(frozen=True)
class Shown:
    """One answer as a page shows it. hidden: its value is masked and can be revealed, which is journalled."""

    key: str
    label: str
    value: str
    hidden: bool = False


def answers_of(
    answers: Mapping[str, Any], personal: Mapping[str, Any], fields: Sequence[Field], *, revealed: Mapping[str, str]
) -> list[Shown]:
    """Return the answers that a service asked for, personal ones masked; all of them when its questions are unknown."""
    known = {field.key: field for field in fields}
    keys = [field.key for field in fields] or [*answers, *(key for key in personal if not key.startswith(DELIVERY))]
    shown = []
    for key in keys:
        label = _label(known.get(key), key)
        if key in revealed:
            shown.append(Shown(key, label, revealed[key]))
        elif key in personal:
            shown.append(Shown(key, label, masked(known.get(key), key, personal[key]), hidden=True))
        elif key in answers:
            shown.append(Shown(key, label, answer(known.get(key), answers[key])))
    return shown


def _label(field: Field | None, key: str) -> str:
    if field is None:
        return key
    return (english() and field.label_en) or field.label


def masked(field: Field | None, key: str, value: Any) -> str:
    """Return a personal answer with its middle hidden."""
    kind = field.kind if field else key
    return MASKS.get(kind, codes.mask_name)(str(value))


def answer(field: Field | None, value: Any) -> str:
    """Return an answer as people read it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return _("、").join(answer(field, one) for one in value)
    if field is None:
        return str(value)
    for choice in field.choices:
        if choice.value == value:
            return (english() and choice.label_en) or choice.label
    unit = (english() and field.unit_en) or field.unit
    return f"{value} {unit}".strip()


@dataclass(frozen=True)
class Event:
    """One line of the story for the timeline component."""

    on: Any
    sentence: str
    detail: str


def story_of(told: Sequence[Told], case: Case, names: Mapping[str, str]) -> list[Event]:
    """Return what happened, newest first: the sentence, who did it, which step, the law."""
    people = names_of(line.actor for line in told)
    kinds = {node["key"]: node["kind"] for node in case.plan["nodes"]}
    events = []
    for line in reversed(told):
        if line.name in UNTOLD:
            continue
        sentence = line.en if english() else line.zh
        if line.step:
            step = step_name(case, line.step, kinds.get(line.step, "wait"), names)
            sentence = _("%(step)s：%(what)s") % {"step": step, "what": sentence}
        who = (
            _("系统")
            if line.actor == "system"
            else _("申请人")
            if line.name in BY_APPLICANT
            else people.get(line.actor)
        )
        events.append(Event(line.at, sentence, " · ".join(part for part in (who, line.law) if part)))
    return events
