"""The questions in the browser: errors at the field, nothing lost, going on later and on another device."""

import pytest
from django.urls import reverse

from tests.make import NOW
from xiaoer.cases import services
from xiaoer.cases.models import Draft

from . import make_draft as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def filling():
    make.offered()
    client, person = make.applicant()
    return client, make.started(make.bundle(), person)


def url(draft, key):
    return reverse("cases:question", args=[draft.id, key])


def test_a_wrong_answer_is_said_at_its_field_and_stands_as_typed(filling):
    client, draft = filling
    told = client.post(url(draft, "premises_area"), {"Seen": draft.version, "premises_area": "<b>很大</b>"})
    text = told.content.decode()
    assert "应为数字" in text and "&lt;b&gt;很大&lt;/b&gt;" in text and "error-summary" in text
    again = client.get(url(draft, "premises_area")).content.decode()
    assert "应为数字" in again and "&lt;b&gt;很大&lt;/b&gt;" in again, "another device shows it too"


def test_good_answers_of_a_page_are_kept_beside_a_bad_one(filling):
    client, draft = filling
    known = {"operator_name": "王小明", "operator_phone": "13900000000"}
    client.post(url(draft, "operator_name"), {"Seen": draft.version, **known, "operator_id": "123"})
    fresh = Draft.objects.get()
    assert fresh.answers == known and fresh.typed == {"operator_id": "123"}


def test_stopping_keeps_even_what_is_wrong(filling):
    client, draft = filling
    data = {"Seen": draft.version, "premises_area": "大约一百", "Later": "yes"}
    stopped = client.post(url(draft, "premises_area"), data, follow=True)
    assert stopped.request["PATH_INFO"] == reverse("cases:mine") and "已保存" in stopped.content.decode()
    assert "大约一百" in client.get(url(draft, "premises_area")).content.decode()


@pytest.mark.parametrize("typed", ["字" * 100_000, "\0", "\u202e", "''; drop table", "-", "1e999", "NaN", "٣"])
def test_no_answer_breaks_a_page(filling, typed):
    client, draft = filling
    for key in ("premises_area", "shop_name", "operator_name", "has_licence", "business_kind"):
        told = client.post(url(draft, key), {"Seen": "x", key: typed}, follow=True)
        assert told.status_code in {200, 409}, "a version that is none counts as an old one"
    assert client.get(reverse("cases:check", args=[draft.id])).status_code == 200


def test_the_account_fills_in_what_it_knows_and_says_so(filling):
    client, draft = filling
    page = client.get(url(draft, "operator_name")).content.decode()
    assert "王小明" in page and "已从您的账户填好" in page and 'value="139' in page


def test_two_devices_see_both_answers(filling):
    client, draft = filling
    make.fill(draft, make.bundle())
    seen = draft.version
    client.post(url(draft, "shop_name"), {"Seen": seen, "shop_name": "瀼溪小馆", "business_kind": "snack"})
    late = client.post(url(draft, "shop_name"), {"Seen": seen, "shop_name": "赤乌小馆", "business_kind": "snack"})
    text = late.content.decode()
    assert late.status_code == 409 and "另一台设备" in text and "瀼溪小馆" in text and "赤乌小馆" in text
    assert Draft.objects.get().answers["shop_name"] == "瀼溪小馆"
    again = {"Seen": late.context["form"].data["Seen"], "shop_name": "赤乌小馆", "business_kind": "snack"}
    assert client.post(url(draft, "shop_name"), again).status_code == 302
    assert Draft.objects.get().answers["shop_name"] == "赤乌小馆"


def test_a_change_from_the_check_comes_back_to_it(filling):
    client, draft = filling
    make.fill(draft, make.bundle())
    back = client.post(url(draft, "shop_name") + "?back=check",
                       {"Seen": draft.version, "shop_name": "新名字", "business_kind": "snack"})  # fmt: skip
    assert back.headers["Location"] == reverse("cases:check", args=[draft.id])
    more = client.post(url(draft, "premises_area") + "?back=check", {"Seen": 99, "premises_area": "400"})
    assert "/questions/" in more.headers["Location"] or more.headers["Location"].endswith("/check/")


