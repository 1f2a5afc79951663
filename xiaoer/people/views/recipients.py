"""My address book: to whom results are sent by post, kept once and offered when one applies."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiaoer.journal.edge import now
from xiaoer.kernel.refusal import Refusal

from .. import queries, rules, services
from ..forms import said, tell
from ..forms.mine import RecipientForm
from ..models import Recipient
from .form_page import form_page


def recipients(request: HttpRequest) -> HttpResponse:
    """List my recipients."""
    applicant = queries.applicant_of(request)
    return render(request, "people/recipients.html", {"recipients": queries.recipients_of(applicant)})


def recipient_new(request: HttpRequest) -> HttpResponse:
    """Add a recipient; myself is proposed."""
    applicant = queries.applicant_of(request)
    form = RecipientForm(request.POST or None, initial={"name": applicant.name})
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            services.add_recipient(applicant, **told, by=queries.actor(applicant), now=now())
            messages.success(request, _("已存进地址簿。"))
            return redirect("people:recipients")
        except Refusal as refused:
            tell(form, refused)
    return form_page(
        request, form, title=_("加一个收件人"), submit=_("保存"), back=reverse("people:recipients"),
        lead=_("加密保存，只有您看得到；办件选了邮寄，才给经办人和快递员看。"),
    )  # fmt: skip


def _recipient(request: HttpRequest, identity: UUID) -> tuple[rules.Applicant, Recipient]:
    applicant = queries.applicant_of(request)
    found = queries.recipient_for(applicant, identity)
    if found is None:
        raise Http404
    return applicant, found


def recipient(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Correct a recipient."""
    applicant, found = _recipient(request, identity)
    initial = {"name": found.name, "phone": found.phone.removeprefix("+86"), "address": found.address}
    form = RecipientForm(request.POST or None, initial={**initial, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_recipient(found, **form.cleaned_data, by=queries.actor(applicant), now=now())
            messages.success(request, _("已修改。"))
            return redirect("people:recipients")
        except Refusal as refused:
            tell(form, refused)
    return form_page(request, form, title=_("修改收件人"), submit=_("保存"), back=reverse("people:recipients"))


@require_POST
def recipient_remove(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take a recipient out of the address book for good."""
    applicant, found = _recipient(request, identity)
    try:
        services.remove_recipient(found, by=queries.actor(applicant), now=now())
        messages.success(request, _("已删除。"))
    except Refusal as refused:
        messages.info(request, said(refused))
    return redirect("people:recipients")
