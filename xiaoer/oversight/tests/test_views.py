"""The operator's page, the feed, receipts and health, over HTTP."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.cases.tests import make as cases
from xiaoer.journal import edge
from xiaoer.journal import queries as journal
from xiaoer.journal import services as journal_acts
from xiaoer.journal.models import Delivery, Entry
from xiaoer.network.tests import make as network
from xiaoer.people.rules import day_of
from xiaoer.people.tests import make as people

from . import make


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(edge, "now", lambda: NOW + timedelta(days=1))
    monkeypatch.setattr(edge, "today", lambda: day_of(NOW))


@pytest.fixture
def operator(db):
    return signed_in(people.officer("operator", network.organ()))


@pytest.fixture
def supervisor(db):
    return signed_in(people.officer("supervisor", network.organ()))


def text(answer):
    return answer.content.decode()


def test_the_operators_page_names_what_is_parked_with_its_error(operator):
    make.parked()
    page = text(operator.get(reverse("oversight:deliveries")))
    assert "RuntimeError at oversight/tests/make.py:" in page and "printer is on fire" not in page
    assert "ledger.print" in page and "本页全部重试" in page
    assert "后台进程可能没有运行" in page
    assert "没有出问题的任务" in text(operator.get(reverse("oversight:deliveries"), {"show": "failing"}))
    assert "到点没有做的事" in text(operator.get(reverse("oversight:deliveries"), {"show": "timers"}))


def test_one_press_lets_one_or_all_try_again(operator):
    first, second = make.parked(), make.parked()
    url = reverse("oversight:retry")
    chosen = [f"{one.shard}/{one.id}" for one in (first, second)]
    page = operator.post(url, {"shown": chosen, "delivery": chosen[0]}, follow=True)
    assert "1 个任务会马上重试" in text(page)
    assert [Delivery.objects.get(id=one.id).state for one in (first, second)] == ["waiting", "parked"]
    operator.post(url, {"shown": chosen, "all": "yes"})
    assert not Delivery.objects.filter(state="parked").exists()
    assert "没有可以重试的" in text(operator.post(url, {"delivery": chosen[0]}, follow=True))


def test_nobody_lets_another_region_try_again(operator):
    other = make.parked(shard=make.OTHER)
    url = reverse("oversight:retry")
    for chosen in (f"{other.shard}/{other.id}", "nonsense", f"{make.SHARD}/nonsense"):
        assert operator.post(url, {"delivery": chosen}).status_code == 404
    forged = operator.post(url, {"delivery": f"{make.SHARD}/{other.id}"})
    assert forged.status_code == 302
    assert Delivery.objects.get(id=other.id).state == "parked"


@pytest.mark.parametrize(
    "query", ["show=all", "after=x", "after=2026-03-05_x", "after=2026-03-05T00:00:00_" + str(UUID(int=1))]
)
def test_an_address_that_we_did_not_write_is_not_found(operator, query):
    assert operator.get(f"{reverse('oversight:deliveries')}?{query}").status_code == 404


def test_pages_go_on_where_the_last_one_ended(operator, monkeypatch):
    from xiaoer.oversight import queries  # noqa: PLC0415 - the page length is made small for this test

    monkeypatch.setattr(queries, "PAGE", 2)
    made = {make.parked().id for _ in range(3)}
    seen, url = [], reverse("oversight:deliveries")
    while url:
        answer = operator.get(url)
        seen += [one.delivery.id for one in answer.context["troubles"]]
        older = answer.context["older_url"]
        url = older and reverse("oversight:deliveries") + older
    assert len(seen) == 3 and set(seen) == made


def test_only_operators_and_supervisors_with_a_second_factor_come_in(db):
    organ = network.organ()
    pages = [reverse("oversight:deliveries"), reverse("oversight:feed")]
    for role, expected in (("clerk", [404, 404]), ("supervisor", [404, 200]), ("operator", [200, 200])):
        client = signed_in(people.officer(role, organ))
        assert [client.get(url).status_code for url in pages] == expected
    half = signed_in(people.officer("operator", organ), factor=False)
    assert "/2fa/" in half.get(pages[0]).url
    assert "/login/" in Client().get(pages[0]).url


def test_the_feed_page_tells_what_is_wrong_with_a_region(supervisor):
    make.opened()
    journal_acts.sequence(now=NOW)
    url = reverse("oversight:feed")
    assert "sheet.opened" in text(supervisor.get(url))
    assert "您的岗位管不到这个地区" in text(supervisor.get(url, {"shard": make.OTHER}))
    assert "您的岗位管不到这个地区" in text(supervisor.get(url, {"shard": "36"}))
    assert supervisor.get(url, {"shard": make.SHARD, "after": "-1"}).status_code == 200


def test_the_feed_as_json_pages_by_position_and_keeps_personal_values(supervisor):
    people.person("探针甲")
    make.opened()
    journal_acts.sequence(now=NOW)
    url = reverse("api-1:journal_feed")
    page = supervisor.get(url, {"shard": make.SHARD, "limit": 2}).json()
    assert [one["position"] for one in page["entries"]] == [1, 2] and page["next"] == 2
    rest = supervisor.get(url, {"shard": make.SHARD, "after": page["next"]})
    assert rest.json()["entries"][0]["position"] == 3
    assert "探针甲" not in text(rest) + json.dumps(page, ensure_ascii=False)
    last = supervisor.get(url, {"shard": make.SHARD, "after": rest.json()["next"]}).json()
    assert (last["entries"], last["next"]) == ([], rest.json()["next"])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422), ({"shard": "36"}, 422), ({"shard": "360481000000\n"}, 422),
        ({"shard": make.SHARD, "after": -1}, 422),
        ({"shard": make.SHARD, "limit": 501}, 422), ({"shard": make.SHARD, "after": 2**63}, 422),
        ({"shard": make.OTHER}, 404),
    ],
)  # fmt: skip
def test_the_feed_refuses_plainly(supervisor, query, status):
    assert supervisor.get(reverse("api-1:journal_feed"), query).status_code == status


def test_the_api_says_who_is_missing(db):
    url = f"{reverse('api-1:journal_feed')}?shard={make.SHARD}"
    assert Client().get(url).status_code == 401
    half = signed_in(people.officer("operator", network.organ()), factor=False)
    assert half.get(url).status_code == 403
    assert signed_in(people.officer("clerk", network.organ("瑞昌市某局"))).get(url).status_code == 404


def test_a_receipt_is_for_its_owner_and_for_who_reads_the_log(supervisor):
    owner = people.person("王小二")
    case = cases.submitted(applicant=owner.id, account=owner.account_id).cases[0]
    entry = Entry.objects.get(subject=case.id)
    url = reverse("api-1:journal_receipt", args=[entry.id])
    mine = signed_in(owner.account, factor=False).get(url).json()
    assert (mine["id"], mine["digest"], mine["position"]) == (str(entry.id), entry.digest, None)
    journal_acts.sequence(now=NOW)
    assert supervisor.get(url).json()["position"] == journal.position_of(entry)
    assert signed_in(people.person("张三").account).get(url).status_code == 404
    assert Client().get(url).status_code == 401
    assert supervisor.get(reverse("api-1:journal_receipt", args=[uuid4()])).status_code == 404
    other = make.opened(shard=make.OTHER)
    assert supervisor.get(reverse("api-1:journal_receipt", args=[other.id])).status_code == 404


def receipt_of(entry):
    return journal_acts.receipt(entry)


def test_anybody_can_check_a_receipt_pasted_or_as_a_file(db):
    network.regions()
    said = json.dumps(receipt_of(make.opened()))
    url = reverse("oversight:receipt")
    for form in ({"text": said}, {"file": SimpleUploadedFile("r.json", said.encode())}):
        page = text(Client().post(url, form))
        assert "回执是真的" in page and "没有证明什么" in page and "还在，内容没有变" in page
        assert "江西省九江市瑞昌市" in page


@pytest.mark.parametrize(
    "spoil",
    [
        {"digest": "0" * 64}, {"at": "2026-03-05T02:00:01.000000+00:00"}, {"position": 7}, {"position": 1.5},
        {"signature": "00" * 64}, {"signature": "xy"}, {"signature": None}, {"format": "xiaoer/receipt/2"},
        {"key": "0" * 64}, {"shard": "360482000000"}, {"id": str(uuid4())},
    ],
)  # fmt: skip
def test_one_changed_field_breaks_a_receipt(db, spoil):
    said = json.dumps({**receipt_of(make.opened()), **spoil})
    page = text(Client().post(reverse("oversight:receipt"), {"text": said}))
    assert "这份回执不是本平台签的" in page and "回执是真的" not in page


@pytest.mark.parametrize("said", ["", "{", "[]", "{}", "12345", "[" * 9000, '{"id": 1}', "不是"])
def test_what_is_no_receipt_is_told_and_stays(db, said):
    page = Client().post(reverse("oversight:receipt"), {"text": said})
    assert page.status_code == 200
    assert "有几处需要改一下" in text(page) and "回执是真的" not in text(page)


def test_health_answers_without_secrets_and_says_when_no_worker_comes(db, monkeypatch):
    url = reverse("oversight:health")
    assert Client().get(url).json()["status"] == "ok"
    make.opened()
    late = Client().get(url)
    assert late.status_code == 200
    assert late.json()["status"] == "late"
    assert late.json()["worker"] == {
        "pending": 1, "unsequenced": 1, "due": 0, "timers": 0, "oldest_seconds": 24 * 3600
    }  # fmt: skip

    def gone(now):
        raise DatabaseError("password=secret")

    monkeypatch.setattr(journal, "backlog", gone)
    down = Client().get(url)
    assert (down.status_code, down.json()) == (503, {"status": "down", "database": "down"})


def test_the_pages_speak_english(operator):
    make.parked()
    operator.cookies["django_language"] = "en"
    page = text(operator.get(reverse("oversight:deliveries")))
    assert "Parked deliveries" in page and "Try all on this page again" in page
