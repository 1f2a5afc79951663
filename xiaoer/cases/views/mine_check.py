"""How the result comes, a last look at everything, and the submission."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.catalogue.rules import Field
from xiaoer.journal import edge
from xiaoer.kernel import codes
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people

from .. import rules, services
from ..forms.answers import shown
from ..forms.choices import DeclareForm, DeliveryForm, delivery_words
from ..forms.words import said, sent, sent_again, text
from .mine_door import Filling, draft_page


@draft_page
def delivery(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Ask how the result is to come."""
    draft = filling.draft
    ways = rules.deliveries(filling.offered.offer, draft.answers)
    book = people.recipients_of(filling.applicant) if "post" in ways else []
    initial = {"way": ways[0], **_recipient(request, filling, book), "seen": draft.version}
    form = DeliveryForm(ways, sent(request), initial=initial)
    elsewhere: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        saved = services.choose_delivery(draft, delivery=form.delivery, seen=seen, now=edge.now())
        if not saved.elsewhere:
            return HttpResponseRedirect(filling.url("check"))
        sent_again(form, seen=saved.draft.version)
        elsewhere = _delivery_rows(saved.elsewhere["delivery"])
    context = {
        "filling": filling, "form": form, "elsewhere": elsewhere, "by_post": form.by_post, "book": book,
        "back_url": filling.url("papers"),
    }  # fmt: skip
    return render(request, "cases/apply/delivery.html", context, status=409 if elsewhere else 200)


def _recipient(request: HttpRequest, filling: Filling, book: list[people.Recipient]) -> dict[str, str]:
    """Return what the form begins with: the line of the address book that ?to= names, what was kept on the draft,
    the first line, or the applicant's name."""
    asked = next((one for one in book if str(one.id) == request.GET.get("to")), None)
    kept = {} if asked else filling.draft.delivery
    line = asked or (book[0] if book and not kept else None)
    if line is None:
        return {"name": filling.applicant.name, **kept}
    way = {"way": "post"} if asked else {}
    return {**way, "name": line.name, "phone": line.phone.removeprefix("+86"), "address": line.address}


def _delivery_rows(chosen: dict[str, str]) -> list[dict[str, str]]:
    rows = [{"key": _("结果怎么给您"), "value": delivery_words().get(chosen.get("way", ""), "")}]
    labels = {"name": _("收件人"), "phone": _("收件人电话"), "address": _("收件地址")}
    return rows + [{"key": labels[name], "value": chosen[name]} for name in labels if chosen.get(name)]


