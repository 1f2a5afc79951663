"""The acts of a hearing (听证) at the desk: what each needs, says before it is done, and does."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiaoer.journal.edge import today
from xiaoer.kernel.workdays import Calendar

from .. import rules, services
from ..forms import hearing as forms
from ..forms.desk import ActForm
from ..models import Case
from . import showing
from .desk_doing import Do, Doing

FIELDS = {
    "hearing_parties": "parties", "hearing_who": "who", "hearing_too_soon": "date", "hearing_too_late": "date",
    "hearing_place": "place", "hearing_chair_reviews": "chair", "hearing_chair_unknown": "chair",
    "hearing_record": "record",
}  # fmt: skip


def _tell(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.tell_hearing(
        doing.case, ground=typed["ground"], reason=typed["reason"], parties=form.names(), **doing.said(form)
    )


def _ask(doing: Doing, form: Any) -> None:
    services.ask_hearing(
        doing.case, side=form.cleaned_data["side"], who=form.cleaned_data["who"], **doing.said(form)
    )  # fmt: skip


def _set(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.set_hearing(
        doing.case, date=typed["date"], time=typed["time"], place=typed["place"], chair=UUID(typed["chair"]),
        **doing.said(form),
    )  # fmt: skip


def _hold(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.hold_hearing(doing.case, present=typed["present"], record=typed["record"], **doing.said(form))


def _drop(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.drop_hearing(doing.case, side=typed["side"], reason=typed["reason"], **doing.said(form))


ACTS: dict[str, tuple[type[ActForm], Do]] = {
    "tell_hearing": (forms.TellHearingForm, _tell),
    "ask_hearing": (forms.AskHearingForm, _ask),
    "set_hearing": (forms.SetHearingForm, _set),
    "hold_hearing": (forms.HoldHearingForm, _hold),
    "drop_hearing": (forms.DropHearingForm, _drop),
}


def needs(kind: type[ActForm], case: Case, calendar: Calendar) -> dict[str, Any]:
    """Return what the form of an act has to know of the case."""
    if kind is forms.DropHearingForm:
        return {"askers": [side for side in dict.fromkeys(_hearing(case).askers) if side != "organ"]}
    if kind is forms.SetHearingForm:
        officers = [(str(one.id), one.name or one.username) for one in services.may_chair(case, today())]
        return {"officers": officers, "days": days_words(case, calendar)}
    return {}


def announced_before(case: Case) -> dict[str, Any]:
    """Return what was announced of a hearing, for announcing it anew; nothing where nothing was."""
    hearing = _hearing(case)
    found = {"date": hearing.on, "time": hearing.time, "place": hearing.place, "chair": hearing.chair}
    return found if hearing.on else {}


def days_words(case: Case, calendar: Calendar) -> str:
    """Return on which days a hearing may be held that is announced today."""
    first, last = rules.hearing.days_of(_hearing(case), announced_on=today(), calendar=calendar)
    if last is None:
        return _("最早 %(first)s。") % {"first": day_words(first)}
    return _("最早 %(first)s，最晚 %(last)s。") % {"first": day_words(first), "last": day_words(last)}


def day_words(day: date) -> str:
    return showing.date_format(day, _("n月j日"))


def consequences(act: str, calendar: Calendar) -> list[str]:
    """Return what will happen, before it does."""
    until = day_words(rules.hearing.days_to_ask(today(), calendar))
    by = day_words(rules.hearing.days_to_hold(today(), calendar))
    said: dict[str, list[str]] = {
        "tell_hearing": [
            _("会出具听证告知书。今天告知，最晚 %(day)s 可以要求听证，那以前不能作出决定。") % {"day": until},
            _("依法应当听证的，不用谁来要求，举行以前不能作出决定。"),
            _("听证所需时间要不计入期限的，另办“启动特别程序”。"),
        ],
        "ask_hearing": [_("听证要在 %(day)s 以前举行，举行以前不能作出决定。") % {"day": by}],
        "set_hearing": [_("会出具听证通知书，并通知申请人。没有举行以前可以重新通知。")],
        "hold_hearing": [_("会出具听证笔录。登记以后可以根据笔录作出决定。")],
        "drop_hearing": [_("要求听证的都收回以后，听证不再举行。")],
    }
    return said.get(act, [])


def _hearing(case: Case) -> rules.hearing.Hearing:
    return rules.hearing.read(case.hearing)


def words_of(case: Case) -> str:
    """Return where the hearing of a case stands, in a few words; empty where there is none."""
    hearing = _hearing(case)
    said: dict[str, Callable[[], str]] = {
        "told": lambda: _("最晚 %(day)s 可以要求") % {"day": day_words(hearing.ask_until or today())},
        "asked": lambda: _("已要求，最晚 %(day)s 举行") % {"day": day_words(hearing.hold_by)}
        if hearing.hold_by else _("应当举行"),
        "set": lambda: _("%(day)s %(time)s 举行") % {"day": day_words(hearing.on or today()), "time": hearing.time},
        "held": lambda: _("%(day)s 已举行") % {"day": day_words(hearing.held_on or today())},
    }  # fmt: skip
    return said[hearing.stage]() if hearing.stage in said else ""
