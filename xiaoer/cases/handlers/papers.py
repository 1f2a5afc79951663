"""Every act that the law wants in writing gets its paper (文书): numbered here, signed by the worker.  # bilingual"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from xiaoer.catalogue import queries as catalogue
from xiaoer.catalogue.rules import ServiceSnapshot
from xiaoer.journal.services import SYSTEM, Delivered
from xiaoer.network import queries as network
from xiaoer.notices import rules as papers
from xiaoer.notices import services as notices
from xiaoer.people import queries as people

from .. import rules
from ..models import Application, Case, Requirement
from ..queries import parties_of
from ..services import day_of

Says = dict[str, Any]
FORMS = {"upload": "电子", "licence": "证照共享，免提交", "exchange": "数据共享，免提交",
         "earlier_case": "前序办件提供，免提交", "commitment": "告知承诺"}  # fmt: skip
RIGHT_ORGAN = "《中华人民共和国行政许可法》第三十二条第一款第（二）项"
NOT_A_MATTER = "《中华人民共和国行政许可法》第三十二条第一款第（一）项"
LICENSING = frozenset({"licence", "confirmation", "promise"})
"""Procedures whose grant is a decision in writing (行政许可法 38)."""


def issue_paper(delivered: Delivered, now: datetime) -> None:
    """Issue the paper that belongs to an event of a case, dated as the event is, however late the queue runs."""
    now = delivered.event.at
    case = Case.objects.get(shard=delivered.shard, id=delivered.event.subject)
    kind, says = PAPERS[delivered.event.name]
    if kind == "grant" and case.procedure not in LICENSING:
        said = said_of(case)
        if said and gives_licence(said):
            return  # a registration gives its licence: no decision on paper besides
        kind, says = COMPLETION
    application = Application.objects.get(shard=case.shard, id=case.application)
    data = {
        "applicant": application.applicant_name or "（已删除）",
        "matter": case.service_name,
        "case_number": case.number,
        **says(case, delivered.event.data, now),
    }
    notices.issue(kind, subject=case.id, shard=case.shard, organ=organ_of(case), data=data, by=SYSTEM, now=now)


def organ_of(case: Case) -> papers.Organ:
    """Return the organ in whose name papers of a case go out. Its sign (机关代字) is place and short name: 瑞市监."""
    organ = network.organ(case.handled_by)
    if organ is None:
        raise LookupError(f"the organ {case.handled_by} of case {case.number} is unknown")
    sign = organ.name[0] + organ.short_name.removesuffix("局").removesuffix("大队")
    return papers.Organ(code=organ.uscc, name=organ.name, sign=sign, shard=organ.region_code)


def said_of(case: Case) -> ServiceSnapshot | None:
    """Return what the case's version of its service says; None for one that is unknown here."""
    version = catalogue.version(case.service)
    return catalogue.snapshot(version) if version else None


def gives_licence(said: ServiceSnapshot) -> bool:
    """Whether a grant gives a licence."""
    return said.result is not None and said.result.kind == "licence"


def basis_of(case: Case) -> str:
    """Return the legal basis of the case's service, as its version says it."""
    said = said_of(case)
    found = said.basis if said else ()
    return ";".join(f"《{one.law}》{one.article}" for one in found) or "《中华人民共和国行政许可法》第三十八条"


def _receipt(case: Case, said: Any, now: datetime) -> Says:
    handed_in = Requirement.objects.filter(shard=case.shard, application=case.application).exclude(way="missing")
    names = [
        {"name": paper.name, "form": FORMS[paper.way], "copies": 1 if paper.way == "upload" else 0}
        for paper in handed_in.order_by("id")
        if case.key in paper.cases
    ]
    return {"received_at": now, "materials": names}


def _correction(case: Case, said: Any, now: datetime) -> Says:
    names = dict(Requirement.objects.filter(shard=case.shard, application=case.application).values_list("key", "name"))
    gaps = [
        {"name": names.get(gap["material"], gap["material"]), "problem": gap["reason"], "mend": "请按左列要求补正"}
        for gap in said.gaps
    ]
    return {"received_on": case.received_on, "gaps": gaps, "until": said.until, "lapse": "视为撤回"}


