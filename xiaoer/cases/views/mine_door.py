"""The door of every page on which an applicant fills in: whose draft, for what, and whether it can still be changed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoer.catalogue.rules import MaterialInCase
from xiaoer.journal import edge
from xiaoer.people import queries as people
from xiaoer.people.rules import Applicant

from .. import queries, rules, services
from ..forms.words import english
from ..models import Draft

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Filling:
    """A draft that its applicant may change, with what it applies for."""

    applicant: Applicant
    draft: Draft
    offered: queries.Offered

    @property
    def title(self) -> str:
        return (english() and self.draft.title_en) or self.draft.title

    @property
    def pages(self) -> list[rules.Page]:
        return rules.pages(self.offered.offer, self.draft.answers)

    @property
    def papers(self) -> list[MaterialInCase]:
        return services.wanted_papers(self.offered.offer, self.draft)

    def url(self, name: str, **kwargs: Any) -> str:
        """Return the address of one of the draft's pages."""
        return reverse(f"cases:{name}", kwargs={"draft": self.draft.id, **kwargs})

    def next_url(self) -> str:
        """Return where to go on: the first open question, else papers, else delivery, else the check."""
        page = rules.next_page(self.pages, self.draft.answers)
        if page:
            return self.url("question", key=page.key)
        lacks = [
            one for one in self.papers
            if services.to_upload(one) and one.material.need != "optional" and one.material.key not in self.draft.papers
        ]  # fmt: skip
        if lacks:
            return self.url("papers")
        return self.url("check" if self.draft.delivery else "delivery")


def draft_page(view: View) -> View:
    """Let the owner of a draft in, everybody else gets 404. A submitted draft leads to what became of it."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, draft: UUID, **kwargs: Any) -> HttpResponseBase:
        applicant = people.applicant_of(request)
        found = queries.draft_for(applicant, draft)
        if found is None:
            raise Http404
        if found.submitted:
            return HttpResponseRedirect(received_url(applicant, found))
        offered = queries.offered_for(found, edge.now())
        if offered is None:
            return render(request, "cases/apply/not_offered.html", {"draft": found}, status=409)
        return view(request, Filling(applicant, found, offered), **kwargs)

    return opened


def received_url(applicant: Applicant, draft: Draft) -> str:
    """Return the page of the application that a draft became."""
    application = queries.application_of_draft(applicant, draft)
    if application is None:
        raise Http404
    return reverse("cases:received", kwargs={"number": application.number})
