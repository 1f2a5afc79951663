"""The first day of a county on an empty database: set up, organ, staff, a published service, a case that is decided."""

import io
import re
import sys
from datetime import date

import pytest
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.cases.models import Case
from xiaoer.cases.tests.make_draft import ANSWERS
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.cli import main
from xiaoer.files.tests import make as files
from xiaoer.journal import queries as journal
from xiaoer.journal import rules as journal_rules
from xiaoer.kernel import codes
from xiaoer.network.models import Organ
from xiaoer.people.models import Account

pytestmark = pytest.mark.django_db
COUNTY, PASSWORD = "360481000000", "Wanshi-ruyi-2026-kx"
SIGN = catalogue.DEMO / "signboard.json"
FLAGS = ["setup", "--site-name", "瑞昌政务服务", "--region", COUNTY, "--operator", "boss", "--password-stdin"]


@pytest.fixture
def operator(settings, tmp_path, monkeypatch, capsys):
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD))
    assert main(FLAGS) == 0
    told = capsys.readouterr().out
    assert "catalogue publish" in told and "还没有统一社会信用代码" in told
    return signed_in(Account.objects.get(username="boss"))


def organ(operator) -> Organ:
    said = {
        "name": "瑞昌市城市管理局", "short_name": "城管局", "uscc": "11360481MB0E10025A", "region_code": COUNTY,
        "kind": "department", "valid_from": "2024-01-01", "duties": "审批店招，管市容。",
    }  # fmt: skip
    assert operator.post(reverse("people:organ_new"), said).status_code == 302
    return Organ.objects.get(short_name="城管局")


def officer(operator, place: Organ, username: str, role: str):
    """Somebody new, with the first password that the page shows once."""
    said = {"username": username, "name": username, "role": role, "organ": str(place.id), "valid_from": "2026-01-01"}
    page = operator.post(reverse("people:staff_new"), said).content.decode()
    account = Account.objects.get(username=username)
    assert account.check_password(re.search(r"<code>(.*?)</code>", page)[1])
    visitor = signed_in(account)
    next_page = visitor.get(reverse("cases:desk"))
    assert next_page.url.startswith(reverse("people:new_password"))
    done = visitor.post(next_page.url, {"password": "Kaidian-2026-mima", "again": "Kaidian-2026-mima"})
    assert done.url == reverse("cases:desk")
    account.refresh_from_db()
    return signed_in(account)


def received(clerk) -> Case:
    """The first case, for somebody who came to the window without an account."""
    who = {
        "Who-id_kind": "resident", "Who-name": "王来办", "Who-phone": "13800000001", "Who-way": "counter",
        "Who-id_number": codes.make_resident_id("360481", born=date(1990, 3, 7), sequence=77),
    }  # fmt: skip
    code = catalogue.said("signboard").code
    choice = {"kind": "service", "key": code, "region": COUNTY}
    url = clerk.post(reverse("cases:desk_window_begin"), choice)["Location"]
    for _ in range(3):
        clerk.post(url, {**who, **ANSWERS, "save": "1"})
    keys = [part.split('"')[0] for part in clerk.get(url).content.decode().split('name="Paper-')[1:]]
    uploads = {f"Paper-{key}": files.upload(files.picture(), f"{key}.jpg") for key in keys}
    answer = clerk.post(url, {**who, **ANSWERS, **uploads, "receive": "1"})
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.get()


def test_from_an_empty_database_to_the_first_published_service_clerk_and_case(operator, capsys):
    assert main(["catalogue", "import", str(SIGN)]) == 0
    assert main(["catalogue", "publish", "--language", "en"]) == 1
    assert "Set it up at /organs/new/ first" in capsys.readouterr().out
    place = organ(operator)
    clerk, reviewer = (officer(operator, place, name, name) for name in ("clerk", "reviewer"))
    assert main(["catalogue", "publish"]) == 0
    assert "published" in capsys.readouterr().out
    case = received(clerk)
    assert case.handled_by == place.id
    assert case.number in clerk.get(reverse("cases:desk"), {"queue": "intake"}).content.decode()
    page = reverse("cases:desk_case", args=[case.number])
    assert clerk.get(page).status_code == 200 and reviewer.get(page).status_code == 200
    assert [one for kind in journal_rules.SUBJECTS for one in journal.differences(kind)] == []


def test_the_code_that_setup_left_open_is_entered_once(operator):
    own = Organ.objects.get()
    page = reverse("people:organ", args=[own.id])
    assert "没有代码，不能公布" in operator.get(page).content.decode()
    said = {"name": own.name, "short_name": "政务局", "seen": 1}
    wrong = operator.post(page, {**said, "uscc": "123"})
    assert wrong.status_code == 422 and 'value="123"' in wrong.content.decode()
    operator.post(page, {**said, "uscc": " 11360481MB0E10025a "})
    own.refresh_from_db()
    assert own.uscc == "11360481MB0E10025A"
    operator.post(page, {**said, "uscc": "11360481MB0E10018A", "seen": 2})
    own.refresh_from_db()
    assert own.uscc == "11360481MB0E10025A" and 'name="uscc"' not in operator.get(page).content.decode()
