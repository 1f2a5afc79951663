"""A holder's licences, and the page where anybody checks a licence or paper."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiaoer.files import queries as files
from xiaoer.journal.edge import now, today
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.notices import queries as papers
from xiaoer.notices import rules as notices
from xiaoer.notices import services as signing
from xiaoer.people import queries as people
from xiaoer.people import services as pace

from . import queries, rules, services
from .forms import FileForm, NumberForm
from .models import Licence


def _words(state: str) -> dict[str, str]:
    """Return a state's word, explanation and tone in the reader's language."""
    found = rules.STATES[state]
    english = (get_language() or "").startswith("en")
    return {
        "word": found.en if english else found.zh,
        "words": found.words_en if english else found.words_zh,
        "tone": found.tone,
    }


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """List the licences of the person and of his firms."""
    found = queries.licences_of(people.applicant_of(request))
    rows = [{"licence": row, "state": _words(_standing(row))} for row in found]
    return render(request, "licences/mine.html", {"rows": rows})


@require_safe
@never_cache
def licence(request: HttpRequest, code: str) -> HttpResponse:
    """Show one licence to its holder."""
    row = _opened(request, _own(request, code))
    shown = {
        "licence": row,
        "state": _words(_standing(row)),
        "code": notices.parted(row.code),
        "holder_code": rules.shown_code(kind=row.holder_kind, code=row.holder_code),
        "verify_url": signing.verify_url(row.code),
    }
    return render(request, "licences/licence.html", shown)


@require_safe
def file(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give the signed PDF to its holder."""
    row = _own(request, code)
    if row.file is None or row.state == "held":
        raise Http404
    _opened(request, row)
    return files.send(row.file, title=f"{row.kind_name} {row.number}", inline="download" not in request.GET)


def _own(request: HttpRequest, code: str) -> Licence:
    found = queries.licence_for(people.applicant_of(request), code=code)
    if found is None:
        raise Http404
    return found


def _opened(request: HttpRequest, row: Licence) -> Licence:
    """Note the first look at a licence that can be had; of two at once, one is the first."""
    if row.opened_at or row.file_id is None:
        return row
    applicant = people.applicant_of(request)
    firm = row.holder_id if row.holder_kind == "firm" else None
    try:
        return services.note_opened(row, by=people.actor(applicant, firm=firm), now=now())
    except Refusal:
        return row


def _standing(row: Licence) -> str:
    return rules.standing(state=row.state, valid_from=row.valid_from, valid_to=row.valid_to, on=today())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for a number or a file; compare a file, lead on to the page of a number."""
    if request.method == "GET" and "number" not in request.GET:
        return _ask(request)
    pace.slow_down(request, "verify")
    if request.method == "POST":
        return _compare(request)
    form = NumberForm(request.GET)
    if not form.is_valid():
        return _ask(request, number_form=form)
    found = queries.licences_by_number(form.cleaned_data["number"], on=today())
    if len(found) > 1:
        return render(request, "licences/verify_several.html", {"found": found})
    if found:
        return redirect("verify:paper", code=found[0].code)
    return _show(request, form)


def _ask(request: HttpRequest, *, status: int = 200, **forms: object) -> HttpResponse:
    shown = {"number_form": NumberForm(), "file_form": FileForm(), **forms}
    return render(request, "licences/verify.html", shown, status=status)


@require_safe
@never_cache
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the platform knows of the licence or paper with this code."""
    pace.slow_down(request, "verify")
    return _show(request, NumberForm({"number": code}))


def _show(request: HttpRequest, form: NumberForm) -> HttpResponse:
    """Show the proof of the code in the form, or the form again with what is wrong."""
    form.is_valid()
    try:
        found = _proof(notices.normal_code(form.cleaned_data.get("number", "")))
        if found:
            return render(request, "licences/proof.html", {**found, "compared": False})
        raise Refusal("licence_unknown")
    except Refusal as refused:
        form.add_error("number", sentence(refused, language=get_language() or ""))
    return _ask(request, number_form=form, status=404)


def _proof(code: str) -> dict[str, object]:
    """Return what the page of proof shows of a licence or paper, empty for an unknown code."""
    licence = queries.licence_by_code(code, on=today())
    if licence:
        return {"licence": licence, "state": _words(licence.state), "code": notices.parted(code)}
    document = papers.paper_by_code(code)
    return {"document": document, "code": notices.parted(code)} if document else {}


def _compare(request: HttpRequest) -> HttpResponse:
    """Compare a file with what was issued: its digest decides; if it is unknown, its signature says why."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, file_form=form)
    content = form.cleaned_data["paper"].read()
    known = signing.digest(content)
    licence = queries.licence_by_digest(known, on=today())
    code = licence.code if licence else papers.code_by_digest(digest=known)
    if code:
        return render(request, "licences/proof.html", {**_proof(code), "compared": True})
    try:
        pace.slow_down(request, "read_file")
        verdict = signing.check_signature(content)
    except Refusal as refused:
        form.add_error("paper", sentence(refused, language=get_language() or ""))
        return _ask(request, file_form=form, status=503)
    return render(request, "licences/disproof.html", {"verdict": verdict, "digest": known})


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """Give the certificate by which any PDF reader can check the signatures."""
    return HttpResponse(
        signing.authority_pem(),
        content_type="application/x-pem-file",
        headers={"Content-Disposition": "attachment; filename=authority.pem"},
    )
