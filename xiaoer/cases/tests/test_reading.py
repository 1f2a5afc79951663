"""What programs read most shows no more and no less than the pages' doors, in a fixed number of questions."""

import pytest
from jsonschema import Draft202012Validator

from tests.roles import signed_in
from xiaoer.cases import queries
from xiaoer.journal.edge import today
from xiaoer.network.tests import make as network
from xiaoer.people import queries as people
from xiaoer.people.models import Account
from xiaoer.people.tests import make as persons

from . import make, make_desk

pytestmark = pytest.mark.django_db
BOTH = (make.CODES["food"], make.CODES["sign"])
THIRD = make.CODES["seal"]


@pytest.fixture(autouse=True)
def on_thursday(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()


def account_of(person) -> Account:
    return Account.objects.get(id=person.account_id)


def declared(answer, name: str) -> None:
    """Hold an answer to the shape that the description of the API declares, with nothing beside it."""
    said = signed_in(persons.account()).get("/api/openapi.json").json()
    shapes = {**said["components"]["schemas"]}
    shape = {**shapes[name], "additionalProperties": False, "components": {"schemas": shapes}}
    assert list(Draft202012Validator(shape).iter_errors(answer.json())) == []


def test_a_case_is_read_by_exactly_those_who_may_open_its_application():
    """Whoever owns what: oneself, a firm in all or in some services, what somebody else handed in, nothing."""
    boss, agent, helper, stranger = (persons.person(name) for name in ("张老板", "钱经办", "孙帮手", "陌生人"))
    organ, firm, other = network.organ(), persons.firm(boss), persons.firm(persons.person("别人"), name="别的店")
    persons.mandate(firm, agent)
    persons.mandate(firm, helper, services=list(BOTH))
    handed_in = [("person", boss, boss), ("person", agent, agent), ("firm", firm, boss), ("firm", firm, helper),
                 ("firm", firm, stranger), ("firm", other, agent)]  # fmt: skip
    applications = [
        make.submitted(make.member(organ=organ.id), applicant_kind=kind, applicant=whose.id, account=by.account_id)
        for kind, whose, by in handed_in
    ]
    seen = {}
    for person in (boss, agent, helper, stranger):
        who = people.applicant(account_of(person), on=today())
        opened = [queries.application_for(who, one.application.number) is not None for one in applications]
        read = [queries.case_line(who, one.cases[0].number) is not None for one in applications]
        assert opened == read
        seen[person.name] = "".join("x" if one else "-" for one in read)
    assert seen == {"张老板": "x-xxx-", "钱经办": "-xxxx-", "孙帮手": "---x--", "陌生人": "------"}


def test_a_case_says_what_its_application_says_of_it():
    person, organ = persons.person(), network.organ("瑞昌市市场监督管理局")
    received = make.submitted(make.member(organ=organ.id), applicant=person.id, account=person.account_id)
    make.accepted(received.cases[0])
    client = signed_in(account_of(person))
    answer = client.get(f"/api/cases/{received.cases[0].number}")
    declared(answer, "PartOut")
    (case,) = client.get(f"/api/applications/{received.application.number}").json()["cases"]
    assert answer.json() == case and case["organ"] == "瑞昌市市场监督管理局" and case["acts"] == ["withdraw"]
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


def test_reading_a_case_takes_three_questions_for_a_firm_too(django_assert_num_queries):
    person = persons.person()
    firm = persons.firm(person)
    client = signed_in(account_of(person))
    for kind, whose in (("person", person), ("firm", firm)):
        received = make.submitted(applicant_kind=kind, applicant=whose.id, account=person.account_id)
        url = f"/api/cases/{received.cases[0].number}"
        tag = client.get(url).headers["ETag"]
        with django_assert_num_queries(3):
            assert client.get(url).status_code == 200
        with django_assert_num_queries(3):
            assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def lines(officer, name: str, **narrowed: str) -> list[tuple]:
    """Return what the desk's page shows of a queue, as the columns of a line."""
    rows = queries.queue(officer, name, on=today(), wanted=queries.Wanted(**narrowed))
    return [
        (
            row.case.number,
            row.case.version,
            row.due_on,
            row.step and row.step.id,
            bool(row.step and row.step.claimed_by),
        )
        for row in rows
    ]


@pytest.mark.parametrize("narrowed", [{}, {"service": BOTH[0]}, {"kind": "promised"}, {"who": "mine"}, {"due": "late"}])
@pytest.mark.parametrize(("name", "role"), [("steps", "reviewer"), ("steps", "approver"), ("intake", "clerk")])
def test_a_queue_has_the_same_lines_for_programs_as_on_the_page(name, role, narrowed):
    desk = make_desk.desk()
    for service in (*BOTH, THIRD):
        make_desk.accepted(desk, service_code=service)
        make_desk.received(desk, service_code=service)
    limited = persons.officer(role, desk.organ, services=list(BOTH))
    for account in (desk.accounts[role], limited):
        officer = people.officer(account, on=today())
        found, following = queries.queue_lines(officer, name, on=today(), wanted=queries.Wanted(**narrowed))
        told = [(one.number, one.version, one.due_on, one.step, one.claimed) for one in found]
        assert told == lines(officer, name, **narrowed) and following is None
        reached, allowed = {one.service for one in found}, set(BOTH) if account is limited else {*BOTH, THIRD}
        assert reached <= allowed
        if not narrowed and role != "approver":  # no decision is due yet
            assert reached == allowed


def test_a_page_of_a_queue_takes_three_questions(django_assert_num_queries):
    desk = make_desk.desk()
    for _ in range(3):
        make_desk.accepted(desk)
        make_desk.received(desk)
    for name, role in (("queue", "reviewer"), ("intake", "clerk")):
        client = desk.client(role)
        declared(client.get(f"/api/desk/{name}"), "QueueOut")
        with django_assert_num_queries(3):
            assert len(client.get(f"/api/desk/{name}").json()["rows"]) == 3
