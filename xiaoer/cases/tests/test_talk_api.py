"""Questions as JSON: asked with files, answered once, taken back by who asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.roles import signed_in
from xiaoer.files.tests import make as files
from xiaoer.journal import edge
from xiaoer.people.tests import make as persons

from . import make, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()


@pytest.fixture
def owner():
    return persons.person("王小明")


@pytest.fixture
def client(owner):
    return signed_in(owner.account)


@pytest.fixture
def desk():
    return make_desk.desk()


@pytest.fixture
def case(owner, desk):
    received = make.submitted(
        make.member(organ=desk.organ.id), applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard,
        now=edge.now(),
    )  # fmt: skip
    return make.accepted(received.cases[0], now=edge.now())


def post(client, url, body=None, *, seen=None):
    named = {"If-Match": f'"{seen}"'} if seen is not None else {}
    return client.post(f"/api{url}", body or {}, content_type="application/json", headers=named)


def no(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code) and answer.json()["message"]


def uploaded(client, url, **more):
    sent = {"file": SimpleUploadedFile("图.png", files.picture("PNG"), "image/png"), **more}
    return client.post(f"/api{url}", sent).json()["id"]


def test_an_organ_asks_with_a_file_and_the_applicant_answers_with_one(desk, client, case):
    clerk, url = desk.client("clerk"), f"/cases/{case.number}/questions"
    named = uploaded(clerk, f"/desk/cases/{case.number}/files")
    body = {"text": "有后门吗", "files": [{"id": named, "name": "平面图.png"}]}
    asked = post(clerk, f"/desk{url}", body)
    assert asked.status_code == 200
    (question,) = client.get(f"/api{url}").json()["questions"]
    assert (question["text"], question["side"], question["state"]) == ("有后门吗", "officer", "open")
    assert client.get(question["papers"][0]["url"]).status_code == 200
    answer = f"{url}/{question['id']}/answer"
    no(post(client, answer, {"text": "有"}), 428, "if_match_needed")
    no(post(client, answer, {"text": "有"}, seen=9), 412, "stale")
    mine = uploaded(client, "/files", region=make.SHARD)
    body = {"text": "有", "files": [{"id": mine, "name": "后门.png"}]}
    answered = post(client, answer, body, seen=1).json()["questions"][0]
    assert (answered["state"], answered["answer"], answered["answer_papers"][0]["name"]) == (
        "answered",
        "有",
        "后门.png",
    )
    no(post(client, answer, {"text": "又"}, seen=2), 409, "question_closed")
    told = clerk.get(f"/api/desk{url}").json()["questions"][0]["answer_papers"][0]
    assert clerk.get(told["url"]).status_code == 200


def test_an_applicant_asks_and_takes_back_and_an_officer_answers(desk, client, case):
    clerk, url = desk.client("clerk"), f"/cases/{case.number}/questions"
    first = post(client, url, {"text": "何时踏勘"}).json()["questions"][0]
    no(post(clerk, f"/desk{url}/{first['id']}/withdraw", seen=1), 404, "not_found")
    assert post(client, f"{url}/{first['id']}/withdraw", seen=1).json()["questions"][0]["state"] == "withdrawn"
    second = post(client, url, {"text": "要带什么"}).json()["questions"][1]
    answered = post(clerk, f"/desk{url}/{second['id']}/answer", {"text": "带原件"}, seen=1)
    assert answered.json()["questions"][1]["answer"] == "带原件"


def test_somebody_elses_file_cannot_be_attached(desk, client, case):
    named = uploaded(client, "/files", region=make.SHARD)
    body = {"text": "看", "files": [{"id": named, "name": "x.png"}]}
    no(post(desk.client("clerk"), f"/desk/cases/{case.number}/questions", body), 422, "file_unknown_id")
    for wrong in ("x", named[:-2]):
        body = {"text": "看", "files": [{"id": wrong, "name": "x.png"}]}
        no(post(client, f"/cases/{case.number}/questions", body), 422, "file_unknown_id")


def test_questions_are_missing_to_everybody_else(desk, case):
    stranger = signed_in(persons.person("李小红").account)
    no(stranger.get(f"/api/cases/{case.number}/questions"), 404, "not_found")
    no(post(stranger, f"/cases/{case.number}/questions", {"text": "看"}), 404, "not_found")
    no(post(desk.client("head"), f"/desk/cases/{case.number}/questions", {"text": "看"}), 404, "not_found")
