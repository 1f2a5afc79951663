"""Rating pages for people: the level, the reasons, thanks. Officers have none."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

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
    if invitation.state != "open" or edge.today() > invitation.expires_on:
        return _over(request, invitation)
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
