"""The window: a clerk fills in for somebody, and what is received is theirs, not the clerk's."""

import pytest
from django.urls import reverse

from xiaoer.cases.models import Application, Case, Draft
from xiaoer.files.tests import make as files
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry
from xiaoer.network.tests import make as network
from xiaoer.people.models import Person
from xiaoer.people.tests import make as people

from . import make_desk, make_draft

pytestmark = pytest.mark.django_db
WHO = {
    "Who-id_kind": "resident", "Who-id_number": "360481199003070016", "Who-name": "王来办", "Who-phone": "13800000001",
    "Who-way": "counter",
}  # fmt: skip
CHOICE = {"kind": "bundle", "key": "open_restaurant", "region": network.COUNTY}


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead() + 1


@pytest.fixture
def clerk():
    make_draft.offered()
    return make_desk.signed_in(people.officer("clerk", people_organ(), name="综窗甲"))


def people_organ():
    return network.organ("瑞昌市政务服务中心")


def number() -> str:
    return people.codes.make_resident_id("360481", born=make_desk.DAY.replace(year=1990), sequence=77)


def begun(client) -> str:
    answer = client.post(reverse("cases:desk_window_begin"), CHOICE)
    assert answer.status_code == 302
    return answer["Location"]


def filled(client, url, **typed):
    """Answer everything and hand in every paper; asked twice, since answers lead to more questions."""
    who = {**WHO, "Who-id_number": number()}
    for _ in range(3):
        client.post(url, {**who, **make_draft.ANSWERS, "save": "1"})
    text = client.get(url).content.decode()
    keys = [part.split('"')[0] for part in text.split('name="Paper-')[1:]]
    uploads = {f"Paper-{key}": files.upload(files.picture(), f"{key}.jpg") for key in keys}
    return client.post(url, {**who, **make_draft.ANSWERS, **uploads, "receive": "1", **typed})


def test_a_bundle_is_found_filled_in_and_received_for_a_person_without_account(clerk):
    listed = clerk.get(reverse("cases:desk_window"), {"q": "餐饮店"}).content.decode()
    assert "开办餐饮店" in listed
    answer = filled(clerk, begun(clerk))
    assert answer.status_code == 302
    application = Application.objects.get()
    person = Person.objects.get()
    assert (application.channel, application.applicant_name, application.applicant) == ("window", "王来办", person.id)
    assert person.assurance == 3 and Case.objects.count() >= 3
    entry = Entry.objects.get(name="application.received")
    assert entry.on_behalf_of == str(person.id) and entry.actor != str(person.id)
    told = clerk.get(answer["Location"]).content.decode()
    assert application.number in told and "2026年3月13日" in told
    assert application.number in clerk.get(reverse("cases:desk_window")).content.decode()
    assert [found for kind in ("application", "case", "requirement") for found in journal.differences(kind)] == []


def test_what_lacks_is_told_and_nothing_is_lost(clerk):
    url = begun(clerk)
    answer = clerk.post(url, {**WHO, "Who-id_number": "36048119900307001", "shop_name": "湓城小馆", "receive": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "18" in text and "王来办" in text
    answer = clerk.post(url, {**WHO, "Who-id_number": number(), "premises_area": "很大", "receive": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "还差这些" in text and "很大" in text and "应为数字" in text
    assert not Application.objects.exists() and not Person.objects.exists()


def test_who_is_known_keeps_the_account_and_a_wrong_name_is_noticed(clerk):
    known = people.person("李四")
    url = begun(clerk)
    wrong = filled(clerk, url, **{"Who-id_number": known.id_number})
    assert wrong.status_code == 422 and "姓名不一样" in wrong.content.decode()
    right = filled(clerk, url, **{"Who-id_number": known.id_number, "Who-name": "李四"})
    assert right.status_code == 302
    assert Application.objects.get().account == known.account_id


def test_a_firm_needs_somebody_who_may_act_for_it(clerk):
    boss = people.person("张三")
    firm = people.firm(boss)
    url = begun(clerk)
    refused = filled(clerk, url, **{"Who-uscc": firm.uscc})
    assert refused.status_code == 422 and "请先登记授权" in refused.content.decode()
    done = filled(clerk, url, **{"Who-uscc": firm.uscc, "Who-id_number": boss.id_number, "Who-name": "张三"})
    assert done.status_code == 302
    application = Application.objects.get()
    assert (application.applicant_kind, application.applicant, application.agent) == ("firm", firm.id, boss.id)


def test_a_clerk_s_work_is_never_among_the_clerk_s_own_applications(clerk):
    url = begun(clerk)
    filled(clerk, url)
    draft = Draft.objects.get()
    account = people.Account.objects.get(name="综窗甲")
    assert account.id not in {draft.account, Application.objects.get().account}
    number = Application.objects.get().number
    led = reverse("cases:desk_window_received", args=[number])
    assert clerk.get(url)["Location"] == led, "what was received is not filled in again"


def test_another_clerk_and_another_region_do_not_get_the_draft(clerk):
    url = begun(clerk)
    for place in (people_organ(), network.organ("共青城市政务服务中心", region_code=network.OTHER_COUNTY)):
        other = make_desk.signed_in(people.officer("clerk", place))
        assert other.get(url).status_code == 404
    assert other.post(reverse("cases:desk_window_begin"), CHOICE).status_code == 404
    assert clerk.post(reverse("cases:desk_window_begin"), {**CHOICE, "kind": "wish"}).status_code == 404


def test_a_wrong_file_is_refused_at_its_place(clerk):
    url = begun(clerk)
    clerk.post(url, {**WHO, "Who-id_number": number(), **make_draft.ANSWERS, "save": "1"})
    key = clerk.get(url).content.decode().split('name="Paper-')[1].split('"')[0]
    answer = clerk.post(url, {**WHO, f"Paper-{key}": files.upload(b"plain words", "x.pdf"), "receive": "1"})
    assert answer.status_code == 422 and "认不出" in answer.content.decode()
