"""My applications: the list, one application with its map and calendar, the page after submitting."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoer.files import queries as files
from xiaoer.journal import edge
from xiaoer.notices import queries as notices
from xiaoer.notices import rules as papers
from xiaoer.people import queries as people
from xiaoer.people.rules import Applicant

from .. import queries, rules, services
from ..forms.words import english, text
from ..models import Case, Requirement
from ..queries import ApplicationFile, Part
from . import mine_map
from .mine_questions import asked_of, talk_of
from .mine_words import Names, answer_by, due_lines, hearings_of, names_of, sentences, state_word, used_of, waiting_for
from .money import bill_rows, due_bills


def opened(request: HttpRequest, number: str) -> tuple[Applicant, ApplicationFile]:
    """Return an application to its applicant; 404 for everybody else."""
    applicant = people.applicant_of(request)
    file = queries.application_for(applicant, number)
    if file is None:
        raise Http404
    return applicant, file


def title_of(file: ApplicationFile, names: Names) -> str:
    """Return what an application is called: its one service, or its bundle."""
    bundle = file.application.bundle
    if bundle is None and len(file.parts) == 1:
        return names.case(file.parts[0].case)
    return (bundle and names.titles.get(bundle)) or file.application.title


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is due from me first, then what is running, then what is done; drafts to go on with at the top."""
    applicant = people.applicant_of(request)
    asked = request.GET.get("before", "")
    before = edge.moment(asked)
    if asked and before is None:
        raise Http404
    page = queries.applications_of(applicant, before=before)
    due = [] if before else queries.due_from(applicant)
    found = {file.application.id: file for file in [*due, *page]}
    names = names_of(found.values())
    cards = sorted((_card(file, names) for file in found.values()), key=lambda card: card["rank"])
    older = f"?{urlencode({'before': page[-1].application.received_at.isoformat()})}" if page else ""
    context = {
        "drafts": [] if before else [_draft(draft) for draft in queries.drafts_of(applicant)],
        "due": [card for card in cards if card["rank"] == 0],
        "running": [card for card in cards if card["rank"] == 1],
        "done": [card for card in cards if card["rank"] == 2],
        "older_url": older if len(page) == queries.LISTED else "", "newer_url": reverse("cases:mine") if before else "",
    }  # fmt: skip
    return render(request, "cases/apply/mine.html", context)


def _draft(draft: Any) -> dict[str, Any]:
    return {
        "title": text(draft, "title"), "at": draft.updated_at, "url": reverse("cases:draft", args=[draft.id]),
        "discard_url": reverse("cases:discard", args=[draft.id]), "answers": len(draft.answers),
        "papers": len(draft.papers),
    }  # fmt: skip


def _card(file: ApplicationFile, names: Names) -> dict[str, Any]:
    """Return an application as a card; rank: 0 something is due from the applicant, 1 running, 2 done."""
    states = [part.case.state for part in file.parts]
    bills = due_bills(file, names)
    rank = 0 if bills or file.asked or "supplementing" in states else 1 if set(states) & rules.OPEN else 2
    granted = states.count("granted")
    slowest = mine_map.slowest(file.parts)
    return {
        "rank": rank, "title": title_of(file, names), "number": file.application.number,
        "received_at": file.application.received_at,
        "url": reverse("cases:application", args=[file.application.number]),
        "sentences": sentences(file.parts, names), "due": _due(file, names), "asked": asked_of(file, names, papers={}),
        "bills": bills,
        "total": len(file.parts), "granted": granted, "tag": _tag(rank, states),
        "used": used_of(slowest.case, today=edge.today()) if slowest else None,
        "used_name": names.short(slowest.case) if slowest and len(file.parts) > 1 else "",
    }  # fmt: skip


def _tag(rank: int, states: list[str]) -> tuple[str, str]:
    if rank == 0:
        return _("请您办"), "todo"
    if rank == 1:
        return _("在办"), "running"
    return (_("已办好"), "done") if set(states) <= {"granted", "not_a_matter"} else (_("已办结"), "waiting")


def _due(file: ApplicationFile, names: Names) -> list[dict[str, Any]]:
    return [
        line | {"url": reverse("cases:supplement", args=[line["case"].number])} for line in due_lines(file.parts, names)
    ]


