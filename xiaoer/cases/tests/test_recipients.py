"""Where the result is to be posted, the applicant's own address book is offered."""

import pytest
from django.urls import reverse

from xiaoer.people.tests import make as people

from . import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    make_draft.offered()
    client, person = make_draft.applicant()
    draft = make_draft.fill(make_draft.started(make_draft.bundle(), person), make_draft.bundle())
    return client, person, reverse("cases:delivery", kwargs={"draft": draft.id})


def form_of(page) -> str:
    return page.content.decode().split("<form method=")[-1]


def test_the_address_book_is_offered_and_only_ones_own(filled):
    client, person, page = filled
    assert 'value="王小明"' in form_of(client.get(page)), "without a book it is the applicant"
    people.recipient(person, name="王大婶", address="人民路8号")
    second = people.recipient(person, name="王二叔", address="庐山路2号")
    foreign = people.recipient(people.person("李四光"), name="李大妈")
    shown = client.get(page).content.decode()
    assert f"?to={second.id}" in shown and str(foreign.id) not in shown
    chosen = form_of(client.get(page, {"to": str(second.id)}))
    assert 'value="王二叔"' in chosen and 'value="庐山路2号"' in chosen and "人民路8号" not in chosen
    assert "李大妈" not in form_of(client.get(page, {"to": str(foreign.id)}))


def test_what_was_kept_on_the_draft_is_not_overwritten(filled):
    client, person, page = filled
    said = {"way": "post", "name": "王三", "phone": "13900139003", "address": "九江市", "seen": ""}
    seen = client.get(page).context["form"].initial["seen"]
    client.post(page, {**said, "seen": seen})
    people.recipient(person, name="王大婶")
    assert 'value="王三"' in form_of(client.get(page))
