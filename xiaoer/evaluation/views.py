"""Rating pages: the level, the reasons, thanks; figures of a service for everybody; what was said, for its organ."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoer.catalogue import queries as catalogue
from xiaoer.design.chart import Chart, Point
from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.people import queries as people

from . import queries, rules, services
from .forms import LevelForm, RatingForm, spoken
from .models import Invitation


def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the level, then for the reasons of that level, and take the rating."""
    applicant = people.applicant_of(request)
    invitation = queries.invitation_for(applicant, token)
    if invitation is None:
        raise Http404
    try:
        rules.must_be_open(invitation.state, expires_on=invitation.expires_on, on=edge.today())
    except Refusal as refused:
        if request.method != "POST":
            return _over(request, invitation)
        messages.error(request, _said(refused))
        return redirect("evaluation:rate", token=token)
    own = str(applicant.account_id) in invitation.worked
    typed = request.POST.get("level") or request.GET.get("level")
    asked = LevelForm({"level": typed} if typed is not None else None)
    if own or not asked.is_valid():
        return render(request, "evaluation/level.html", {"invitation": invitation, "form": asked, "own": own})
    level = int(asked.cleaned_data["level"])
    form = RatingForm(
        request.POST or None, level=level, counter=bool(invitation.received_by), on=edge.today()
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.rate(invitation, level=level, **form.said(), by=people.actor(applicant), now=edge.now())
            return redirect("evaluation:rate", token=token)
        except Refusal as refused:
            form.add_error("words" if refused.key == "words_long" else None, _said(refused))
    page = {
        "invitation": invitation,
        "form": form,
        "token": token,
        "level": level,
        "level_words": spoken(*rules.LEVELS[level]),
    }
    return render(request, "evaluation/reasons.html", page)


def rate_case(request: HttpRequest, number: str) -> HttpResponse:
    """Lead the owner of a case to its rating."""
    invitation = queries.invitation_of_case(people.applicant_of(request), number)
    if invitation is None:
        raise Http404
    return redirect("evaluation:rate", token=queries.token_of(invitation))


@require_safe
def of_service(request: HttpRequest, code: str) -> HttpResponse:
    """Show everybody how a service is rated: counts with their denominators, no words of persons."""
    version = catalogue.service_in_force(code, edge.now())
    if version is None:
        raise Http404
    found = queries.summary(code)
    given, newest = queries.reasons(code)
    said = catalogue.snapshot(version)
    page = {
        "name": spoken(said.name, said.name_en or said.name), "code": code, "found": found, "chart": _levels(found),
        "reasons": [(words, count) for words, count in _reasons(given)], "newest": newest,
    }  # fmt: skip
    return render(request, "evaluation/of_service.html", page)


def _levels(found: queries.Summary) -> Chart:
    """Return the levels as a chart whose title is the finding."""
    finding = _("%(rated)s 人评价，%(good)s 人基本满意以上") % {"rated": found.rated, "good": found.good}
    points = tuple(
        Point(spoken(*rules.LEVELS[level]), count, _("%(count)s / %(of)s") % {"count": count, "of": found.rated})
        for level, count in found.levels.items()
    )
    source = _("请 %(invited)s 人评价，其中 %(ended)s 人已评或已到期；不评不算好评，也不算差评。")
    return Chart(
        finding, _("办过这件事的人满意吗？"), points, unit=_("人"),
        source=source % {"invited": found.invited, "ended": found.ended},
    )  # fmt: skip


def _reasons(given: dict[str, int]) -> list[tuple[str, int]]:
    words = {one.code: spoken(one.zh, one.en) for one in rules.INDICATORS}
    return [(words[code], count) for code, count in given.items() if code in words]


@never_cache
@require_safe
def of_organ(request: HttpRequest) -> HttpResponse:
    """Show officers what was said about cases of their organs, once it is in; never by whom."""
    officer = people.officer_of(request)
    if not queries.may_read_ratings(officer):
        raise Http404
    bad = request.GET.get("only") == "bad"
    try:
        before = UUID(request.GET["before"]) if "before" in request.GET else None
    except ValueError:
        raise Http404 from None
    heard, more = queries.ratings_for(officer, on=edge.today(), bad=bad, before=before)
    words = {one.code: spoken(one.zh, one.en) for one in rules.INDICATORS}
    kept = "only=bad&" if bad else ""
    page = {
        "rows": [
            {
                "one": one, "level": spoken(*rules.LEVELS[one.level]), "bad": rules.is_bad(one.level, one.staff_level),
                "staff": spoken(*rules.LEVELS[one.staff_level]) if one.staff_level else "",
                "reasons": [words[code] for code in one.reasons if code in words],
            }
            for one in heard
        ],
        "tabs": [
            {"label": _("全部"), "url": "?", "current": not bad, "count": None},
            {"label": _("差评"), "url": "?only=bad", "current": bad, "count": None},
        ],
        "older_url": f"?{kept}before={heard[-1].id}" if more else "",
    }  # fmt: skip
    return render(request, "evaluation/of_organ.html", page)


def _over(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    rating = queries.rating_of(invitation)
    if rating is None:
        return render(request, "evaluation/closed.html", {"invitation": invitation})
    reasons = [spoken(one.zh, one.en) for one in rules.INDICATORS if one.code in rating.reasons]
    page = {
        "invitation": invitation, "rating": rating, "reasons": reasons,
        "bad": rules.is_bad(rating.level, rating.staff_level),
        "level_words": spoken(*rules.LEVELS[rating.level]),
        "staff_words": spoken(*rules.LEVELS[rating.staff_level]) if rating.staff_level else "",
    }  # fmt: skip
    return render(request, "evaluation/thanks.html", page)


def _said(refused: Refusal) -> str:
    return sentence(refused, language=get_language() or "zh-hans")