@never_cache
@require_safe
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Who has it now, since when, until when, what to do; the map, the calendar, what happened, the papers."""
    _applicant, file = opened(request, number)
    names, today = names_of([file]), edge.today()
    events = _events(file, names)
    shown = mine_map.shown_case(file.parts, request.GET.get("case", ""))
    case = shown.case if shown else None
    context = talk_of(file, names) | {
        "file": file, "title": title_of(file, names), "sentences": sentences(file.parts, names),
        "hearings": hearings_of(file, names),
        "due": _due(file, names), "bills_due": due_bills(file, names), "bills": bill_rows(file, names),
        "used": used_of(case, today=today) if case else None,
        "metro": mine_map.metro_of(file, names), "cases": [_case(part, file, names) for part in file.parts],
        "tabs": _tabs(file, names, case), "shown": case, "shown_name": names.short(case) if case else "",
        "term": mine_map.calendar_of(case, today=today) if case else None,
        "events": events[:SHOWN], "earlier": events[SHOWN:],
        "running": any(part.case.state in rules.OPEN for part in file.parts),
        "documents": _documents(file, names), "papers": _papers(file, names),
        "overdue": bool(case and case.running == "running" and case.promised_due_on and today > case.promised_due_on),
        "remedy": _remedy(file, today),
        "crumbs": [{"label": _("我的办件"), "url": reverse("cases:mine")},
                   {"label": _("申请 %(number)s") % {"number": number}}],
    }  # fmt: skip
    return render(request, "cases/apply/application.html", context)


def _remedy(file: ApplicationFile, today: date) -> str:
    """Return what may be done against an organ that let the statutory limit pass; empty while none has."""
    late = any(
        part.case.running == "running" and part.case.statutory_due_on and part.case.statutory_due_on < today
        for part in file.parts
    )
    return papers.remedies_of_silence(today, english=english()) if late else ""


def _tabs(file: ApplicationFile, names: Names, shown: Case | None) -> list[dict[str, Any]]:
    if len(file.parts) < 2:
        return []
    return [
        {"label": names.short(part.case), "url": f"?case={part.case.key}#term", "current": part.case == shown,
         "count": None}
        for part in file.parts
    ]  # fmt: skip


def _case(part: Part, file: ApplicationFile, names: Names) -> dict[str, Any]:
    """Return one case as a line: state, who, until when, what the applicant may do."""
    case = part.case
    word, tone = state_word(case)
    allowed = {act.name for act in rules.acts_of_applicant(case.procedure, case.state, on=edge.today())}
    return {
        "case": case, "name": names.case(case), "organ": names.organ(case.handled_by), "word": word, "tone": tone,
        "waits": _awaited(part, file, names),
        "reason": case.reason,
        "supplement_url": reverse("cases:supplement", args=[case.number]) if "supplement" in allowed else "",
        "withdraw_url": reverse("cases:withdraw", args=[case.number]) if "withdraw" in allowed else "",
    }  # fmt: skip


def _awaited(part: Part, file: ApplicationFile, names: Names) -> list[str]:
    """Return the names of the cases whose result a case waits for before anything can be done."""
    here = {one.case.key: names.short(one.case) for one in file.parts}
    return [here[key] for key in waiting_for(part) if key in here]


SHOWN = 6
"""How many of the latest events stand open."""
TOLD = frozenset({"application.received", "step.settled", "question.asked", "question.answered"})
UNTOLD = frozenset({"case.received", "case.recalculated"})


def _events(file: ApplicationFile, names: Names) -> list[dict[str, Any]]:
    """Return what happened, newest first; what only concerns the organs inside is left out."""
    parts = {part.case.id: part for part in file.parts}
    asked = {one.id: parts[one.case] for one in file.questions}
    steps = {step.id: (part, step) for part in file.parts for step in part.steps if step.kind != "wait"}
    found = []
    for line in queries.story_of(file):
        if line.name in UNTOLD or not (line.name in TOLD or line.name.startswith("case.")):
            continue
        words = line.en if english() else line.zh
        if line.name == "step.settled":
            if line.subject not in steps:
                continue
            part, step = steps[line.subject]
            if step.settled_at != line.at:  # it was sent back since, and is done again
                continue
            words = _("“%(step)s”办完了") % {"step": names.step(part.case, step.key)}
            name = names.short(part.case)
        else:
            about = (parts | asked).get(line.subject) if line.subject else None
            name = names.short(about.case) if about else ""
        if name and len(file.parts) > 1:
            words = _("%(case)s：%(words)s") % {"case": name, "words": words}
        found.append({"on": line.at, "sentence": words, "detail": line.law})
    return found[::-1]


def _documents(file: ApplicationFile, names: Names) -> list[dict[str, Any]]:
    """Return the formal papers of the application's cases, newest first."""
    found = notices.documents_of(shard=file.application.shard, subjects=[part.case.id for part in file.parts])
    rows = [row for listed in found.values() for row in listed]
    several = {part.case.id: names.short(part.case) for part in file.parts if len(file.parts) > 1}
    return [
        {
            "name": papers.KINDS[row.kind].en if english() else papers.KINDS[row.kind].zh, "number": row.number,
            "case": several.get(row.subject, ""), "on": row.issued_at, "withdrawn": row.state == "withdrawn",
            "url": reverse("cases:document", args=[file.application.number, row.id]) if row.file_id else "",
        }
        for row in sorted(rows, key=lambda row: row.issued_at, reverse=True)
    ]  # fmt: skip


