"""The papers of an application: what is needed in this matter, each uploaded on a page of its own."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoer.catalogue.rules import Answer, Material, MaterialInCase
from xiaoer.design.fields import UploadField
from xiaoer.files import queries as files
from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people
from xiaoer.people import services as pace

from .. import services
from ..forms.words import said, sent, sent_files, text
from .mine_door import Filling, draft_page


def upload_form(label: str, *args: Any, formats: tuple[str, ...], largest_mb: int, **kwargs: Any) -> forms.Form:
    """Return the form with one file."""
    form = forms.Form(*args, **kwargs)
    form.use_required_attribute = False
    endings = [f".{one.lower()}" for one in formats]
    kinds = "、".join(one.upper() for one in formats)
    endings += [".jpeg"] if ".jpg" in endings else []
    form.fields["file"] = UploadField(
        accept=endings, largest_mb=largest_mb, label=label,
        help_text=_("可以传 {kinds}，最大 {mb} MB。").format(kinds=kinds, mb=largest_mb),
        error_messages={"required": _("请先选择文件，再上传。"), "empty": said(Refusal("file_empty"))},
    )  # fmt: skip
    return form


@draft_page
def papers(request: HttpRequest, filling: Filling) -> HttpResponse:
    """List the papers of this matter with what is done and what is left."""
    found = filling.papers
    tasks = [_task(filling, one) for one in found]
    lacking = sum(task["lacks"] for task in tasks)
    context = {"filling": filling, "tasks": tasks, "lacking": lacking, "back_url": _back(filling)}
    return render(request, "cases/apply/papers.html", context)


def _back(filling: Filling) -> str:
    pages = filling.pages
    return filling.url("question", key=pages[-1].key) if pages else filling.url("draft")


def _task(filling: Filling, one: MaterialInCase) -> dict[str, Any]:
    material, kept = one.material, filling.draft.papers.get(one.material.key)
    task = {"name": text(material), "hint": text(material, "accept_standard"), "lacks": False, "url": ""}
    if one.from_member:
        issuer = text(filling.offered.offer.services[one.from_member])
        hint = _("“%(service)s”办好以后自动带过来。") % {"service": issuer}
        return task | {"hint": hint, "tone": "waiting", "word": _("不用您交")}
    if not services.to_upload(one):
        return task | {"hint": _("由办理部门自己核查。"), "tone": "waiting", "word": _("不用您交")}
    task["url"] = filling.url("paper", key=material.key)
    if kept:
        return task | {"hint": kept["name"], "tone": "done", "word": _("已上传")}
    if material.need == "optional":
        return task | {"tone": "waiting", "word": _("可以不交")}
    if one.answer is Answer.UNKNOWN:
        return task | {"tone": "waiting", "word": _("还不确定要不要")}
    return task | {"tone": "todo", "word": _("请上传"), "lacks": True}


def _material(filling: Filling, key: str) -> Material:
    for one in filling.papers:
        if one.material.key == key and services.to_upload(one):
            return one.material
    raise Http404


@draft_page
def paper(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    """Upload one paper, look at it, take it back."""
    material = _material(filling, key)
    if request.method == "POST" and "remove" in request.POST:
        return _removed(request, filling, key)
    form = upload_form(
        text(material), sent(request), sent_files(request), formats=material.formats,
        largest_mb=material.max_mb,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _stored(request, filling, material, form):
        messages.success(request, _("“%(name)s”已上传。") % {"name": text(material)})
        back = filling.url("check") if request.GET.get("back") == "check" else filling.url("papers")
        return HttpResponseRedirect(back)
    context = {
        "filling": filling, "material": material, "form": form, "kept": filling.draft.papers.get(key),
        "name": text(material), "standard": text(material, "accept_standard"), "copies": material.copies,
        "file_url": filling.url("paper_file", key=key), "back_url": filling.url("papers"),
    }  # fmt: skip
    return render(request, "cases/apply/paper.html", context)


def _removed(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    try:
        services.remove_paper(filling.draft, key=key, instead_of=request.POST["remove"], now=edge.now())
        messages.success(request, _("已删除这个文件。"))
    except Refusal as refused:
        messages.warning(request, said(refused))
    return HttpResponseRedirect(filling.url("paper", key=key))


def _stored(request: HttpRequest, filling: Filling, material: Material, form: forms.Form) -> bool:
    by = people.actor(filling.applicant, firm=filling.draft.firm)
    try:
        pace.count("upload", who=filling.applicant.account_id)
        services.put_paper(
            filling.draft, material, form.cleaned_data["file"], instead_of=request.POST.get("kept"), by=by,
            now=edge.now(),
        )  # fmt: skip
    except Refusal as refused:
        form.add_error("file", said(refused))
        return False
    return True


@draft_page
def paper_file(request: HttpRequest, filling: Filling, key: str) -> HttpResponseBase:
    """Show the applicant his own file."""
    kept = filling.draft.papers.get(key)
    stored = files.stored(shard=filling.draft.shard, file=UUID(kept["file"])) if kept else None
    if stored is None:
        raise Http404
    return files.send(stored, title=kept["name"], inline=True)
