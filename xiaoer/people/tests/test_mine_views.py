"""What persons keep for themselves and their firms: address book, several firms, mandates that are narrow and end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.journal import queries as journal
from xiaoer.journal.edge import today
from xiaoer.journal.models import Personal
from xiaoer.journal.services import SYSTEM
from xiaoer.people import queries, services
from xiaoer.people.models import Account, Mandate, Person, Recipient

from . import make

pytestmark = pytest.mark.django_db
CODE = "11360481MB0E10017F4000131024000"
BOOK = reverse("people:recipients")
SAID = {"name": "王大婶", "phone": "13900139001", "address": "瑞昌市人民路8号1单元"}


def citizen(name: str = "王小明") -> tuple[Person, Client]:
    person = make.person(name)
    return person, signed_in(Account.objects.get(id=person.account_id))


def text(answer) -> str:
    return answer.content.decode()


def test_a_recipient_is_kept_corrected_and_removed_for_good(django_assert_max_num_queries):
    _, visitor = citizen()
    wrong = visitor.post(reverse("people:recipient_new"), {**SAID, "phone": "139"})
    assert wrong.status_code == 422 and "王大婶" in text(wrong) and "人民路8号" in text(wrong)
    visitor.post(reverse("people:recipient_new"), SAID)
    with django_assert_max_num_queries(6):
        assert "王大婶" in text(visitor.get(BOOK)) and "13900139001" not in text(visitor.get(BOOK))
    one = Recipient.objects.get()
    page = reverse("people:recipient", args=[one.id])
    visitor.post(page, {**SAID, "address": "九江市", "seen": 1})
    stale = visitor.post(page, {**SAID, "address": "南昌市", "seen": 1})
    assert stale.status_code == 422 and "先办了一步" in text(stale) and "南昌市" in text(stale)
    visitor.post(reverse("people:recipient_remove", args=[one.id]))
    one.refresh_from_db()
    assert (one.name, one.phone, one.address, one.gone) == ("", "", "", True)
    assert not Personal.objects.filter(subject=one.id).exists() and "还没有收件人" in text(visitor.get(BOOK))
    assert visitor.get(page).status_code == 404 and not list(journal.differences("recipient"))


def test_an_address_book_is_its_owners_alone():
    person, owner = citizen()
    one = make.recipient(person, address="探针路1号")
    _, other = citizen("李四光")
    assert "探针路1号" in text(owner.get(BOOK)) and "探针路1号" not in text(other.get(BOOK))
    assert other.get(reverse("people:recipient", args=[one.id])).status_code == 404
    assert other.post(reverse("people:recipient_remove", args=[one.id])).status_code == 404
    assert owner.get(reverse("people:recipient_remove", args=[one.id])).status_code == 405
    assert "account/login" in Client().get(BOOK).url


def test_an_address_book_is_not_endless():
    person, visitor = citizen()
    for place in range(20):
        make.recipient(person, name=f"第{place}人")
    full = visitor.post(reverse("people:recipient_new"), SAID)
    assert full.status_code == 422 and "最多存20个" in text(full)


def test_who_asks_to_be_erased_leaves_no_address_behind():
    person, _ = citizen()
    one = make.recipient(person)
    services.erase_person(person, reason="本人要求", by=SYSTEM, now=NOW)
    one.refresh_from_db()
    assert one.gone and one.address == "" and not list(journal.differences("recipient"))


def test_one_person_acts_for_several_firms_and_each_shows_who_else_does():
    boss, visitor = citizen("张三")
    agent, _ = citizen("李四光")
    firms = [make.firm(boss, name=name) for name in ("小二餐饮店", "小二五金店")]
    make.mandate(firms[0], agent)
    page = text(visitor.get(reverse("people:firms")))
    assert all(one.name in page for one in firms)
    first, second = (text(visitor.get(reverse("people:firm", args=[one.id]))) for one in firms)
    assert first.count("取消授权</a>") == 1 and second.count("取消授权</a>") == 0
    assert "李四光" not in first, "the agent's name is masked"


def test_a_mandate_can_be_for_one_service_and_end_by_itself():
    boss, visitor = citizen("张三")
    agent, _ = citizen("李四光")
    firm = make.firm(boss)
    grant = reverse("people:mandate_grant", args=[firm.id])
    said = {
        "name": "李四光", "id_kind": "resident", "id_number": agent.id_number, "services": CODE[:-1],
        "valid_from": str(today()), "valid_to": str(today() + timedelta(days=30)),
    }  # fmt: skip
    wrong = visitor.post(grant, said)
    assert wrong.status_code == 422 and CODE[:-1] in text(wrong) and "不对" in text(wrong)
    assert "晚于" in text(visitor.post(grant, {**said, "services": CODE, "valid_to": said["valid_from"]}))
    visitor.post(grant, {**said, "services": f"{CODE}\n{CODE}"})
    assert Mandate.objects.get(kind="agent").services == [CODE]
    assert CODE in text(visitor.get(reverse("people:firm", args=[firm.id])))
    held = [queries.firms_of(agent, on=today() + timedelta(days=days)) for days in (0, 29, 30)]
    assert [len(one) for one in held] == [1, 1, 0] and held[0][0].services == (CODE,)


def test_a_mandate_that_begins_later_is_shown_and_can_be_taken_back():
    boss, visitor = citizen("张三")
    agent, other = citizen("李四光")
    firm = make.firm(boss)
    later = make.mandate(firm, agent, valid_from=today() + timedelta(days=9))
    page = reverse("people:firm", args=[firm.id])
    assert "取消授权</a>" in text(visitor.get(page)) and other.get(page).status_code == 404
    revoke = reverse("people:mandate_revoke", args=[later.id])
    assert other.post(revoke, {"reason": "x"}).status_code == 404
    assert visitor.post(revoke, {"reason": ""}).status_code == 422
    visitor.post(revoke, {"reason": "改派别人", "seen": later.version})
    assert "取消授权</a>" not in text(visitor.get(page))
    assert queries.firms_of(agent, on=today() + timedelta(days=10)) == []
    assert not list(journal.differences("mandate"))