def _papers(file: ApplicationFile, names: Names) -> list[dict[str, Any]]:
    by_key = {part.case.key: part.case for part in file.parts}
    return [_paper(one, file, names, by_key) for one in file.requirements]


def _paper(one: Requirement, file: ApplicationFile, names: Names, cases: dict[str, Case]) -> dict[str, Any]:
    name = paper_name(one, file, names)
    if one.verdict == "gap":
        return {"name": name, "tone": "todo", "word": _("要补正"), "hint": one.reason}
    if one.way == "earlier_case" and one.reference in cases:
        hint = _("“%(service)s”办好以后自动带过来") % {"service": names.short(cases[one.reference])}
        return {"name": name, "tone": "waiting", "word": _("不用您交"), "hint": hint}
    if one.file is None:
        return {"name": name, "tone": "waiting", "word": _("由部门核查"), "hint": ""}
    url = reverse("cases:own_paper", args=[file.application.number, one.key])
    return {"name": name, "url": url, "tone": "done", "word": _("已提交"), "hint": ""}


def paper_name(one: Requirement, file: ApplicationFile, names: Names) -> str:
    """Return what a paper is called in the reader's language."""
    for service in names.services.values():
        for material in service.materials or ():
            if material.key == one.key:
                return text(material)
    return one.name


@never_cache
@require_safe
def received(request: HttpRequest, number: str) -> HttpResponse:
    """The page after submitting: the number, who has it, by when, and why that date."""
    _applicant, file = opened(request, number)
    names = names_of([file])
    rows = [_promise(part.case, names, _awaited(part, file, names)) for part in file.parts]
    context = {
        "file": file, "title": title_of(file, names), "rows": rows,
        "silence": any(row["answer_by"] for row in rows),
        "filed": any(part.case.procedure == "filing" for part in file.parts),
    }  # fmt: skip
    return render(request, "cases/apply/received.html", context)


def _promise(case: Case, names: Names, waits: list[str]) -> dict[str, Any]:
    limits = case.clock["limits"]
    return {
        "name": names.case(case), "organ": names.organ(case.handled_by), "number": case.number,
        "answer_by": answer_by(case), "waits": waits, "due_on": case.promised_due_on or case.statutory_due_on,
        "promised": (limits.get("promised") or limits["statutory"])["amount"],
    }  # fmt: skip


@never_cache
@require_safe
def own_paper(request: HttpRequest, number: str, key: str) -> HttpResponseBase:
    """Give the applicant a paper that he handed in."""
    _applicant, file = opened(request, number)
    found = next((one for one in file.requirements if one.key == key and one.file), None)
    stored = files.stored(shard=file.application.shard, file=found.file) if found and found.file else None
    if found is None or stored is None:
        raise Http404
    return files.send(stored, title=found.name, inline=True)


DECISIONS = frozenset({"grant", "refusal", "completion"})


@never_cache
@require_safe
def document(request: HttpRequest, number: str, document: UUID) -> HttpResponseBase:
    """Give the applicant a formal paper of one of his cases."""
    applicant, file = opened(request, number)
    cases = {part.case.id: part.case for part in file.parts}
    found = notices.document_for(
        shard=file.application.shard, id=document, may_read=lambda paper: paper.subject in cases
    )
    if found is None or found.file is None:
        raise Http404
    if found.kind in DECISIONS:
        services.note_opened(cases[found.subject], by=people.actor(applicant), now=edge.now())
    return files.send(found.file, title=notices.title_of(found), inline=True)
