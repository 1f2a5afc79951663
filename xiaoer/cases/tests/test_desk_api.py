"""The desk as JSON: versions in ETag and If-Match, one shape for every no, nothing of other organs."""

import pytest
from django.test import Client

from xiaoer.cases import queries, services
from xiaoer.journal import edge
from xiaoer.journal.models import Entry
from xiaoer.people.tests import make as people

from . import make, make_desk

pytestmark = pytest.mark.django_db
API = "/api/desk"


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()


@pytest.fixture
def desk():
    return make_desk.desk()


def post(client, url, body=None, *, seen=None, **headers):
    named = {"If-Match": f'"{seen}"'} if seen is not None else {}
    return client.post(API + url, body or {}, content_type="application/json", headers={**named, **headers})


def shape(answer, status, code):
    assert answer.status_code == status and answer.json()["code"] == code
    assert set(answer.json()) >= {"code", "message", "fields"}


def test_a_case_from_queue_to_grant(desk):
    case = make_desk.received(desk)
    clerk, reviewer, approver = (desk.client(role) for role in ("clerk", "reviewer", "approver"))
    rows = clerk.get(f"{API}/intake").json()
    assert [row["number"] for row in rows["rows"]] == [case.number] and rows["next"] == ""
    found = clerk.get(f"{API}/cases/{case.number}")
    assert found["ETag"] == '"1"' and found.json()["acts"] == ["accept", "notify", "decline"]
    accepted = post(clerk, f"/cases/{case.number}/accept", seen=1)
    assert (
        accepted.status_code == 200 and accepted["ETag"] == '"2"' and accepted.json()["promised_due_on"] == "2026-03-17"
    )
    for key in ("review", "visit"):
        row = reviewer.get(f"{API}/queue").json()["rows"][0]
        assert row["step_key"] == key
        url, version = f"/steps/{row['step']}", row["step_version"]
        taken = post(reviewer, f"{url}/claim", seen=version)
        assert taken.status_code == 200
        done = post(
            reviewer,
            f"/steps/{row['step']}/settle",
            {"outcome": "granted", "opinion": "符合"},
            seen=row["step_version"] + 1,
        )
        assert done.status_code == 200
    found = approver.get(f"{API}/cases/{case.number}")
    granted = post(approver, f"/cases/{case.number}/grant", seen=found.json()["version"])
    assert granted.json()["state"] == "granted"
    delivered = post(
        clerk, f"/cases/{case.number}/deliver", {"way": "post", "proof": "SF1"}, seen=granted.json()["version"]
    )
    assert delivered.json()["delivered_at"]


def test_every_no_has_one_shape(desk):
    case = make_desk.received(desk)
    clerk, url = desk.client("clerk"), f"/cases/{case.number}"
    shape(post(clerk, f"{url}/accept"), 428, "if_match_needed")
    shape(post(clerk, f"{url}/accept", seen=2), 412, "stale")
    shape(post(clerk, f"{url}/notify", {"until": "2026-03-26"}, seen=1), 422, "invalid")
    shape(post(clerk, f"{url}/notify", {"gaps": [], "until": "2026-03-26"}, seen=1), 422, "gaps_needed")
    shape(post(desk.client("head"), f"{url}/accept", seen=1), 404, "not_found")
    shape(post(desk.client("approver"), f"{url}/grant", seen=1), 409, "decision_waits")
    shape(clerk.get(f"{API}/cases/X"), 404, "not_found")
    shape(clerk.get(f"{API}/queue"), 404, "not_found")
    shape(Client().get(f"{API}/intake"), 401, "sign_in_needed")
    shape(Client().post(f"{API}{url}/accept"), 401, "sign_in_needed")
    citizen = make_desk.signed_in(people.account())
    shape(citizen.get(f"{API}/cases/{case.number}"), 404, "not_found")
    strict = desk.client("clerk", enforce_csrf_checks=True)
    shape(post(strict, f"{url}/accept", seen=1), 403, "csrf")
    assert Entry.objects.filter(subject=case.id).count() == 1


def test_an_officer_without_second_factor_is_told_so(desk):
    client = Client()
    client.force_login(desk.accounts["clerk"])
    shape(client.get(f"{API}/intake"), 403, "second_factor_needed")


