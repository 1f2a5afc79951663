"""Applications as JSON: papers first, then the application once, then where it stands; a case taken back."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client

from tests.roles import signed_in
from xiaoer.cases import api_files
from xiaoer.cases.models import Application, Case
from xiaoer.people.tests import make as persons

from . import make_draft as make

pytestmark = pytest.mark.django_db
REGION = "360481000000"
KNOWN = {"operator_name": "王小明", "operator_id": "11010519491231002X", "operator_phone": "13900000000"}
PAPERS = ("operator_identity", "premises_proof", "layout_plan", "special_room_plan", "food_safety_rules",
          "sign_drawing", "sign_photo")  # fmt: skip


@pytest.fixture
def client():
    make.offered()
    return make.applicant()[0]


def uploaded(client: Client, file=None) -> str:
    answer = client.post("/api/files", {"region": REGION, "file": file or make.picture()})
    assert answer.status_code == 200, answer.content
    return answer.json()["id"]


def body(client: Client, **changed):
    paper = uploaded(client)
    known = {
        "bundle": "open_restaurant", "region": REGION, "answers": {**make.ANSWERS, **KNOWN},
        "papers": dict.fromkeys(PAPERS, paper), "delivery": {"way": "counter"},
    }  # fmt: skip
    return {**known, **changed}


def post(client: Client, url: str, sent, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(url, json.dumps(sent), content_type="application/json", headers=names)


def applied(client: Client, key: str = "key-00001", **changed):
    return post(client, "/api/applications", body(client, **changed), Idempotency_Key=key)


def test_an_application_is_handed_in_once_per_key(client):
    sent = body(client)
    first = post(client, "/api/applications", sent, Idempotency_Key="key-00001")
    assert first.status_code == 201, first.content
    told = first.json()
    assert {case["state"] for case in told["cases"]} == {"received", "waiting"} and len(told["cases"]) == 4
    again = post(client, "/api/applications", sent, Idempotency_Key="key-00001")
    assert (again.status_code, again.json()["number"]) == (200, told["number"])
    assert applied(client, key="key-00002").json()["number"] != told["number"]
    assert Application.objects.count() == 2
    assert "operator_id" in Application.objects.first().personal_answers


def test_a_key_that_came_with_another_application_is_refused(client):
    sent = body(client)
    first = post(client, "/api/applications", sent, Idempotency_Key="key-00001")
    other = {**sent, "answers": {**sent["answers"], "shop_name": "另一家店"}}
    refused = post(client, "/api/applications", other, Idempotency_Key="key-00001")
    assert (refused.status_code, refused.json()["code"]) == (422, "key_reused"), refused.content
    assert first.json()["number"] not in refused.content.decode()
    assert Application.objects.count() == 1


def test_everything_that_lacks_is_said_at_its_field(client):
    answers = {**make.ANSWERS, **KNOWN, "operator_id": "123"}
    refused = applied(client, answers=answers, papers={}, delivery={"way": "post"})
    told = refused.json()
    assert (refused.status_code, told["code"]) == (422, "incomplete")
    assert {"answers.operator_id", "papers.layout_plan", "delivery.address"} <= set(told["fields"])
    assert "上传" in told["fields"]["papers.layout_plan"] and not Application.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"bundle": "no_such"}, "not_offered"), ({"region": "110000000000"}, "not_offered"),
        ({"bundle": "", "service": "nothing"}, "not_offered"), ({"answers": {"surprise": "x"}}, "unknown_keys"),
        ({"papers": {"layout_plan": "made-up"}}, "file_unknown_id"), ({"papers": {"surprise": "x"}}, "unknown_keys"),
        ({"answers": "x"}, "invalid"), ({"delivery": {"way": "balloon"}}, "invalid"), ({"firm": "x"}, "invalid"),
        ({"answers": {"has_licence": {"a": 1}}}, "invalid"), ({"papers": {"layout_plan": "x" * 500}}, "invalid"),
        ({"firm": "018f0000-0000-7000-8000-000000000000"}, "incomplete"), ({"answers": {"\0": "x"}}, "invalid"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_the_one_shape(client, changed, code):
    refused = applied(client, **changed)
    assert refused.status_code == 422, refused.content
    assert refused.json()["code"] == code and refused.json()["message"] and refused.json()["fields"]


def test_a_key_is_needed_and_a_body_that_is_json(client):
    assert post(client, "/api/applications", body(client)).status_code == 422
    assert post(client, "/api/applications", body(client), Idempotency_Key="短").status_code == 422
    key = {"Idempotency-Key": "k" * 9}
    broken = client.post("/api/applications", "{", content_type="application/json", headers=key)
    assert (broken.status_code, broken.json()["code"]) == (400, "unreadable")


def test_the_id_of_a_file_serves_for_a_day_and_not_when_a_character_of_it_is_changed():
    owner, shard, now = uuid4(), "360481000000", datetime(2026, 3, 5, 9, tzinfo=UTC)
    stored = SimpleNamespace(id=uuid4(), shard=shard, media_type="image/png", size=7)
    named = api_files.claim(stored, account=owner, now=now).id

    def opened(named: str, *, account=owner, shard=shard, at=now):
        return api_files.claimed(named, account=account, shard=shard, now=at)

    assert opened(named) == opened(named, at=now + timedelta(days=1)) == api_files.Claimed(str(stored.id), "image/png")
    assert opened(named, at=now + timedelta(days=1, seconds=1)) is None
    assert opened(named, account=uuid4()) is opened(named, shard="360482000000") is None
    for place, character in enumerate(named):
        assert opened(f"{named[:place]}{'0' if character != '0' else '1'}{named[place + 1 :]}") is None
    assert opened("") is opened("例") is opened("::::") is None


def test_a_file_serves_only_who_uploaded_it_for_that_county(client):
    stranger = signed_in(persons.person("张三").account)
    foreign = uploaded(stranger)
    assert applied(client, papers=dict.fromkeys(PAPERS, foreign)).json()["code"] == "file_unknown_id"
    elsewhere = client.post("/api/files", {"region": "360482000000", "file": make.picture()}).json()["id"]
    assert applied(client, papers=dict.fromkeys(PAPERS, elsewhere)).json()["code"] == "file_unknown_id"
    pdf = uploaded(client, make.pdf())
    refused = applied(client, papers={**dict.fromkeys(PAPERS, uploaded(client)), "sign_photo": pdf})
    assert (refused.json()["code"], list(refused.json()["fields"])) == ("paper_format", ["papers.sign_photo"])


def test_what_may_not_be_uploaded_is_refused_in_words(client):
    text = type(make.picture())("图.jpg", b"hello", content_type="image/jpeg")
    refused = client.post("/api/files", {"region": REGION, "file": text})
    assert (refused.status_code, refused.json()["code"]) == (422, "file_unknown")
    assert client.post("/api/files", {"region": "x", "file": make.picture()}).status_code == 422
    assert client.post("/api/files", {"region": REGION}).status_code == 422


def test_mine_are_listed_and_read_by_me_alone(client):
    number = applied(client).json()["number"]
    listed = client.get("/api/applications").json()
    assert [one["number"] for one in listed["applications"]] == [number] and listed["next"] == ""
    assert client.get(f"/api/applications/{number}").json()["number"] == number
    case = Case.objects.first()
    stranger = signed_in(persons.person("张三").account)
    for url in (f"/api/applications/{number}", f"/api/cases/{case.number}"):
        assert stranger.get(url).status_code == 404 and stranger.get(url).json()["code"] == "not_found"
        assert Client().get(url).status_code == 401
    assert stranger.get("/api/applications").json()["applications"] == []
    assert client.get("/api/applications", {"before": "yesterday"}).status_code == 422


def test_a_case_that_has_not_changed_is_not_sent_again(client):
    applied(client)
    case = Case.objects.get(key="food_licence")
    first = client.get(f"/api/cases/{case.number}")
    assert first.headers["ETag"] == f'"{case.version}"' and "withdraw" in first.json()["acts"]
    again = client.get(f"/api/cases/{case.number}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    other = client.get(f"/api/cases/{case.number}", headers={"If-None-Match": '"99"'})
    assert other.status_code == 200


def test_a_case_is_taken_back_by_the_version_that_was_seen(client):
    applied(client)
    case = Case.objects.get(key="food_licence")
    url = f"/api/cases/{case.number}/withdraw"
    assert post(client, url, {"reason": "不开了"}).status_code == 428
    assert post(client, url, {"reason": "不开了"}, If_Match='"99"').status_code == 412
    stranger = signed_in(persons.person("张三").account)
    assert post(stranger, url, {}, If_Match=f'"{case.version}"').status_code == 404
    done = post(client, url, {"reason": "不开了"}, If_Match=f'"{case.version}"')
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")
    assert done.headers["ETag"] == f'"{case.version + 1}"'
    late = post(client, url, {}, If_Match=f'"{case.version + 1}"')
    assert (late.status_code, late.json()["code"]) == (409, "not_now")


def test_a_forged_request_is_refused(client):
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = client.cookies
    refused = post(forged, "/api/applications", {}, Idempotency_Key="key-00001")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")


def test_every_answer_of_the_applicants_api_is_declared(client):
    described = client.get("/api/openapi.json").json()["paths"]
    for url in ("/api/files", "/api/applications", "/api/applications/{number}", "/api/cases/{number}",
                "/api/cases/{number}/withdraw"):  # fmt: skip
        for method, operation in described[url].items():
            assert {"401", "403", "404", "422"} <= set(operation["responses"]), (method, url)
