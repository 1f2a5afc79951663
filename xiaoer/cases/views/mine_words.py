"""Where an application stands, in sentences: who has it, since when, until when, what its applicant must do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoer.catalogue import queries as catalogue
from xiaoer.catalogue.rules import ServiceSnapshot
from xiaoer.design.templatetags.design import day
from xiaoer.journal import edge
from xiaoer.kernel import clock
from xiaoer.network import queries as network

from .. import rules
from ..forms.words import english, text
from ..models import Case, Step
from ..queries import ApplicationFile, Part
from ..rules import clockwork
from ..services import day_of

TONES = {"received": "running", "waiting": "waiting", "supplementing": "todo", "accepted": "running",
         "handling": "running", "special": "paused", "granted": "done", "refused": "refused", "not_a_matter": "done",
         "declined": "refused", "withdrawn": "waiting", "lapsed": "refused",
         "terminated": "refused"}  # fmt: skip


@dataclass(frozen=True)
class Names:
    """What cases, steps and organs are called in the reader's language."""

    services: dict[UUID, ServiceSnapshot]
    organs: dict[UUID, Any]
    titles: dict[UUID, str] = field(default_factory=dict)

    def case(self, case: Case) -> str:
        found = self.services.get(case.service)
        return text(found) if found else case.service_name

    def short(self, case: Case) -> str:
        """Return a case's name without what stands in brackets: for maps, tabs and lines that are read often."""
        whole = self.case(case)
        return re.split(r"\s*[(（]", whole, maxsplit=1)[0] or whole

    def organ(self, identity: UUID | None) -> str:
        """Return an organ's short name; in English the name that the catalogue has for it."""
        organ = self.organs.get(identity) if identity else None
        if organ is None:
            return _("办理部门")
        said = {one.organ: one.organ_name_en for one in self.services.values()} if english() else {}
        return said.get(organ.uscc) or organ.short_name or organ.name

    def step(self, case: Case, key: str) -> str:
        """Return what a step of a case is called."""
        found = self.services.get(case.service)
        for step in found.steps if found else ():
            if step.key == key:
                return text(step)
        return {"review": _("审查"), "visit": _("现场核查"), "decision": _("决定"), "site_visit": _("现场核查"),
                "opinion": _("征求意见"), "joint": _("联合审查"), "issue": _("制证")}.get(key, _("办理"))  # fmt: skip


def names_of(files: Iterable[ApplicationFile]) -> Names:
    """Return the names that some applications need, in two queries; in English in three."""
    files = list(files)
    parts = [part for file in files for part in file.parts]
    held = catalogue.versions({part.case.service for part in parts})
    organs = {part.case.handled_by for part in parts} | {step.organ for part in parts for step in part.steps}
    return Names(
        {identity: catalogue.snapshot(version) for identity, version in held.items()},
        network.organs({one for one in organs if one}),
        _titles(file.application.bundle for file in files) if english() else {},
    )


