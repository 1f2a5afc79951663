"""My firms: entering one, giving and revoking mandates."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.journal.edge import now, today
from xiaoer.kernel.refusal import Refusal

from .. import queries, rules, services
from ..forms import said, tell
from ..forms.mine import FirmForm, MandateForm, ReasonForm
from ..models import Firm
from .form_page import form_page


def firms(request: HttpRequest) -> HttpResponse:
    """List the firms I may act for."""
    applicant = queries.applicant_of(request)
    return render(request, "people/firms.html", {"firms": queries.named(applicant.firms)})


def firm_new(request: HttpRequest) -> HttpResponse:
    """Enter a firm whose legal representative I am."""
    applicant = queries.applicant_of(request)
    form = FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        me = queries.person_of(queries.account_of(request))
        try:
            made = services.register_firm(**form.cleaned_data, legal_rep=me, by=queries.actor(applicant), now=now())  # type: ignore[arg-type]
            messages.success(request, _("已登记%(name)s。") % {"name": made.name})
            return redirect("people:firm", made.id)
        except Refusal as refused:
            tell(form, refused, at="uscc")
    return form_page(
        request, form, title=_("登记我的企业"), submit=_("登记"), back=reverse("people:firms"),
        lead=_("只有法定代表人（负责人、经营者）本人可以登记。办事时窗口会核对营业执照。"),
    )  # fmt: skip


def _firm(request: HttpRequest, identity: UUID) -> tuple[rules.Applicant, Firm]:
    applicant = queries.applicant_of(request)
    found = queries.firm_for(applicant, identity)
    if found is None:
        raise Http404
    return applicant, found


def firm(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show a firm I may act for; to its legal representative also who else may."""
    applicant, found = _firm(request, identity)
    return render(
        request,
        "people/firm.html",
        {
            "firm": found,
            "mine": found.legal_rep_id == applicant.person_id,
            "mandates": queries.mandates_for(applicant, found, on=today()),
        },
    )


def mandate_grant(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let somebody act for my firm."""
    applicant, found = _firm(request, identity)
    if found.legal_rep_id != applicant.person_id:
        raise Http404
    form = MandateForm(request.POST or None, initial={"id_kind": "resident", "valid_from": today()})
    if request.method == "POST" and form.is_valid():
        try:
            _grant(applicant, found, form)
            messages.success(request, _("授权已生效。"))
            return redirect("people:firm", found.id)
        except Refusal as refused:
            tell(form, refused, at={"mandate_person": "id_number", "period": "valid_to"}.get(refused.key, ""))
    return form_page(
        request, form, title=_("授权经办人"), submit=_("授权"), back=reverse("people:firm", args=[found.id]),
        lead=_("经办人以%(firm)s的名义办事，后果由企业承担。您随时可以取消。") % {"firm": found.name},
    )  # fmt: skip


def _grant(applicant: rules.Applicant, firm: Firm, form: MandateForm) -> None:
    told = form.cleaned_data
    services.count("identity", who=applicant.account_id)  # whether a name has a number is not for trying out
    agent = queries.agent_named(name=told["name"], id_kind=told["id_kind"], id_number=told["id_number"])
    if agent is None:
        raise Refusal("mandate_person")
    services.grant_mandate(
        firm, granted_by=applicant.person_id, agent=agent, services=told["services"], valid_from=told["valid_from"],
        valid_to=told["valid_to"], by=queries.actor(applicant, firm=firm.id), now=now(),
    )  # fmt: skip


def mandate_revoke(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take a mandate back."""
    applicant = queries.applicant_of(request)
    mandate = queries.mandate_for(applicant, identity)
    if mandate is None or mandate.kind != "agent":
        raise Http404
    form = ReasonForm(request.POST or None, initial={"seen": mandate.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.revoke_mandate(
                mandate, **form.cleaned_data, by=queries.actor(applicant, firm=mandate.firm_id),
                now=now(),
            )  # fmt: skip
            messages.success(request, _("授权已取消，即时生效。"))
        except Refusal as refused:
            messages.error(request, said(refused))
        return redirect("people:firm", mandate.firm_id)
    return form_page(
        request, form, title=_("取消授权"), submit=_("取消授权"), back=reverse("people:firm", args=[mandate.firm_id]),
        lead=_("取消后，此人不能再以企业的名义办事；已经办的事仍然有效。"),
    )  # fmt: skip
