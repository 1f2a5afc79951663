"""Acts on people write what the journal says; nobody grants himself what is another's to give."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from tests.make import NOW, race
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry
from xiaoer.journal.services import SYSTEM, Actor, New, act
from xiaoer.kernel.refusal import Refusal
from xiaoer.network.tests import make as network
from xiaoer.people import events, queries, services
from xiaoer.people.models import Mandate, Person

from . import make

KINDS = ("person", "firm", "mandate", "post", "factor_reset")


@pytest.mark.django_db
def test_every_row_about_people_is_the_fold_of_its_entries():
    boss, agent, organ = make.person("张三"), make.person("李四"), network.organ()
    firm = make.firm(boss)
    mandate = make.mandate(firm, agent)
    services.revoke_mandate(mandate, reason="离职", by=SYSTEM, now=NOW)
    services.change_person(agent, name="李思", phone="13800000000", by=SYSTEM, now=NOW)
    services.verify_person(agent, assurance=3, how="窗口核验", by=SYSTEM, now=NOW)
    services.reveal(agent, what="phone", reason="电话核实", by=SYSTEM, now=NOW)
    post = queries.posts_of(make.officer("clerk", organ).id, on=make.TODAY)[0]
    reset = services.ask_reset(post, reason="手机丢失", by=Actor("a"), now=NOW)
    services.decide_reset(reset, outcome="refused", by=Actor("b"), now=NOW)
    services.end_post(post, on=make.TODAY, reason="调离", by=SYSTEM, now=NOW)
    walk_in = services.enter_person(
        name="无账号", id_kind="passport", id_number="e1234567", phone="", shard=network.COUNTY, by=SYSTEM, now=NOW
    )
    services.link_person(walk_in, make.account(), how="窗口核验护照", by=SYSTEM, now=NOW)
    services.erase_person(walk_in, reason="本人申请", by=SYSTEM, now=NOW)
    assert [list(journal.differences(kind)) for kind in KINDS] == [[]] * 5
    assert not [kind for kind in KINDS if not Entry.objects.filter(kind=kind).exists()]


@pytest.mark.django_db
def test_names_numbers_and_phones_stand_nowhere_in_the_clear():
    person = make.person("欧阳探针")
    tables = ("people_person", "people_account", "journal_entry", "journal_personal")
    with connection.cursor() as cursor:
        stored = ""
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(cursor.fetchall())
    assert "欧阳探针" not in stored and person.id_number not in stored and person.phone[-8:] not in stored


@pytest.mark.django_db
def test_the_same_document_cannot_be_entered_twice_in_a_shard():
    person = make.person()
    with pytest.raises(Refusal) as refused:
        services.register_person(
            make.account(), name="冒名", id_kind="resident", id_number=person.id_number.lower(), phone="",
            shard=person.shard, by=SYSTEM, now=NOW,
        )  # fmt: skip
    assert refused.value.key == "id_known" and Person.objects.count() == 1


@pytest.mark.django_db
def test_an_erased_person_leaves_the_number_free_and_no_value_behind():
    person = make.person()
    number = person.id_number
    services.erase_person(person, reason="本人申请", by=SYSTEM, now=NOW)
    assert (person.name, person.id_number, person.id_index, person.phone) == ("", "", "", "")
    again = services.enter_person(
        name="王小明", id_kind="resident", id_number=number, phone="", shard=person.shard, by=SYSTEM, now=NOW
    )
    assert again.id != person.id


@pytest.mark.django_db
def test_looking_at_a_masked_value_needs_a_reason_and_is_journalled():
    person = make.person()
    with pytest.raises(Refusal):
        services.reveal(person, what="id_number", reason=" ", by=SYSTEM, now=NOW)
    assert not Entry.objects.filter(name="person.revealed").exists()
    assert services.reveal(person, what="id_number", reason="核对执照", by=Actor("x"), now=NOW) == person.id_number
    entry = Entry.objects.get(name="person.revealed")
    assert (entry.actor, entry.data) == ("x", {"what": "id_number", "reason": "核对执照"})


@pytest.mark.django_db
def test_a_verification_is_never_lowered():
    person = make.person()
    services.verify_person(person, assurance=3, how="窗口", by=SYSTEM, now=NOW)
    services.verify_person(person, assurance=2, how="联网", by=SYSTEM, now=NOW)
    assert person.assurance == 3


@pytest.mark.django_db
def test_a_legal_representative_acts_for_the_firm_from_the_first_day():
    boss = make.person()
    firm = make.firm(boss)
    (facts,) = queries.firms_of(boss, on=make.TODAY)
    assert (facts.firm_id, facts.kind, facts.services) == (firm.id, "legal_rep", ())


@pytest.mark.django_db
def test_only_the_legal_representative_gives_a_mandate_and_once():
    boss, agent, other = make.person(), make.person(), make.person()
    firm = make.firm(boss)
    with pytest.raises(Refusal) as refused:
        make.mandate(firm, other, granted_by=agent.id)
    assert refused.value.key == "not_legal_rep"
    make.mandate(firm, agent)
    with pytest.raises(Refusal) as refused:
        make.mandate(firm, agent)
    assert refused.value.key == "mandate_twice"


@pytest.mark.django_db
def test_a_mandate_holds_from_its_first_day_until_it_is_revoked():
    boss, agent = make.person(), make.person()
    firm = make.firm(boss)
    mandate = make.mandate(firm, agent, valid_from=make.TODAY - timedelta(days=2), services=["A"])
    days = [queries.firms_of(agent, on=make.TODAY + timedelta(days=shift)) for shift in (-3, -2, 0)]
    assert [len(day) for day in days] == [0, 1, 1] and days[1][0].services == ("A",)
    services.revoke_mandate(mandate, reason="离职", by=SYSTEM, now=NOW)
    assert queries.firms_of(agent, on=make.TODAY) == []
    own = queries.firms_of(boss, on=make.TODAY)
    assert len(own) == 1


@pytest.mark.django_db
def test_a_legal_representatives_own_mandate_is_not_revoked():
    boss = make.person()
    make.firm(boss)
    mandate = Mandate.objects.get()
    with pytest.raises(Refusal):
        services.revoke_mandate(mandate, reason="x", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_a_credit_code_with_a_wrong_digit_is_refused():
    boss = make.person()
    code = network.uscc("91360481")
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    with pytest.raises(Refusal):
        services.register_firm(name="店", uscc=wrong, kind="company", legal_rep=boss, by=SYSTEM, now=NOW)
    firm = make.firm(boss)
    with pytest.raises(Refusal) as refused:
        services.register_firm(name="店", uscc=firm.uscc.lower(), kind="company", legal_rep=boss, by=SYSTEM, now=NOW)
    assert refused.value.key == "firm_known"


@pytest.mark.django_db
def test_a_post_holds_until_the_day_it_ends():
    account = make.officer("clerk", network.organ())
    (post,) = queries.posts_of(account.id, on=make.TODAY)
    services.end_post(post, on=make.TODAY, reason="调离", by=SYSTEM, now=NOW)
    assert queries.posts_of(account.id, on=make.TODAY - timedelta(days=1)) == [post]
    assert queries.posts_of(account.id, on=make.TODAY) == []
    assert queries.officer(account, on=make.TODAY).posts == ()


@pytest.mark.django_db
def test_the_same_post_is_not_given_twice():
    organ = network.organ()
    account = make.officer("clerk", organ)
    with pytest.raises(Refusal) as refused:
        make.post(account, "clerk", organ)
    assert refused.value.key == "post_twice"


@pytest.mark.django_db
def test_a_second_factor_is_reset_by_two_and_by_nobody_for_himself():
    account = make.officer("clerk", network.organ())
    Authenticator.objects.create(user=account, type="totp", data={})
    (post,) = queries.posts_of(account.id, on=make.TODAY)
    with pytest.raises(Refusal) as refused:
        services.ask_reset(post, reason="丢失", by=Actor(str(account.id)), now=NOW)
    assert refused.value.key == "reset_self"
    reset = services.ask_reset(post, reason="丢失", by=Actor("one"), now=NOW)
    for actor, key in (("one", "reset_same"), (str(account.id), "reset_self")):
        with pytest.raises(Refusal) as refused:
            services.decide_reset(reset, outcome="done", by=Actor(actor), now=NOW)
        assert refused.value.key == key and Authenticator.objects.exists()
    services.decide_reset(reset, outcome="done", by=Actor("two"), now=NOW)
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
def test_a_refused_reset_leaves_the_second_factor_and_is_final():
    account = make.officer("clerk", network.organ())
    Authenticator.objects.create(user=account, type="totp", data={})
    (post,) = queries.posts_of(account.id, on=make.TODAY)
    reset = services.ask_reset(post, reason="丢失", by=Actor("one"), now=NOW)
    services.decide_reset(reset, outcome="refused", by=Actor("two"), now=NOW)
    with pytest.raises(Refusal):
        services.decide_reset(reset, outcome="done", by=Actor("three"), now=NOW)
    assert Authenticator.objects.exists()


def test_of_four_who_enter_the_same_document_at_once_one_succeeds(fresh_database):
    number = make.person().id_number
    Person.objects.all().delete()
    accounts = [make.account() for _ in range(4)]

    def enter(place: int) -> str:
        try:
            services.register_person(
                accounts[place], name="王", id_kind="resident", id_number=number, phone="", shard=network.COUNTY,
                by=SYSTEM, now=NOW,
            )  # fmt: skip
            return "entered"
        except Refusal as refused:
            return refused.key

    assert sorted(race(4, enter)) == ["entered"] + ["id_known"] * 3


@pytest.mark.django_db
def test_a_document_that_somebody_entered_since_one_looked_is_refused_in_words():
    there = make.person()
    data = events.PersonRegistered("王", there.id_kind, there.id_number, there.id_index, "", 1, None)
    with pytest.raises(Refusal) as refused:
        act([New(there.shard, data)], by=SYSTEM, now=NOW)
    assert refused.value.key == "id_known"
