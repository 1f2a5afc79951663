"""Set up a county on an empty database for bench.http: prints JSON with sessions, bodies and numbers.

Run with XIAOER_DATABASE_URL: python -m bench.stage
"""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs django.setup() first
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from bench.site import FOOD  # noqa: E402
from xiaoer.cli.demo import applying, offers, people, places  # noqa: E402
from xiaoer.journal import edge  # noqa: E402
from xiaoer.people.models import Account  # noqa: E402

PAPERS = ("business_licence", "layout_plan", "food_safety_rules")
APPLICANTS = 32
CSRF = "b" * 32


def session(account: Account) -> Client:
    """Return a client whose session says what allauth writes after password and second factor."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account)
    kept = client.session
    kept["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "username": account.username},
        {"method": "mfa", "at": time.time(), "type": "totp"},
    ]
    kept["account_authentication_methods_user"] = str(account.pk)
    kept.save()
    return client


def cookie(client: Client) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}; csrftoken={CSRF}"


def body(client: Client, citizen: people.Citizen, place: int) -> dict[str, Any]:
    """Return an application for the food licence with three papers that were uploaded."""
    answers = applying.answers(citizen, place) | {
        "has_licence": "yes",
        "shop_uscc": "91110000600037341L",
        "cold_dishes": "no",
    }
    asked = ("has_licence", "shop_uscc", "shop_name", "business_kind", "operator_name", "operator_id", "operator_phone",
             "premises_address", "premises_area", "cold_dishes", "online_orders")  # fmt: skip
    papers = {}
    for name in PAPERS:
        sent = client.post("/api/files", {"region": places.RUICHANG, "file": applying.picture(f"{name}{place}")})
        assert sent.status_code == 200, sent.content
        papers[name] = sent.json()["id"]
    return {
        "service": FOOD, "region": places.RUICHANG, "answers": {key: answers[key] for key in asked}, "papers": papers,
        "delivery": {"way": "counter"},
    }  # fmt: skip


def main() -> None:
    call_command("migrate", verbosity=0)
    now = edge.now()
    staff = people.make_staff(places.make_places(now), now)
    citizens = people.make_citizens(APPLICANTS, now)
    offers.publish_offers(now)
    applicants = []
    for place, citizen in enumerate(citizens):
        client = session(citizen.account)
        sent = body(client, citizen, place)
        answer = client.post(
            "/api/applications", json.dumps(sent), content_type="application/json",
            headers={"Idempotency-Key": f"stage-{place:06d}"},
        )  # fmt: skip
        assert answer.status_code == 201, answer.content.decode()
        case = answer.json()["cases"][0]["number"]
        applicants.append({"cookie": cookie(client), "body": json.dumps(sent, ensure_ascii=False), "case": case})
    json.dump(
        {"applicants": applicants, "officer": cookie(session(staff["market-reviewer"])), "csrf": CSRF}, sys.stdout
    )


main()
