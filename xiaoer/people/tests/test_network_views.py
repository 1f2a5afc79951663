"""Pages of regions, zones, organs and halls, as operators meet them; to others they do not exist."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.journal.edge import today
from xiaoer.journal.models import Entry
from xiaoer.network import queries
from xiaoer.network.models import Hall, Organ, Region, Zone
from xiaoer.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db
NEW_TOWN = "360481102000"
HEAD = "code,parent_code,level,name"


@pytest.fixture
def operator():
    return signed_in(make.officer("operator", network.organ()))


@pytest.fixture
def foreign():
    return signed_in(make.officer("operator", network.organ("共青城局", region_code=network.OTHER_COUNTY)))


def text(answer) -> str:
    return answer.content.decode()


def file(*lines: str, encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("regions.csv", "\n".join([HEAD, *lines]).encode(encoding))


def test_the_tree_is_walked_down_and_searched(operator, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        top = text(operator.get(reverse("people:regions")))
    assert "瑞昌市" in top and "码头镇" in top and "共青城市" not in top
    with django_assert_max_num_queries(20):
        county = text(operator.get(reverse("people:region", args=[network.COUNTY])))
    assert "江西省" in county and "九江市" in county and "码头镇" in county and "登记了行政区划瑞昌市" in county
    found = text(operator.get(reverse("people:regions"), {"q": "社区"}))
    assert "码头社区" in found and "没有找到" not in found
    assert "没有找到" in text(operator.get(reverse("people:regions"), {"q": "共青城"}))
    assert "village" in text(
        operator.get(reverse("people:regions"), {"q": "3604811"}, headers={"accept-language": "en"})
    )


def test_a_region_is_entered_renamed_and_ended_with_its_history(operator):
    said = {"code": NEW_TOWN, "name": "夏畈镇", "parent_code": network.COUNTY, "valid_from": "2026-01-01"}
    assert operator.post(reverse("people:region_new"), said).url == reverse("people:region", args=[NEW_TOWN])
    twice = operator.post(reverse("people:region_new"), said)
    assert twice.status_code == 422 and "已经登记为夏畈镇" in text(twice) and f'value="{NEW_TOWN}"' in text(twice)
    operator.post(reverse("people:region_rename", args=[NEW_TOWN]), {"name": "夏畈新镇", "seen": 1})
    stale = operator.post(reverse("people:region_rename", args=[NEW_TOWN]), {"name": "又一镇", "seen": 1})
    assert stale.status_code == 422 and "先办了一步" in text(stale) and "又一镇" in text(stale)
    end = reverse("people:region_end", args=[NEW_TOWN])
    inside = operator.post(end, {"on": "2026-04-01", "successor": NEW_TOWN, "seen": 2})
    assert inside.status_code == 422 and "不能是它自己" in text(inside)
    assert operator.post(end, {"on": "2026-04-01", "successor": network.TOWN, "seen": 2}).status_code == 302
    old = text(operator.get(reverse("people:region", args=[NEW_TOWN])))
    assert "夏畈新镇" in old and "并入" in old and "码头镇" in old and "李窗口" in old and "更名为夏畈新镇" in old
    assert "夏畈新镇" in text(operator.get(reverse("people:region", args=[network.TOWN])))
    again = operator.post(end, {"on": "2026-05-01", "successor": network.TOWN, "seen": 3})
    assert "已经撤销" in text(again)


def test_who_does_not_run_the_region_finds_nothing_there(operator, foreign):
    for name in ("region", "region_rename", "region_end"):
        assert foreign.get(reverse(f"people:{name}", args=[network.TOWN])).status_code == 404
    assert operator.get(reverse("people:region", args=["360499000000"])).status_code == 404
    said = {"code": NEW_TOWN, "name": "夏畈镇", "parent_code": network.COUNTY, "valid_from": "2026-01-01"}
    assert "不归您管" in text(foreign.post(reverse("people:region_new"), said))
    assert not Region.objects.filter(code=NEW_TOWN).exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_previewed_and_only_what_was_previewed_is_imported(operator, encoding):
    page = reverse("people:regions_import")
    lines = [f"{NEW_TOWN},{network.COUNTY},4,夏畈镇", f"{network.TOWN},{network.COUNTY},4,码头新镇"]
    seen = operator.post(page, {"valid_from": "2026-01-01", "file": file(*lines, encoding=encoding)})
    assert seen.status_code == 200 and "夏畈镇" in text(seen) and "码头镇 → 码头新镇" in text(seen)
    assert "360481100001" in text(seen), "what lacks in the file is told"
    assert not Region.objects.filter(code=NEW_TOWN).exists()
    said = {"valid_from": "2026-01-01", "text": seen.context["text"]}
    operator.post(page, {**said, "text": seen.context["text"] + "\n", "import": seen.context["mark"]})
    assert not Region.objects.filter(code=NEW_TOWN).exists()
    operator.post(page, {**said, "import": seen.context["mark"]})
    assert queries.region(NEW_TOWN).name == "夏畈镇" and queries.region(network.TOWN).name == "码头新镇"


def test_every_faulty_line_is_told_with_its_number_and_nothing_is_imported(operator):
    lines = [
        f"{NEW_TOWN},{network.COUNTY},4,夏畈镇", "3604811,x,9,", f"360482100000,{network.OTHER_COUNTY},4,别县的镇",
        f"{network.PROVINCE},,1,江西省",
    ]  # fmt: skip
    answer = operator.post(reverse("people:regions_import"), {"valid_from": "2026-01-01", "file": file(*lines)})
    assert answer.status_code == 422 and [line for line, _ in answer.context["faults"]] == [3, 4]
    assert "不归您管" in text(answer) and "不是12位数字" in text(answer)
    assert not Region.objects.filter(code=NEW_TOWN).exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "请选择文件"),
        (b"a,b\n1,2", "第一行应为"),
        (b"\x00\xff\x00", "不是文本文件"),
        (b"x" * 1_600_000, "文件太大"),
    ],
)
def test_a_file_that_is_none_is_told_at_its_field(operator, content, told):
    sent = {"valid_from": "2026-01-01"} | ({"file": SimpleUploadedFile("r.csv", content)} if content else {})
    answer = operator.post(reverse("people:regions_import"), sent)
    assert answer.status_code == 422 and told in text(answer)


def test_a_zone_is_entered_changed_and_ended(operator, foreign):
    organ = Organ.objects.get(name="瑞昌市行政审批局")
    said = {
        "code": "360481400000", "name": "瑞昌经济开发区", "kind": "provincial", "host_code": network.COUNTY,
        "organ": organ.uscc, "territory": "黄金工业园", "valid_from": "2020-01-01",
    }  # fmt: skip
    wrong = operator.post(reverse("people:zone_new"), {**said, "organ": "123"})
    assert wrong.status_code == 422 and "没有这个代码的机关" in text(wrong) and "黄金工业园" in text(wrong)
    assert "不归您管" in text(foreign.post(reverse("people:zone_new"), said))
    operator.post(reverse("people:zone_new"), said)
    assert "已经登记为瑞昌经济开发区" in text(operator.post(reverse("people:zone_new"), said))
    zone = reverse("people:zone", args=["360481400000"])
    assert foreign.get(zone).status_code == 404 and "瑞昌经济开发区" not in text(foreign.get(reverse("people:zones")))
    operator.post(zone, {**said, "name": "瑞昌高新区", "organ": "", "seen": 1})
    kept = Zone.objects.get()
    assert (kept.name, kept.organ, kept.valid_to) == ("瑞昌高新区", None, None)
    operator.post(reverse("people:zone_end", args=["360481400000"]), {"on": "2026-04-01", "seen": 2})
    assert Zone.objects.get().valid_to == date(2026, 4, 1)
    assert "已经撤销" in text(operator.post(zone, {**said, "seen": 3}))


def test_closing_an_organ_shows_what_it_holds_and_is_refused_without_a_successor(operator, foreign):
    old, heir = network.organ("瑞昌市商务局"), network.organ("瑞昌市数据局")
    network.hall(old)
    make.officer("clerk", old)
    page = reverse("people:organ_close", args=[old.id])
    assert foreign.get(page).status_code == 404
    shown = text(operator.get(page))
    assert "大厅" in shown and "岗位" in shown and "期限一天不变" in shown
    said = {"on": str(today()), "sure": "on", "seen": 1}
    refused = operator.post(page, said)
    assert refused.status_code == 422 and "手里还有：大厅 1、岗位 1" in text(refused)
    others = operator.post(page, {**said, "successor": str(Organ.objects.get(name="共青城局").id)})
    assert others.status_code == 422 and "共青城局" not in text(others) and "瑞昌市商务局</option>" not in text(others)
    early = operator.post(page, {**said, "on": str(today() + timedelta(days=1)), "successor": str(heir.id)})
    assert early.status_code == 422 and "不能提前" in text(early) and f'value="{heir.id}" selected' in text(early)
    unsure = operator.post(page, {**said, "successor": str(heir.id), "sure": ""})
    assert unsure.status_code == 422 and Hall.objects.get().organ_id == old.id
    done = operator.post(page, {**said, "successor": str(heir.id)}, follow=True)
    assert "承接机关" in text(done) and "瑞昌市数据局" in text(done)
    assert Hall.objects.get().organ_id == heir.id and Entry.objects.filter(name="organ.closed").count() == 1
    assert "已经撤销" in text(operator.post(page, {**said, "successor": str(heir.id), "seen": 2}))


def test_an_organ_that_holds_nothing_closes_alone_and_is_listed_no_more(operator):
    old = network.organ("瑞昌市商务局")
    assert "手里没有办件" in text(operator.get(reverse("people:organ_close", args=[old.id])))
    operator.post(
        reverse("people:organ_close", args=[old.id]), {"on": str(today()), "sure": "on", "seen": 1}, follow=True
    )
    assert "瑞昌市商务局" not in text(operator.get(reverse("people:organs"), headers={"accept-language": "en"}))


def test_a_hall_is_closed_with_a_reason_and_opened_again(operator, foreign):
    hall = network.hall(Organ.objects.get(name="瑞昌市行政审批局"))
    close, reopen = (reverse(f"people:hall_{act}", args=[hall.id]) for act in ("close", "reopen"))
    assert foreign.post(close, {"reason": "x"}).status_code == 404 and foreign.post(reopen).status_code == 404
    operator.post(close, {"reason": "装修，5月6日恢复", "seen": 1})
    assert "装修，5月6日恢复" in text(operator.get(reverse("people:halls")))
    twice = operator.post(close, {"reason": "再关", "seen": 2})
    assert twice.status_code == 422 and "已经关闭" in text(twice)
    window = operator.post(reverse("people:window_new", args=[hall.id]), {"number": "1", "name": "综合"})
    assert window.status_code == 422 and "先恢复开放" in text(window)
    operator.post(reopen)
    assert not Hall.objects.get().closed
    assert "本来就开着" in text(operator.post(reopen, follow=True))
    assert operator.get(reopen).status_code == 405