def _acceptance(case: Case, said: Any, now: datetime) -> Says:
    return {
        "received_on": case.received_on, "accepted_on": case.accepted_on, "promised_due_on": case.promised_due_on,
        "statutory_due_on": case.statutory_due_on, "deemed": case.deemed,
    }  # fmt: skip


def _decline(case: Case, said: Any, now: datetime) -> Says:
    basis = NOT_A_MATTER if said.ground == "not_a_matter" else RIGHT_ORGAN
    return {"received_on": case.received_on, "reasons": said.reason, "basis": basis, "right_organ": said.right_organ}


def _special(case: Case, said: Any, now: datetime) -> Says:
    until = network.calendar_for(case.shard).add_workdays(said.on, said.days)
    return {"ground": said.ground, "begins_on": said.on, "days": said.days, "until": until}


def _extension(case: Case, said: Any, now: datetime) -> Says:
    return {
        "reasons": said.reason, "days": said.days, "old_due_on": said.was_due_on,
        "new_due_on": case.statutory_due_on or said.was_due_on,
    }  # fmt: skip


def _grant(case: Case, said: Any, now: datetime) -> Says:
    return {
        "accepted_on": case.accepted_on, "basis": basis_of(case), "content": said.reason or case.service_name,
        "deliver_by": case.delivery_due_on, "heard_on": _heard(case),
    }  # fmt: skip


def _completion(case: Case, said: Any, now: datetime) -> Says:
    return {"completed_on": day_of(now), "outcome": said.reason or case.service_name}


def _refusal(case: Case, said: Any, now: datetime) -> Says:
    return {"accepted_on": case.accepted_on, "reasons": said.reason, "basis": basis_of(case),
            "heard_on": _heard(case)}  # fmt: skip


def _hearing_right(case: Case, said: Any, now: datetime) -> Says:
    return {"ground": "interest", "reasons": said.reason, "parties": said.parties, "until": said.until}


def _hearing_ordered(case: Case, said: Any, now: datetime) -> Says:
    return {"ground": "law", "reasons": said.reason, "parties": said.parties}


def _hearing_notice(case: Case, said: Any, now: datetime) -> Says:
    return {
        "held_on": said.date, "time": said.time, "venue": said.place, "chair": _name_of(str(said.chair)),
        "parties": parties_of(case),
    }  # fmt: skip


def _hearing_record(case: Case, said: Any, now: datetime) -> Says:
    hearing = rules.hearing.read(case.hearing)
    return {
        "held_on": hearing.on, "venue": hearing.place, "chair": _name_of(hearing.chair), "present": said.present,
        "record": said.record,
    }  # fmt: skip


def _name_of(account: str) -> str:
    return people.names_of([account]).get(account, "")


def _heard(case: Case) -> date | None:
    """Return the day of the hearing by whose record a case is decided."""
    return rules.hearing.read(case.hearing).held_on


def _termination(case: Case, said: Any, now: datetime) -> Says:
    return {"reasons": said.reason, "basis": said.basis}


def _withdrawal(case: Case, said: Any, now: datetime) -> Says:
    return {"withdrawn_on": day_of(now)}


COMPLETION = ("completion", _completion)
PAPERS: dict[str, tuple[str, Callable[[Case, Any, datetime], Says]]] = {
    "case.received": ("receipt", _receipt),
    "case.notified": ("correction", _correction),
    "case.accepted": ("acceptance", _acceptance),
    "case.deemed_accepted": ("acceptance", _acceptance),
    "case.declined": ("decline", _decline),
    "case.suspended": ("special", _special),
    "case.extended": ("extension", _extension),
    "case.granted": ("grant", _grant),
    "case.refused": ("refusal", _refusal),
    "case.withdrawn": ("withdrawal", _withdrawal),
    "case.terminated": ("termination", _termination),
    "case.hearing_told": ("hearing_right", _hearing_right),
    "case.hearing_ordered": ("hearing_right", _hearing_ordered),
    "case.hearing_set": ("hearing_notice", _hearing_notice),
    "case.hearing_held": ("hearing_record", _hearing_record),
}
