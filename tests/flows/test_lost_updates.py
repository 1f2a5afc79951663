"""Two who change the same thing: the second one is told, keeps what he typed, and goes on when he presses once more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.forms import sent
from tests.make import NOW, race
from tests.roles import signed_in
from xiaoer.cases.tests import make_desk, make_draft
from xiaoer.files.tests import make as files
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal
from xiaoer.network.tests import make as network
from xiaoer.notices import services as notices
from xiaoer.notices.models import Preference
from xiaoer.people import queries as people
from xiaoer.people import services
from xiaoer.people.tests import make
from xiaoer.portal import services as site
from xiaoer.portal.events import SiteDescribed

pytestmark = pytest.mark.django_db
Page = tuple[Client, str, str]
"""Who sees it, where, and the field that both change."""


def site_page() -> Page:
    said = SiteDescribed(
        name="瑞昌政务", name_en="", region="", phone="", address="", address_en="", help="", help_en=""
    )
    site.describe_site(said, by=SYSTEM, now=NOW)
    return signed_in(make.officer("operator", network.organ())), reverse("portal:site"), "phone"


def organ_page() -> Page:
    organ = network.organ()
    return signed_in(make.officer("operator", organ)), reverse("people:organ", args=[organ.id]), "address"


def hall_page() -> Page:
    organ = network.organ()
    hall = network.hall(organ)
    return signed_in(make.officer("operator", organ)), reverse("people:hall", args=[hall.id]), "hours"


def window_page() -> Page:
    organ = network.organ()
    window = network.window(network.hall(organ))
    return signed_in(make.officer("operator", organ)), reverse("people:window", args=[window.id]), "name"


def person_page() -> Page:
    return signed_in(make.person().account, factor=False), reverse("people:person"), "name"


def preference_page() -> Page:
    return signed_in(make.person().account, factor=False), reverse("notices:preferences"), "address"


PAGES: list[Callable[[], Page]] = [site_page, organ_page, hall_page, window_page, person_page, preference_page]
WORDS = {"address": ("a@example.com", "b@example.com")}


@pytest.mark.parametrize("page", PAGES)
def test_who_comes_second_is_told_and_keeps_what_was_typed(page):
    client, url, field = page()
    first, second = WORDS["address"] if page is preference_page else ("先写的", "后写的")
    opened = sent(client.get(url).content.decode())
    assert client.post(url, {**opened, field: first}).status_code == 302
    refused = client.post(url, {**opened, field: second})
    shown = refused.content.decode()
    assert refused.status_code != 302 and first in shown and second in shown
    again = sent(shown)
    assert again[field] == second and int(again["seen"]) > int(opened["seen"])
    assert client.post(url, again).status_code == 302
    assert sent(client.get(url).content.decode())[field] == second


def test_two_administrators_give_one_new_password_only():
    organ = network.organ()
    post = people.posts_of(make.officer("clerk", organ).id, on=make.TODAY)[0]
    url = reverse("people:password_issue", args=[post.id])
    tabs = [signed_in(make.officer("organ_admin", organ)) for _ in range(2)]
    opened = [sent(tab.get(url).content.decode()) for tab in tabs]
    answers = [tab.post(url, {**form, "reason": "忘了"}) for tab, form in zip(tabs, opened, strict=True)]
    assert [one.status_code for one in answers] == [200, 422]
    assert sent(answers[1].content.decode())["reason"] == "忘了"


def test_eight_tabs_keep_one_preference(fresh_database):
    account = make.person().account

    def prefer(place: int) -> Any:
        return notices.prefer(account, sms=True, email=True, address=f"{place}@example.com", seen=0)

    results = race(8, prefer)
    won = [one for one in results if isinstance(one, Preference)]
    assert len(won) == 1 and all(isinstance(one, Refusal) for one in results if one not in won)
    assert Preference.objects.get().address == won[0].address


def test_a_file_that_another_device_just_put_there_is_not_removed():
    make_draft.offered()
    client, person = make_draft.applicant()
    draft = make_draft.fill(make_draft.started(make_draft.bundle(), person), make_draft.bundle())
    url = reverse("cases:paper", args=[draft.id, "layout_plan"])
    shown = sent(client.get(url).content.decode())["kept"]
    other = files.picture("JPEG")
    client.post(url, {"kept": shown, "file": files.upload(other, "二.jpg")})
    told = client.post(url, {"remove": shown}, follow=True).content.decode()
    assert "另一台设备" in told and "二.jpg" in told
    told = client.post(url, {"kept": shown, "file": files.upload(other, "三.jpg")}).content.decode()
    assert "另一台设备" in told and "二.jpg" in told


def test_a_clerk_who_was_second_on_the_checklist_may_go_on():
    desk = make_desk.desk()
    case = make_desk.received(desk)
    url, page = reverse("cases:desk_checklist", args=[case.number]), reverse("cases:desk_case", args=[case.number])
    clerk = desk.client("clerk")
    opened = sent(clerk.get(page).content.decode())
    key = next(name.removesuffix("-seen") for name in opened if name.endswith("-seen"))
    assert clerk.post(url, {**opened, "one": key, f"{key}-verdict": "fine"}).status_code == 302
    said = {**opened, "one": key, f"{key}-verdict": "gap", f"{key}-reason": "看不清"}
    refused = clerk.post(url, said)
    again = sent(refused.content.decode())
    assert refused.status_code == 409 and again[f"{key}-reason"] == "看不清"
    assert clerk.post(url, {**again, "one": key}).status_code == 302


def test_services_refuse_a_version_that_is_gone():
    organ = network.organ()
    post = people.posts_of(make.officer("clerk", organ).id, on=make.TODAY)[0]
    by = people.actor(make.officer("organ_admin", organ))
    with pytest.raises(Refusal, match="stale"):
        services.ask_reset(post, reason="丢了", seen=post.version + 1, by=by, now=NOW)
