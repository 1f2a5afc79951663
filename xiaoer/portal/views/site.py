"""The site's settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaoer.design.fields import tell_meanwhile
from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.people import queries as people

from .. import queries
from ..forms import SiteForm
from ..services import describe_site


def site(request: HttpRequest) -> HttpResponse:
    """Let an operator say whose platform this is."""
    officer = people.officer_of(request, "portal.site")
    row, known = queries.site_row(), queries.site()
    # Not what is kept for a minute: an old text beside the new version would overwrite what somebody else just wrote.
    said = {name: getattr(row or known, name) for name in vars(known)}
    form = SiteForm(request.POST or None, initial={**said, "seen": row.version if row else None})
    if request.method == "POST" and form.is_valid():
        try:
            describe_site(
                form.said(), seen=form.cleaned_data["seen"] or 0, by=people.actor(officer), now=edge.now()
            )  # fmt: skip
            messages.success(request, _("已保存。一分钟内所有页面都会改过来。"))
            return redirect("portal:site")
        except Refusal as refused:
            words = sentence(refused, language=get_language() or "zh-hans")
            form.add_error("region" if refused.key == "region_unknown" else None, words)
            fresh = queries.site_row()
            if refused.key == "stale" and fresh:
                present = {name: getattr(fresh, name) for name in vars(form.said())}
                tell_meanwhile(form, present=present, seen=fresh.version)
    return render(request, "portal/site.html", {"form": form})