def _titles(bundles: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the English names of bundles by the id of their version."""
    held = catalogue.bundle_versions({one for one in bundles if one})
    return {identity: catalogue.bundle_snapshot(version).name_en for identity, version in held.items()}


def busy(part: Part) -> list[Step]:
    """Return the steps on which an organ works or can begin to."""
    return [step for step in part.steps if step.state in {"ready", "working"} and step.kind != "wait"]


def waiting_for(part: Part) -> list[str]:
    """Return the cases (by key) whose result this one waits for before anything else can be done."""
    if busy(part):
        return []
    return [step.key.removeprefix(rules.BEFORE) for step in part.steps if step.kind == "wait" and not step.outcome]


def answer_by(case: Case) -> date | None:
    """Return the last day on which the organ must say whether it accepts; after it, silence has accepted."""
    deem_on = case.clock.get("deem_on")
    return date.fromisoformat(deem_on) - timedelta(days=1) if deem_on else None


def strong(words: str) -> SafeString:
    return format_html("<strong>{}</strong>", words)


def listed(words: Iterable[str]) -> SafeString:
    """Return words as a list in a sentence, each strong and once."""
    return format_html_join(_("、"), "<strong>{}</strong>", ((word,) for word in dict.fromkeys(words)))


def sentences(parts: list[Part], names: Names) -> list[SafeString]:
    """Return who has it, since when and until when; what is due from the applicant stands in due_lines."""
    open_parts = [part for part in parts if part.case.state in rules.OPEN]
    if not open_parts:
        return [_ended(parts, names), *_undelivered(parts)]
    found = [_who(open_parts, names)]
    received = [on for part in open_parts if part.case.state == "received" and (on := answer_by(part.case))]
    if received:
        found.append(format_html(_("最晚 {} 答复是否受理，到时不答复就算受理。"), strong(day(max(received)))))
    running = [part for part in open_parts if part.case.promised_due_on or part.case.statutory_due_on]
    running = [part for part in running if not waiting_for(part)] or ([] if received else running)
    if running:
        last = max(part.case.promised_due_on or part.case.statutory_due_on or date.min for part in running)
        if received:
            cases = listed(names.short(part.case) for part in running)
            found.append(format_html(_("{}最晚 {} 作出决定。"), cases, strong(day(last))))
        else:
            found.append(format_html(_("最晚 {} 作出决定。"), strong(day(last))))
    found += [
        format_html(_("{}暂停计时：特别程序的时间不算在期限里。"), strong(names.short(part.case)))
        for part in open_parts
        if part.case.state == "special"
    ]
    return found


def _who(parts: list[Part], names: Names) -> SafeString:
    """Return who has the open cases and since when."""
    here = [part for part in parts if part.case.state != "supplementing"]
    here = [part for part in here if not waiting_for(part)] or here
    if not here:
        return format_html("{}", _("现在等您补正材料。"))
    organs, works, since = [], [], []
    for part in here:
        steps = busy(part)
        organs += [names.organ(step.organ or part.case.handled_by) for step in steps] or [
            names.organ(part.case.handled_by)
        ]
        works += [_work(part, step, names, alone=len(parts) == 1) for step in steps] or [_work_of(part, names)]
        since += [day_of(step.ready_at) for step in steps if step.ready_at] or [
            part.case.accepted_on or part.case.received_on
        ]
    together = len(set(organs)) > 1
    words = _("现在由 {} 同时办，从{}开始。") if together else _("现在由 {} 办 {}，从{}开始。")
    if together:
        return format_html(words, listed(organs), day(min(since)))
    return format_html(words, listed(organs), listed(works), day(min(since)))


def _work(part: Part, step: Step, names: Names, *, alone: bool) -> str:
    """Return what is being done; with the case's name where there are several."""
    name = names.step(part.case, step.key)
    return name if alone else _("%(case)s的%(step)s") % {"case": names.short(part.case), "step": name}


def _work_of(part: Part, names: Names) -> str:
    if part.case.state == "received":
        return _("受理审查")
    return names.short(part.case)


def _ended(parts: list[Part], names: Names) -> SafeString:
    states = [part.case.state for part in parts]
    if len(parts) == 1:
        return format_html("{}", _END[states[0]]())
    granted = states.count("granted")
    words = ngettext("%(n)s 件办好了", "%(n)s 件办好了", granted) % {"n": granted}
    other = [names.short(part.case) for part in parts if part.case.state != "granted"]
    if not other:
        return format_html(_("{}，都办完了。"), strong(words))
    return format_html(_("{}；没有办成的：{}。"), strong(words), listed(other))


def _undelivered(parts: list[Part]) -> list[SafeString]:
    due = [part.case.delivery_due_on for part in parts if part.case.delivered_at is None and part.case.delivery_due_on]
    return [format_html(_("最晚 {} 把结果送到。"), strong(day(max(due))))] if due else []


_END = {
    "granted": lambda: _("办好了：准予。"), "refused": lambda: _("办完了：不予许可。理由和救济办法在下面的决定书里。"),
    "not_a_matter": lambda: _("不用办许可，可以直接做。"), "declined": lambda: _("没有受理。理由在下面的通知书里。"),
    "withdrawn": lambda: _("您已撤回。"), "lapsed": lambda: _("逾期没有补正，已按撤回处理。可以重新申请。"),
    "terminated": lambda: _("部门终止办理了。理由和救济办法在下面的决定书里。"),
}  # fmt: skip


@dataclass(frozen=True)
class Used:
    """How much of a limit is used: working days left of all, the state and words of the bar."""

    left: int | None
    of: int
    state: str
    words: str


def used_of(case: Case, *, today: date) -> Used | None:
    """Return how far the clock of a case has run; None where none runs: before acceptance, after the end."""
    days = explained(case, today=today) if case.running in {"running", "suspended"} else []
    if not days:
        return None
    due = case.promised_due_on or case.statutory_due_on
    total = next((one.number for one in days if one.on == due and one.number), None)
    if total is None:
        total = max((one.number or 0 for one in days if due is None or one.on <= due), default=0)
    if not total:
        return None
    spent = max((one.number or 0 for one in days if one.on <= today), default=0)
    if case.running == "suspended":
        return Used(None, total, "paused", _("已用 %(n)s 个工作日，暂停计时") % {"n": spent})
    left = total - spent
    state = "overdue" if due and today > due else "near" if left <= 1 else "running"
    return Used(left, total, state, _limit_words(case, total, spent))


def _limit_words(case: Case, total: int, spent: int) -> str:
    if case.promised_due_on is None:
        return ""
    words = _("承诺 %(of)s 个工作日，已用 %(used)s 个") % {"of": total, "used": min(spent, total)}
    if case.statutory_due_on and case.statutory_due_on != case.promised_due_on:
        words += _("；法定期限到 %(day)s") % {"day": day(case.statutory_due_on)}
    return words


def explained(case: Case, *, today: date) -> list[clock.Day]:
    """Return the days of a case's clock as the clock explains them under the calendar of its last act."""
    state = clockwork.read(case.clock, procedure=case.procedure)
    if state.accepted_on is None:
        return []
    calendar = network.calendar_of(state.calendar) if state.calendar else network.calendar_for(case.shard)
    return clock.explain(state, calendar, as_of=max(today, state.accepted_on))


def due_lines(parts: list[Part], names: Names) -> list[dict[str, Any]]:
    """Return what is due from the applicant: case, number of papers, last day."""
    return [
        {"case": part.case, "name": names.case(part.case), "gaps": len(part.case.gaps),
         "until": part.case.supplement_until}
        for part in parts
        if part.case.state == "supplementing"
    ]  # fmt: skip


def state_word(case: Case) -> tuple[str, str]:
    """Return the word and tone of a case's state."""
    zh, en, _code = rules.STATES[case.state]
    return (en if english() else zh), TONES[case.state]


def hearings_of(file: ApplicationFile, names: Names) -> list[dict[str, Any]]:
    """Return the hearings of an application's open cases: which case, where it stands, its page."""
    return [
        {"name": names.case(part.case), "organ": names.organ(part.case.handled_by),
         "url": reverse("cases:hearing", args=[part.case.number]), **standing_of(part)}
        for part in file.parts
        if part.case.state in rules.OPEN and rules.hearing.read(part.case.hearing).stage != "none"
    ]  # fmt: skip


def standing_of(part: Part) -> dict[str, Any]:
    """Return a hearing, and what its applicant may do about it: ask, take back, or neither."""
    case = part.case
    acts = rules.acts_of_applicant(case.procedure, case.state, on=edge.today(), heard=case.hearing)
    return {"hearing": rules.hearing.read(case.hearing), "acts": {act.name for act in acts} & set(rules.hearing.ACTS)}
