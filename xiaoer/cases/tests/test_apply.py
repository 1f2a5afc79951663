"""An applicant fills in the restaurant bundle in a browser without JavaScript, from the first page to the receipt."""

import pytest
from django.test import Client
from django.urls import reverse

from xiaoer.cases.models import Application, Case, Draft, Requirement
from xiaoer.journal import queries as journal

from . import make_draft as make

pytestmark = pytest.mark.django_db


def go(client: Client, url: str, data: dict | None = None):
    """Send a form, or open a page; follow to the page after."""
    response = client.get(url, follow=True) if data is None else client.post(url, data, follow=True)
    assert response.status_code == 200, (url, response.status_code)
    return response


def filled(client: Client, answers: dict[str, str]) -> str:
    """Answer every question as it comes; return the address of the papers."""
    response = go(client, make.START, {"who": "myself"})
    for _ in range(40):
        form = response.context.get("form")
        if "question" not in response.request["PATH_INFO"]:
            return response.request["PATH_INFO"]
        data = {name: answers.get(name, form[name].value() or "") for name in form.fields}
        assert not form.is_bound, form.errors
        response = go(client, response.request["PATH_INFO"], data)
    raise AssertionError("the questions do not end")


def test_the_restaurant_is_applied_for_without_javascript_and_becomes_four_cases():
    client, _person = make.applicant()
    make.offered()
    papers = filled(client, make.ANSWERS)
    assert papers.endswith("/papers/")
    page = go(client, papers)
    assert [task["name"] for task in page.context["tasks"] if task["lacks"]] == make.NEEDED
    for task in page.context["tasks"]:
        if task["lacks"]:
            page = go(client, task["url"], {"file": make.picture()})
    assert page.context["lacking"] == 0
    draft = Draft.objects.get()
    page = go(client, reverse("cases:delivery", args=[draft.id]), {"way": "post", "name": "王小明",
              "phone": "13900001111", "address": "瑞昌市人民路8号", "seen": draft.version})  # fmt: skip
    assert page.context["faults"] == []
    seen = page.context["form"].initial
    page = go(client, reverse("cases:check", args=[draft.id]), {**seen, "declared": "on"})
    application = Application.objects.get()
    assert page.request["PATH_INFO"] == reverse("cases:received", args=[application.number])
    assert application.number in page.content.decode()
    cases = {case.key: case for case in Case.objects.all()}
    assert set(cases) == {"business_licence", "food_licence", "signboard", "seal_filing"}
    assert cases["seal_filing"].state == "waiting" and cases["food_licence"].state == "received"
    assert application.personal_answers["delivery.address"] == "瑞昌市人民路8号"
    assert application.delivery == {"way": "post"}
    assert "operator_id" in application.personal_answers and "operator_id" not in application.answers
    kept = {one.key: one for one in Requirement.objects.all()}
    assert kept["layout_plan"].way == "upload" and kept["layout_plan"].file
    assert (kept["business_licence"].way, kept["business_licence"].reference) == ("earlier_case", "business_licence")
    again = go(client, reverse("cases:check", args=[draft.id]), {**seen, "declared": "on"})
    assert again.request["PATH_INFO"] == page.request["PATH_INFO"] and Application.objects.count() == 1
    draft.refresh_from_db()
    assert (draft.answers, draft.papers, draft.submitted) == ({}, {}, application.id)
    go(client, reverse("cases:application", args=[application.number]))
    go(client, reverse("cases:mine"))
    assert [kind for kind in ("application", "case", "step", "requirement") if list(journal.differences(kind))] == []