@draft_page
def check(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Show everything once more and submit it once."""
    faults: list[services.Fault] = []
    form = DeclareForm(sent(request), initial=_seen(filling))
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_submitted(filling, form))
        except services.Incomplete as lacking:
            faults = lacking.faults
        except Refusal as refused:
            form.add_error(None, said(refused))
        filling.draft.refresh_from_db()
    found = faults or services.submission_of(filling.draft, offered=filling.offered, applicant=filling.applicant)
    faults = found if isinstance(found, list) else []
    if form.is_bound:  # what stands on this page now is what is seen when it is sent again
        sent_again(form, **_seen(filling))
    context = {
        "filling": filling, "form": form, "faults": [_fault(filling, one) for one in faults],
        "sections": _sections(filling), "papers": _paper_rows(filling), "who": _who_row(filling),
        "delivery": [row | {"change_url": filling.url("delivery")} for row in _delivery_rows(filling.draft.delivery)],
        "members": _members(filling), "back_url": filling.url("delivery"),
    }  # fmt: skip
    return render(request, "cases/apply/check.html", context)


def _seen(filling: Filling) -> dict[str, Any]:
    return {"seen": filling.draft.version, "digest": filling.offered.digest}


def _submitted(filling: Filling, form: DeclareForm) -> str:
    """Submit and return the address of the page after. Refusal offer_changed when the applicant saw another version."""
    if form.cleaned_data["digest"] != filling.offered.digest:
        raise Refusal("offer_changed")
    received = services.hand_in(
        filling.draft, offered=filling.offered, applicant=filling.applicant, seen=form.cleaned_data["seen"] or 0,
        now=edge.now(), calendar=filling.offered.calendar,
    )  # fmt: skip
    return reverse("cases:received", kwargs={"number": received.application.number})


def _label(filling: Filling, fault: services.Fault) -> dict[str, str]:
    """Return the name in the reader's language of what a fault is about."""
    offer = filling.offered.offer
    if fault.place == "question" and (field := offer.field(fault.key)):
        return {"label": text(field, "label")}
    if fault.place == "paper":
        papers = {one.material.key: one.material for one in offer.materials}
        return {"label": text(papers[fault.key])}
    if fault.place == "organ":
        return {"label": text(offer.services[fault.key])}
    return {}


def _fault(filling: Filling, fault: services.Fault) -> dict[str, str]:
    """Return a fault as a link to where it is mended."""
    back = "?back=check"
    urls = {
        "question": lambda: filling.url("question", key=fault.key) + back,
        "paper": lambda: filling.url("paper", key=fault.key) + back,
        "delivery": lambda: filling.url("delivery"),
        "applicant": lambda: filling.url("who"),
        "organ": lambda: "",
    }
    return {"words": said(fault.refusal, **_label(filling, fault)), "url": urls[fault.place]()}


def _sections(filling: Filling) -> list[dict[str, Any]]:
    """Return the answers by what they are about, in the order of the form."""
    fields = rules.asked(filling.offered.offer, filling.draft.answers)
    order = list(dict.fromkeys(field.group for field in fields))
    fields.sort(key=lambda field: order.index(field.group))
    known = services.known_answers(fields, filling.applicant, filling.draft.firm)
    return [
        {"name": text(first, "group") or filling.title, "rows": [_row(filling, field, known) for field in group]}
        for _key, found in groupby(fields, key=lambda field: field.group)
        if (group := list(found)) and (first := group[0])
    ]


def _row(filling: Filling, field: Field, known: dict[str, Any]) -> dict[str, str]:
    draft = filling.draft
    value = draft.answers.get(field.key)
    same = value is not None and value == known.get(field.key)
    words = codes.mask_id(value) if same and field.kind == "id_number" else shown(field, value)
    return {
        "key": text(field, "label"), "value": words or str(draft.typed.get(field.key) or _("（没有填）")),
        "source": _("来自您的账户") if same else "",
        "change_url": filling.url("question", key=field.key) + "?back=check",
    }  # fmt: skip


def _paper_rows(filling: Filling) -> list[dict[str, str]]:
    rows = []
    for one in filling.papers:
        kept = filling.draft.papers.get(one.material.key)
        if one.from_member:
            issuer = text(filling.offered.offer.services[one.from_member])
            value = _("不用您交，“%(service)s”办好以后自动带过来") % {"service": issuer}
        elif not services.to_upload(one):
            value = _("不用您交，由办理部门自己核查")
        else:
            value = kept["name"] if kept else _("（没有上传）")
        own = services.to_upload(one)
        url = filling.url("paper", key=one.material.key) + "?back=check" if own else ""
        rows.append({"key": text(one.material), "value": value, "change_url": url})
    return rows


def _who_row(filling: Filling) -> list[dict[str, str]]:
    applicant, firm = filling.applicant, filling.draft.firm
    names = {one.firm_id: one.name for one in people.named(applicant.firms)} if firm else {}
    value = names.get(firm, "") if firm else _("%(name)s（本人）") % {"name": applicant.name}
    return [{"key": _("为谁办"), "value": value, "change_url": filling.url("who") if applicant.firms else ""}]


def _members(filling: Filling) -> list[str]:
    """Return the names of the services that this submission applies for."""
    return [text(filling.offered.offer.services[key]) for key in services.needed_keys(filling.offered, filling.draft)]
