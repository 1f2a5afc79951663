"""What an applicant does to a case: supplement its papers, take it back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoer.catalogue.rules import Material
from xiaoer.design.fields import UploadField
from xiaoer.files import services as files
from xiaoer.journal import edge
from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people import services as pace

from .. import queries, rules, services
from ..forms.choices import WithdrawForm
from ..forms.words import english, said, sent, sent_again, sent_files, text
from ..models import Case, Requirement
from ..queries import ApplicationFile, Part
from .mine_case import paper_name
from .mine_words import Names, names_of, state_word


@dataclass(frozen=True)
class Mine:
    """A case of the applicant's, with the application that it belongs to."""

    file: ApplicationFile
    part: Part
    names: Names
    by: Actor

    @property
    def case(self) -> Case:
        return self.part.case

    @property
    def name(self) -> str:
        return self.names.case(self.case)

    def may(self, act: str) -> bool:
        """Whether the applicant may do this now."""
        allowed = rules.acts_of_applicant(self.case.procedure, self.case.state, on=edge.today())
        return act in {one.name for one in allowed}

    @property
    def url(self) -> str:
        return reverse("cases:application", args=[self.file.application.number])


def opened_case(request: HttpRequest, number: str) -> Mine:
    """Return a case to its applicant; 404 for everybody else."""
    applicant = people.applicant_of(request)
    found = queries.part_for(applicant, number)
    if found is None:
        raise Http404
    file, part = found
    firm = file.application.applicant if file.application.applicant_kind == "firm" else None
    return Mine(file, part, names_of([file]), people.actor(applicant, firm=firm))


def meanwhile_of(mine: Mine, seen: int) -> list[str]:
    """Return what happened to the case since the applicant's page was made."""
    told = [line for line in queries.told_of(mine.case, []) if line.subject == mine.case.id]
    return [line.en if english() else line.zh for line in told[seen:]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take an application back, after saying what that means."""
    mine = opened_case(request, number)
    form = WithdrawForm(sent(request), initial={"seen": mine.case.version})
    meanwhile: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(
                mine.case, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"], by=mine.by,
                now=edge.now(), calendar=network.calendar_for(mine.case.shard),
            )  # fmt: skip
            messages.success(request, _("已撤回“%(name)s”。") % {"name": mine.name})
            return HttpResponseRedirect(mine.url)
        except Refusal as refused:
            meanwhile = meanwhile_of(mine, form.cleaned_data["seen"] or 0)
            mine = opened_case(request, number)
            form.add_error(None, said(refused))
            sent_again(form, seen=mine.case.version)
    word, tone = state_word(mine.case)
    successors = [mine.names.case(part.case) for part in mine.file.parts if _waits_for(part, mine.case.key)]
    context = {
        "mine": mine, "form": form, "allowed": mine.may("withdraw"), "meanwhile": meanwhile, "word": word,
        "tone": tone, "successors": successors, "others": len(mine.file.parts) - 1,
    }  # fmt: skip
    return render(request, "cases/apply/withdraw.html", context, status=409 if meanwhile else 200)


def _waits_for(part: Part, key: str) -> bool:
    waits = [step for step in part.case.plan["nodes"] if step["key"] == rules.BEFORE + key]
    return bool(waits) and part.case.state in rules.OPEN


@dataclass
class Gap:
    """One thing to mend: the paper, why, and whether another one has been handed in since."""

    key: str
    name: str
    reason: str
    paper: Requirement | None

    @property
    def done(self) -> bool:
        return self.paper is not None and self.paper.verdict != "gap"


def _gaps(mine: Mine) -> list[Gap]:
    papers = {paper.key: paper for paper in mine.file.requirements}
    return [
        Gap(gap["material"], _gap_name(mine, papers.get(gap["material"])), gap["reason"], papers.get(gap["material"]))
        for gap in mine.case.gaps
    ]


def _gap_name(mine: Mine, paper: Requirement | None) -> str:
    return paper_name(paper, mine.file, mine.names) if paper else _("申请表")


class GapsForm(forms.Form):
    """One file for each paper that has to be mended. seen: version of the case."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, gaps: list[Gap], materials: dict[str, Material], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for gap in gaps:
            if gap.paper is None:
                continue
            material = materials.get(gap.key) or Material(key=gap.key, name=gap.name)
            self.fields[f"file-{gap.key}"] = UploadField(
                accept=[f".{one}" for one in (*material.formats, "jpeg")], largest_mb=material.max_mb, required=False,
                label=gap.name, help_text=gap.reason,
            )  # fmt: skip


def _materials(names: Names) -> dict[str, Material]:
    return {material.key: material for service in names.services.values() for material in service.materials or ()}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Mend all gaps that the organ told of, and hand the case in again: five new days begin."""
    mine = opened_case(request, number)
    gaps = _gaps(mine)
    form = GapsForm(
        gaps, _materials(mine.names), sent(request), sent_files(request), initial={"seen": mine.case.version}
    )
    if request.method == "POST" and form.is_valid() and mine.may("supplement"):
        _take_files(mine, gaps, form)
        if not form.errors and all(gap.done or gap.paper is None for gap in gaps):
            return _supplemented(request, mine, form, gaps)
        _tell_missing(form, gaps)
    return _supplement_page(request, mine, form, gaps)


def _take_files(mine: Mine, gaps: list[Gap], form: GapsForm) -> None:
    """Keep every file that is good, even when another one is not: nothing has to be chosen twice."""
    for gap in gaps:
        upload = form.cleaned_data.get(f"file-{gap.key}")
        if upload is None or gap.paper is None:
            continue
        try:
            pace.count("upload", who=mine.by.id)
            stored = files.store(upload, shard=mine.case.shard, by=mine.by, now=edge.now())
            gap.paper = services.provide(gap.paper, way="upload", file=stored.id, by=mine.by, now=edge.now())
        except Refusal as refused:
            form.add_error(f"file-{gap.key}", said(refused))


def _tell_missing(form: GapsForm, gaps: list[Gap]) -> None:
    for gap in gaps:
        name = f"file-{gap.key}"
        if gap.paper is not None and not gap.done and name not in form.errors:
            form.add_error(name, _("还没有上传“%(name)s”。") % {"name": gap.name})


def _supplemented(request: HttpRequest, mine: Mine, form: GapsForm, gaps: list[Gap]) -> HttpResponse:
    try:
        services.supplement(
            mine.case, by=mine.by, now=edge.now(), seen=form.cleaned_data["seen"],
            calendar=network.calendar_for(mine.case.shard),
        )  # fmt: skip
    except Refusal as refused:
        form.add_error(None, said(refused))
        return _supplement_page(request, mine, form, gaps, meanwhile_of(mine, form.cleaned_data["seen"] or 0))
    messages.success(request, _("补正已提交，5 个工作日内答复是否受理。"))
    return HttpResponseRedirect(mine.url)


def _supplement_page(
    request: HttpRequest, mine: Mine, form: GapsForm, gaps: list[Gap], meanwhile: list[str] | None = None
) -> HttpResponse:
    rows = [{"gap": gap, "field": form[f"file-{gap.key}"] if gap.paper else None} for gap in gaps]
    context = {
        "mine": mine, "form": form, "rows": rows, "allowed": mine.may("supplement"), "meanwhile": meanwhile or [],
        "left": sum(1 for gap in gaps if gap.paper is not None and not gap.done),
        "organ": mine.names.organ(mine.case.handled_by), "text": text,
    }  # fmt: skip
    return render(request, "cases/apply/supplement.html", context, status=409 if meanwhile else 200)
