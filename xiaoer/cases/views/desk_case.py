"""One case at the desk: queue, papers, answers, checklist, notes; and the small posts that are no acts on the case."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiaoer.catalogue import queries as catalogue
from xiaoer.files import queries as files
from xiaoer.journal.edge import now, today
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people.rules import Officer

from .. import queries, rules, services
from ..forms.desk import NoteForm, RevealForm, VerdictForm
from ..forms.talk import TalkForm, answer_form
from ..forms.words import sent_again
from ..models import Case, Question, Requirement, Step
from ..queries import CaseFile
from . import desk_hearing, showing
from .desk import desk_context, queue_page, said
from .showing_delivery import delivery_of
from .talk_papers import paper_rows

BESIDE = 25
"""Rows of the queue beside a case."""


def file_of(request: HttpRequest, number: str) -> tuple[Officer, CaseFile]:
    """Return who asks and the case that he may see. Http404 when it is not his to see."""
    officer = people.officer_of(request)
    file = queries.case_for_officer(officer, number)
    if file is None:
        raise Http404
    return officer, file


@dataclass(frozen=True)
class Button:
    """An act as the page offers it. post: done at once, because it can be undone; else it opens its form."""

    name: str
    label: str
    key: str
    url: str
    tone: str = ""
    post: bool = False
    seen: int = 0
    step: str = ""


TONES = {"accept": "primary", "grant": "primary", "settle": "primary", "claim": "primary", "refuse": "warning",
         "decline": "warning", "terminate": "warning"}  # fmt: skip
POSTED = frozenset({"claim", "release"})
WITHOUT_FORM = frozenset({"begin"})
"""Work begins when the first step is taken in hand; nobody presses a button for it."""


def buttons_of(file: CaseFile, query: str) -> list[Button]:
    """Return the buttons of the page: what the rules allow, in their order, and nothing else."""
    number, english = file.case.number, showing.english()
    found = []
    acts = queries.step_acts_for(file)
    several = len(acts) > 1
    for step in file.steps:
        for act in acts.get(step.id, []):
            url = reverse("cases:desk_step", args=[number, step.id, act.name])
            name = showing.step_name(file.case, step.key, step.kind) if several else ""
            found.append(
                Button(
                    act.name, act.en if english else act.zh, act.key, f"{url}?{query}", TONES.get(act.name, ""),
                    act.name in POSTED, step.version, name,
                )
            )  # fmt: skip
    for act in queries.acts_for(file, on=today()):
        if act.name not in WITHOUT_FORM:
            url = reverse("cases:desk_act", args=[number, act.name])
            found.append(
                Button(act.name, act.en if english else act.zh, act.key, f"{url}?{query}", TONES.get(act.name, ""))
            )
    if file.case.state in rules.OPEN and queries.may_talk(file):
        url = reverse("cases:desk_ask", args=[number])
        found.append(Button("ask", rules.ASK.en if english else rules.ASK.zh, rules.ASK.key, f"{url}?{query}"))
    return found


@dataclass(frozen=True)
class Section:
    """An act whose form is open on the page. told: what happened meanwhile, when the officer was not the first.

    possible: whether the act still makes sense; if not, what was typed is shown and cannot be sent."""

    name: str
    title: str
    words: list[str]
    form: Any
    url: str
    button: str
    tone: str = "primary"
    extra: dict[str, Any] | None = None
    told: list[showing.Event] | None = None
    refused: str = ""
    possible: bool = True


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show one case."""
    officer, file = file_of(request, number)
    return case_page(request, officer, file)