def test_the_check_says_everything_that_lacks_with_a_link_to_each(filling):
    client, draft = filling
    page = client.get(reverse("cases:check", args=[draft.id]))
    faults = page.context["faults"]
    assert len(faults) > 8 and all(fault["url"] for fault in faults)
    refused = client.post(reverse("cases:check", args=[draft.id]),
                          {**page.context["form"].initial, "declared": "on"})  # fmt: skip
    assert refused.status_code == 200 and len(refused.context["faults"]) == len(faults)


def test_without_the_declaration_nothing_is_submitted(filling):
    client, draft = filling
    make.fill(draft, make.bundle())
    page = client.get(reverse("cases:check", args=[draft.id]))
    told = client.post(reverse("cases:check", args=[draft.id]), page.context["form"].initial)
    assert "请先勾选承诺" in told.content.decode()
    changed = {**page.context["form"].initial, "declared": "on", "digest": "older"}
    assert "刚刚更新过" in client.post(reverse("cases:check", args=[draft.id]), changed).content.decode()
    assert Draft.objects.get().submitted is None


def test_a_delivery_by_post_needs_a_recipient(filling):
    client, draft = filling
    place = reverse("cases:delivery", args=[draft.id])
    told = client.post(place, {"way": "post", "name": "王", "phone": "12", "seen": draft.version}).content.decode()
    assert "收件地址" in told and "11 位手机号" in told and 'value="12"' in told
    assert client.post(place, {"way": "balloon", "seen": 1}).status_code == 200
    assert client.post(place, {"way": "counter", "seen": draft.version}).status_code == 302
    assert Draft.objects.get().delivery == {"way": "counter"}


def test_a_file_of_the_wrong_kind_is_refused_in_words(filling):
    client, draft = filling
    place = reverse("cases:paper", args=[draft.id, "layout_plan"])
    assert "请先选择文件" in client.post(place, {}).content.decode()
    fake = make.picture("图.pdf")
    assert client.post(place, {"file": fake}).status_code == 302, "its content is a picture, which this paper takes"
    text = type(fake)("图.jpg", b"hello", content_type="image/jpeg")
    assert "认不出" in client.post(place, {"file": text}).content.decode()
    empty = type(fake)("图.jpg", b"", content_type="image/jpeg")
    assert "空的" in client.post(place, {"file": empty}).content.decode()
    assert client.get(reverse("cases:paper", args=[draft.id, "fire_layout"])).status_code in {200, 404}
    assert client.get(reverse("cases:paper", args=[draft.id, "nothing"])).status_code == 404
    client.post(place, {"remove": Draft.objects.get().papers["layout_plan"]["file"]})
    assert Draft.objects.get().papers == {}


def test_a_draft_is_thrown_away_after_one_question(filling):
    client, draft = filling
    place = reverse("cases:discard", args=[draft.id])
    assert "找不回来" in client.get(place).content.decode() and Draft.objects.exists()
    client.post(place)
    assert not Draft.objects.exists()


def test_pages_with_personal_answers_are_not_kept_by_browsers(filling):
    client, draft = filling
    assert "no-store" in client.get(url(draft, "operator_name")).headers["Cache-Control"]


def test_a_matter_that_is_no_longer_offered_keeps_what_was_filled_in(filling):
    client, draft = filling
    Draft.objects.filter(id=draft.id).update(target="gone", updated_at=NOW)
    page = client.get(reverse("cases:draft", args=[draft.id]))
    assert page.status_code == 409 and "您填过的内容还在" in page.content.decode()
    assert services.drafts.MOST >= Draft.objects.count() == 1
