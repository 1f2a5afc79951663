"""The guide on paper says what the page says, and is set once for each version."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.make import NOW
from xiaoer.catalogue.tests import make
from xiaoer.catalogue.views import guides, sheets
from xiaoer.journal import edge

FOOD = make.said("food_licence")
ADDRESS = {"service": {"code": FOOD.code}, "bundle": {"region": make.RUICHANG, "key": "open_restaurant"}}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offered():
    make.published_restaurant()


def values(name: str) -> dict[str, object]:
    return sheets._values(found(name))


def found(name: str) -> guides.Guide:
    find = guides._service_guide if name == "service" else guides._bundle_guide
    return find(*ADDRESS[name].values(), NOW + timedelta(days=1))


def test_a_sheet_says_what_decides_and_when_a_paper_is_needed():
    said = values("service")
    assert tuple(said["deciding"][0]) == ("要多久", "8 个工作日 · 法律允许 10 个工作日")
    rest = {"跑几次": "不用跑", "多少钱": "不收费", "谁来办": "瑞昌市市场监督管理局"}
    assert dict(said["deciding"][1:]) == rest
    needed, perhaps = said["papers"]
    assert needed["rows"] and "取决于：做凉菜或生食吗" in perhaps["rows"][0]["lines"][0]
    assert [block["title"] for block in said["lists"]] == ["怎么办", "依据"]
    assert said["version"].startswith("第 1 版，2026年3月5日起施行。")


def test_a_bundles_sheet_lists_its_services():
    said = values("bundle")
    assert said["deciding"][0][1].startswith("最长 ") and len(said["lists"][0]["rows"]) == 5
    with translation.override("en"):
        assert values("bundle")["lists"][0]["title"] != "您要办的事项"


@pytest.mark.parametrize("name", ADDRESS)
def test_a_sheet_is_set_once_for_everybody_and_anew_for_a_new_version(client, name):
    address = reverse(f"catalogue:{name}_pdf", kwargs=ADDRESS[name])
    first = client.get(address)
    assert first.content.startswith(b"%PDF-") and first.headers["Content-Type"] == "application/pdf"
    assert first.headers["Cache-Control"].startswith("public")
    assert client.get(address).content == first.content
    again = {"if-none-match": first.headers["ETag"]}
    assert client.get(address, headers=again).status_code == 304
    assert client.get(address, headers={**again, "accept-language": "en"}).status_code == 200
    make.published("food_licence", valid_from=edge.now() - timedelta(seconds=1), summary="新的说明")
    assert client.get(address, headers=again).status_code == 200


def test_the_page_leads_to_the_sheet_and_what_is_not_offered_has_none(client):
    page = client.get(reverse("catalogue:service", kwargs=ADDRESS["service"])).content.decode()
    assert reverse("catalogue:service_pdf", kwargs=ADDRESS["service"]) in page
    assert client.get("/services/nothing/print.pdf").status_code == 404


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_the_paper_itself_can_be_read(client, tmp_path):
    made = client.get(reverse("catalogue:service_pdf", kwargs=ADDRESS["service"])).content
    (tmp_path / "guide.pdf").write_bytes(made)
    told = subprocess.run(["pdftotext", str(tmp_path / "guide.pdf"), "-"], capture_output=True, text=True, check=True)
    read = re.sub(r"\s+", "", told.stdout)
    for words in (FOOD.name, "8个工作日", "取决于：做凉菜或生食吗", FOOD.materials[0].name, FOOD.basis[0].law, "第1版"):
        assert words.replace(" ", "") in read, words