def case_page(
    request: HttpRequest, officer: Officer, file: CaseFile, *, section: Section | None = None,
    shown: dict[str, str] | None = None, asked: RevealForm | None = None, checked: "list[Checked] | None" = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Answer with the page of a case. section: an act whose form is open; shown: personal values just revealed;
    asked: why somebody wanted to see one, when it cannot be shown."""
    beside = queue_page(request, officer, limit=BESIDE)
    context = desk_context(request, officer, "") | _facts(file, shown or {}) | {
        "page": beside, "file": file, "case": file.case, "application": file.application, "section": section,
        "query": beside.query, "buttons": buttons_of(file, beside.query), "papers": file.requirements,
        "paper": _paper(request, file), "checklist": checked or checklist_of(file),
        "may_judge": queries.may_judge(file), "may_note": bool(file.standing.permissions or file.workable),
        "may_talk": queries.may_talk(file),
        "note_form": NoteForm(), "asked": asked, "shown": shown or {},
    }  # fmt: skip
    return render(request, "cases/desk/case.html", context, status=status)


def _facts(file: CaseFile, shown: dict[str, str]) -> dict[str, Any]:
    """Return what the page tells of the case: who, until when, the map, the calendar, the story."""
    found, on = file.case, today()
    calendar = network.calendar_for(found.shard)
    version = catalogue.version(found.service)
    names = showing.step_names(version)
    fields = catalogue.snapshot(version).facts if version else ()
    ids = {part.case.handled_by for part in file.parts} | {step.organ for step in file.steps if step.organ}
    organs = network.organs(ids)
    numbers = {part.case.id: reverse("cases:desk_case", args=[part.case.number]) for part in file.parts}
    told = queries.told_of(found, file.steps, file.questions)
    asked = [who for one in file.questions for who in (one.asked_by, one.answered_by)]
    papers = queries.papers_of(file.questions)
    writers = people.names_of(
        [str(note.author) for note in file.notes] + [step.claimed_by for step in file.steps] + asked
    )
    application: Any = file.application
    return {
        "left": showing.left_of_case(found, on=on, calendar=calendar), "organ": organs.get(found.handled_by),
        "term_days": showing.term_of_case(found),
        "term": showing.term_of(found, calendar=calendar, on=on),
        "metro": showing.map_of(file.parts, organs=organs, names=names, urls=numbers),
        "answers": showing.answers_of(application.answers, application.personal_answers, fields, revealed=shown),
        "delivery": delivery_of(application, revealed=shown), "hearing": desk_hearing.words_of(found),
        "events": showing.story_of(told, found, names),
        "notes": [(writers.get(str(note.author), ""), note) for note in file.notes],
        "questions": [
            Talk(one, writers.get(one.asked_by, ""), writers.get(one.answered_by, ""),
                 rules.is_due(side=one.side, state=one.state, case_state=found.state),
                 answer_form(initial={"seen": one.version}, auto_id=f"id_{one.id}_%s"),
                 _papers(papers, one, rules.ASKED_FILE, found), _papers(papers, one, rules.ANSWER_FILE, found))
            for one in file.questions
        ],
        "work": [
            Work(step, showing.step_name(found, step.key, step.kind, names), organs.get(step.organ),
                 writers.get(step.claimed_by, ""), showing.left_of_step(step, found, on=on, calendar=calendar))
            for step in file.steps if step.organ
        ],
        "applicant": file.application.applicant_name,
    }  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """One question as the page shows it: who of the organ asked or answered it, whether it is due, where to answer."""

    question: Question
    asker: str
    answerer: str
    due: bool
    form: TalkForm
    papers: list[dict[str, str]]
    answer_papers: list[dict[str, str]]


def _papers(papers: queries.Papers, question: Question, kind: str, case: Case) -> list[dict[str, str]]:
    return paper_rows(papers, question, kind, url="cases:desk_question_paper", number=case.number)


@dataclass(frozen=True)
class Work:
    """One step as the page lists it: what, which organ, who has it, what is left."""

    step: Step
    name: str
    organ: Any
    who: str
    left: rules.Remaining


@dataclass(frozen=True)
class Paper:
    """The paper that lies on the desk. picture: shown as one; pdf: in the browser's own viewer; else downloaded."""

    requirement: Requirement
    url: str
    media_type: str
    earlier_url: str
    later_url: str

    @property
    def picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def pdf(self) -> bool:
        return self.media_type == "application/pdf"


def _paper(request: HttpRequest, file: CaseFile) -> Paper | None:
    """Return the paper that the address names, else the first that has a file."""
    held = [paper for paper in file.requirements if paper.file]
    if not held:
        return None
    keys = [paper.key for paper in held]
    wanted = request.GET.get("paper", "")
    place = keys.index(wanted) if wanted in keys else 0
    chosen = held[place]
    assert chosen.file is not None
    stored = files.stored(shard=chosen.shard, file=chosen.file)
    if stored is None:
        return None
    url = reverse("cases:desk_paper", args=[file.case.number, chosen.key])
    earlier = f"?paper={keys[place - 1]}" if place else ""
    later = f"?paper={keys[place + 1]}" if place + 1 < len(keys) else ""
    return Paper(chosen, url, stored.media_type, earlier, later)


@require_safe
def paper(request: HttpRequest, number: str, key: str) -> HttpResponseBase:
    """Give the bytes of a paper to an officer who may see the case."""
    _officer, file = file_of(request, number)
    found = next((one for one in file.requirements if one.key == key and one.file), None)
    stored = files.stored(shard=found.shard, file=found.file) if found and found.file else None
    if found is None or stored is None:
        raise Http404
    return files.send(stored, title=found.name, inline=True)


@dataclass(frozen=True)
class Checked:
    """One paper in the checklist with its form. refused: why the verdict was not taken."""

    paper: Requirement
    form: VerdictForm
    refused: str = ""


def checklist_of(file: CaseFile, data: Any = None) -> list[Checked]:
    """Return the papers of the case, each with its verdict as a form."""
    return [
        Checked(
            one,
            VerdictForm(
                data, prefix=one.key, initial={"seen": one.version, "verdict": one.verdict, "reason": one.reason}
            ),
        )
        for one in file.requirements
    ]


@require_POST
def checklist(request: HttpRequest, number: str) -> HttpResponse:
    """Note the verdicts, all that changed or the one whose button was pressed; each is an act of its own."""
    officer, file = file_of(request, number)
    if not queries.may_judge(file):
        raise Http404
    posted = request.POST.copy()
    if fine := request.POST.get("fine"):
        posted[f"{fine}-verdict"] = "fine"
    rows = checklist_of(file, posted)
    one = request.POST.get("one") or fine
    checked = [_judge(officer, row) if not one or row.paper.key == one else row for row in rows]
    if any(row.refused or row.form.errors for row in checked if not one or row.paper.key == one):
        return case_page(request, officer, file, checked=checked, status=409)
    messages.success(request, _("核对结果已保存。"))
    return HttpResponseRedirect(back_to(request, number) + "#checklist")


def _judge(officer: Officer, row: Checked) -> Checked:
    """Note one verdict if it is another than before; return the row, with what was refused."""
    form, paper = row.form, row.paper
    if not form.is_valid():
        return row
    verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"].strip()
    reason = reason if verdict == "gap" else ""
    if not verdict or (verdict, reason) == (paper.verdict, paper.reason):
        return row
    try:
        services.judge(
            paper, verdict=verdict, reason=reason, by=people.actor(officer), now=now(), seen=form.cleaned_data["seen"]
        )
    except Refusal as refused:
        paper.refresh_from_db()
        sent_again(form, **{form.add_prefix("seen"): paper.version})  # who has read what it says now may go on
        return Checked(paper, form, said(refused))
    return row


@require_POST
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Leave an internal note."""
    officer, file = file_of(request, number)
    if not (file.standing.permissions or file.workable):
        raise Http404
    form = NoteForm(request.POST)
    if not form.is_valid():
        return case_page(request, officer, file, section=_note_section(form, number), status=422)
    services.note(file.case, text=form.cleaned_data["text"], author=officer.account_id, now=now())
    messages.success(request, _("备注已写上。"))
    return HttpResponseRedirect(back_to(request, number) + "#notes")


def _note_section(form: NoteForm, number: str) -> Section:
    return Section("note", _("内部备注"), [], form, reverse("cases:desk_note", args=[number]), _("写上"))


@require_POST
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show one personal value whole, once, on the answer to this post; the journal keeps who looked and why."""
    officer, file = file_of(request, number)
    if not file.standing.permissions & rules.REVEALERS and not file.workable:
        raise Http404
    form = RevealForm(request.POST)
    what = request.POST.get("what", "")[:64]
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return case_page(request, officer, file, asked=form, status=422)
    try:
        value = services.reveal(
            file.application, what=what, reason=form.cleaned_data["reason"], by=people.actor(officer), now=now()
        )
    except Refusal as refused:
        messages.error(request, said(refused))
        return case_page(request, officer, file, asked=form, status=409)
    answer = case_page(request, officer, file, shown={what: value})
    answer["Cache-Control"] = "no-store"
    return answer


def back_to(request: HttpRequest, number: str) -> str:
    """Return the address of the case with the queue that the officer came from."""
    query = request.GET.urlencode()
    return reverse("cases:desk_case", args=[number]) + (f"?{query}" if query else "")
