"""A session is read together with its account, and ends as Django's do."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from tests.roles import signed_in
from xiaoer.journal.fields import key_name, unseal
from xiaoer.people.models import Account, Session

from . import make

pytestmark = pytest.mark.django_db


def test_session_and_account_take_one_query_and_the_person_another(django_assert_num_queries):
    client = signed_in(Account.objects.get(id=make.person().account_id))
    client.get("/api/applications")
    with django_assert_num_queries(3):
        assert client.get("/api/applications").json() == {"applications": [], "next": ""}


def test_a_session_belongs_to_its_account_from_sign_in_to_sign_out():
    account = make.account()
    client = signed_in(account)
    assert Session.objects.get(session_key=client.session.session_key).account_id == account.id
    client.post("/account/logout/")
    assert not Session.objects.filter(account=account.id).exists()


def test_all_sessions_of_an_account_end_when_their_rows_go():
    account, other = make.account(), make.account()
    clients = [signed_in(account), signed_in(account), signed_in(other)]
    Session.objects.filter(account=account.id).delete()
    assert [client.get("/me/").status_code for client in clients] == [302, 302, 200]


def test_who_is_no_longer_active_is_out_at_once():
    account = make.account()
    client = signed_in(account)
    assert client.get("/me/").status_code == 200
    Account.objects.filter(id=account.id).update(is_active=False)
    assert client.get("/me/").status_code == 302


def test_a_session_that_names_another_account_than_its_row_is_nobodys_but_the_named_ones():
    account, other = make.account(), make.account()
    client = signed_in(account)
    Session.objects.filter(account=account.id).update(account=other.id)
    assert client.get("/me/").context["account"] == account


def test_a_session_that_is_over_is_not_taken_up_again():
    account = make.account()
    client = signed_in(account)
    key = client.session.session_key
    Session.objects.filter(account=account.id).update(expire_date=F("expire_date") - timedelta(days=1))
    assert client.get("/me/").status_code == 302
    planted = Client()
    planted.cookies["sessionid"] = key
    planted.get("/account/login/")
    assert planted.session.session_key != key


def test_a_number_and_code_of_somebody_who_signs_in_lie_sealed(settings):
    settings.CODE_SENDER = "xiaoer.people.sign_in.show"
    phone = make.account().phone
    client = Client()
    client.post("/account/login/code/", {"phone": phone})
    stored = Session.objects.get(session_key=client.session.session_key).session_data
    assert stored.startswith(key_name(settings.SEAL_KEY)) and phone in unseal(stored)


def test_a_session_that_was_altered_or_sealed_with_a_lost_key_holds_nothing():
    account = make.account()
    client = signed_in(account)
    row = Session.objects.get(account=account.id)
    name, _, hidden = row.session_data.partition(".")
    other = "A" if hidden[30] != "A" else "B"
    for altered in (f"{name}.{hidden[:30]}{other}{hidden[31:]}", f"00000000.{hidden}", "", "{}"):
        Session.objects.filter(account=account.id).update(session_data=altered)
        assert client.get("/me/").status_code == 302