def test_other_organs_find_nothing(desk):
    case = make_desk.accepted(desk)
    other = make_desk.desk("别的局")
    step = make.step(case, "review")
    for role in make_desk.ROLES:
        client = other.client(role)
        shape(client.get(f"{API}/cases/{case.number}"), 404, "not_found")
        shape(post(client, f"/cases/{case.number}/refuse", {"reason": "不行"}, seen=2), 404, "not_found")
        shape(post(client, f"/steps/{step.id}/claim", seen=1), 404, "not_found")


def test_repeating_an_act_changes_nothing(desk):
    case = make_desk.received(desk)
    client = desk.client("clerk")
    answers = [post(client, f"/cases/{case.number}/accept", seen=1, **{"Idempotency-Key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 412]


def test_who_reviewed_alone_does_not_decide(desk):
    case = make_desk.decidable(desk, by="approver")
    shape(post(desk.client("approver"), f"/cases/{case.number}/grant", seen=case.version), 409, "sole_reviewer")


def test_a_step_is_settled_by_who_has_it_while_the_clock_runs(desk):
    case = make_desk.accepted(desk)
    step, client = make.step(case, "review"), desk.client("reviewer")
    body = {"outcome": "granted"}
    shape(post(client, f"/steps/{step.id}/settle", body, seen=1), 409, "step_not_in_hand")
    post(client, f"/steps/{step.id}/claim", seen=1)
    second = make_desk.signed_in(people.officer("reviewer", desk.organ))
    shape(post(second, f"/steps/{step.id}/settle", body, seen=2), 409, "step_taken")
    services.suspend(
        make.fresh(case), ground="听证", days=3, by=make.REVIEWER, now=edge.now(), calendar=make.calendar()
    )
    shape(post(client, f"/steps/{step.id}/settle", body, seen=2), 409, "not_now")
    decision = make.step(case, "decision")
    shape(post(desk.client("approver"), f"/steps/{decision.id}/settle", body, seen=1), 404, "not_found")


def test_a_case_is_sent_back_from_the_decision_to_the_review(desk):
    case = make_desk.decidable(desk)
    step, client = make.step(case, "decision"), desk.client("approver")
    offered = post(client, f"/steps/{step.id}/claim", seen=step.version).json()["steps"]
    assert {one["key"]: one["acts"] for one in offered} == {
        "review": [], "visit": [], "decision": ["return", "release"]
    }  # fmt: skip
    body, seen = {"to": "review", "reason": "布局图对不上"}, step.version + 1
    shape(post(client, f"/steps/{step.id}/return", body | {"to": "decision"}, seen=seen), 422, "no_way_back")
    shape(post(client, f"/steps/{step.id}/return", body | {"reason": " "}, seen=seen), 422, "reason_needed")
    shape(post(client, f"/steps/{step.id}/return", body, seen=step.version), 412, "stale")
    shape(post(desk.client("reviewer"), f"/steps/{step.id}/return", body, seen=seen), 404, "not_found")
    answer = post(client, f"/steps/{step.id}/return", body, seen=seen).json()
    assert {one["key"]: one["state"] for one in answer["steps"]} == {
        "review": "ready", "visit": "waiting", "decision": "waiting"
    }  # fmt: skip


def test_a_queue_goes_on_by_cursor(desk, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for _ in range(3):
        make_desk.received(desk)
    client = desk.client("clerk")
    first = client.get(f"{API}/intake").json()
    second = client.get(f"{API}/intake?after={first['next']}").json()
    assert [len(page["rows"]) for page in (first, second)] == [2, 1] and second["next"] == ""
    assert len({row["number"] for page in (first, second) for row in page["rows"]}) == 3
    shape(client.get(f"{API}/intake?who=everybody"), 422, "invalid")


def test_every_answer_of_the_desk_is_declared():
    paths = Client().get("/api/openapi.json").json()["paths"]
    desk = {path: verbs for path, verbs in paths.items() if path.startswith("/api/desk/")}
    assert len(desk) >= 15  # every one of them, however many are added
    for verbs in desk.values():
        for verb, said in verbs.items():
            needed = {200, 401, 403, 404, 422} | ({400, 409, 412, 413, 428, 429} if verb == "post" else set())
            assert {int(status) for status in said["responses"]} == needed
