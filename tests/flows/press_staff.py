"""Races on persons, posts, organs and the platform: each makes an object and says what eight send to it at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from tests.roles import signed_in
from xiaoer.journal import edge
from xiaoer.journal import services as journal
from xiaoer.journal.services import SYSTEM
from xiaoer.network import services as network_acts
from xiaoer.network.tests import make as network
from xiaoer.oversight.tests import make as trouble
from xiaoer.people import queries as people_queries
from xiaoer.people import services as people_acts
from xiaoer.people.models import Person
from xiaoer.people.tests import make as people

from .press import EIGHT, Cast, Press


def retry(stage: Cast) -> Press:
    while journal.dispatch(flow={}, now=edge.now()):
        pass  # what the other races left is not tried here
    delivery = trouble.parked()
    sent = {"delivery": f"{delivery.shard}/{delivery.id}"}
    words = ("没有可以重试的",)
    return Press(stage.officers, reverse("oversight:retry"), "", sent, plain=words)


def site(stage: Cast) -> Press:
    sent = {"name": "瑞昌政务", "region": network.COUNTY}
    return Press(stage.officers, reverse("portal:site"), "site.described", sent)


def held(stage: Cast, role: str = "clerk") -> Any:
    account = people.officer(role, stage.desk.organ, name="新人")
    return people_queries.posts_of(account.id, on=edge.today())[0]


def posts(name: str, makes: str, **sent: Any) -> Callable[[Cast], Press]:
    def press(stage: Cast) -> Press:
        post = held(stage)
        added = {"organ": str(stage.desk.organ.id)}
        changed = {"seen": post.version, "on": str(edge.today())}
        more = added if name == "post_add" else changed
        return Press(stage.officers, reverse(f"people:{name}", args=[post.id]), makes, {**sent, **more})

    return press


def staff_new(stage: Cast) -> Press:
    sent = {"username": "rc2001", "name": "周新", "role": "clerk", "organ": str(stage.desk.organ.id),
            "valid_from": "2026-01-01"}  # fmt: skip
    return Press(stage.officers, reverse("people:staff_new"), "post.assigned", sent)


def reset_decide(stage: Cast) -> Press:
    reset = people_acts.ask_reset(held(stage), reason="手机丢失", by=SYSTEM, now=edge.now())
    sent = {"outcome": "done"}
    return Press(stage.officers, reverse("people:reset_decide", args=[reset.id]), "factor_reset.decided", sent)


def person(stage: Cast) -> Press:
    account = people.account()
    clients = [signed_in(account) for _ in range(EIGHT)]
    number = people.codes.make_resident_id("360481", born=date(1991, 3, 5), sequence=78)
    sent = {
        "name": "李新",
        "id_kind": "resident",
        "id_number": number,
        "phone": "13800138000",
        "county": network.COUNTY,
    }
    return Press(clients, reverse("people:person"), "person.registered", sent)


def firm_new(stage: Cast) -> Press:
    sent = {"name": "小二餐饮", "uscc": network.uscc("91360481"), "kind": "company"}
    return Press(stage.devices, reverse("people:firm_new"), "firm.registered", sent)


def mandate_grant(stage: Cast) -> Press:
    firm, agent = people.firm(stage.owner), people.person("李四光")
    sent = {"name": "李四光", "id_kind": "resident", "id_number": agent.id_number, "valid_from": str(edge.today())}
    return Press(stage.devices, reverse("people:mandate_grant", args=[firm.id]), "mandate.granted", sent)


def mandate_revoke(stage: Cast) -> Press:
    mandate = people.mandate(people.firm(stage.owner), people.person("李四光"))
    url = reverse("people:mandate_revoke", args=[mandate.id])
    return Press(stage.devices, url, "mandate.revoked", {"reason": "离职", "seen": mandate.version})


def recipient(stage: Cast) -> Press:
    one = people.recipient(stage.owner)
    sent = {"name": "王小明", "phone": "13900139000", "address": "九江市", "seen": one.version}
    return Press(stage.devices, reverse("people:recipient", args=[one.id]), "recipient.changed", sent)


def walk_in(stage: Cast) -> Press:
    number = people.codes.make_resident_id("360481", born=date(1950, 3, 5), sequence=79)
    sent = {"name": "老人家", "id_kind": "resident", "id_number": number, "phone": ""}
    return Press(stage.officers, reverse("people:walk_in"), "person.registered", sent)


def opened_by_number(stage: Cast, one: Person) -> list[str]:
    """Let every officer open a person by the whole number, as the desk asks."""
    for client in stage.officers:
        client.post(reverse("people:find"), {"id_kind": "resident", "id_number": one.id_number})
    return [one.shard, str(one.id)]


def person_verify(stage: Cast) -> Press:
    one = people.person("赵六")
    url = reverse("people:person_verify", args=opened_by_number(stage, one))
    return Press(stage.officers, url, "person.verified", {"seen": one.version})


def person_phone(stage: Cast) -> Press:
    one = people.person("钱七")
    url = reverse("people:person_phone", args=opened_by_number(stage, one))
    return Press(stage.officers, url, "person.phone_replaced", {"phone": "13700137001", "seen": one.version})


def organ_new(stage: Cast) -> Press:
    sent = {"name": "瑞昌市水利局", "short_name": "水利局", "uscc": network.uscc(), "region_code": network.COUNTY,
            "kind": "department", "valid_from": "2026-01-01"}  # fmt: skip
    return Press(stage.officers, reverse("people:organ_new"), "organ.created", sent)


def organ(stage: Cast) -> Press:
    one = network.organ("瑞昌市林业局")
    sent = {"name": "瑞昌市林业局", "short_name": "市林业局", "seen": one.version}
    return Press(stage.officers, reverse("people:organ", args=[one.id]), "organ.changed", sent)


def hall_new(stage: Cast) -> Press:
    sent = {"name": "新大厅", "address": "人民路1号", "hours": "工作日"}
    return Press(stage.officers, reverse("people:hall_new", args=[stage.desk.organ.id]), "hall.created", sent)


def hall(stage: Cast) -> Press:
    one = network.hall(stage.desk.organ, name="旧大厅")
    sent = {"name": "水利服务大厅", "address": "人民路1号", "hours": "工作日", "seen": one.version}
    return Press(stage.officers, reverse("people:hall", args=[one.id]), "hall.changed", sent)


def window_new(stage: Cast) -> Press:
    one = network.hall(stage.desk.organ, name="有窗口的大厅")
    sent = {"number": "7", "name": "综合", "classes": "水利"}
    return Press(stage.officers, reverse("people:window_new", args=[one.id]), "window.opened", sent)


def window(stage: Cast) -> Press:
    one = network.window(network.hall(stage.desk.organ, name="关窗口的大厅"))
    sent = {"number": "1", "name": "综合", "classes": "水利", "closed": "on", "seen": one.version}
    return Press(stage.officers, reverse("people:window", args=[one.id]), "window.changed", sent)


def organ_close(stage: Cast) -> Press:
    one = network.organ("瑞昌市商务局")
    sent = {"on": str(edge.today()), "sure": "on", "seen": one.version}
    return Press(stage.officers, reverse("people:organ_close", args=[one.id]), "organ.closed", sent)


def hall_close(stage: Cast) -> Press:
    one = network.hall(stage.desk.organ, name="装修的大厅")
    sent = {"reason": "装修", "seen": one.version}
    return Press(stage.officers, reverse("people:hall_close", args=[one.id]), "hall.closed", sent)


def hall_reopen(stage: Cast) -> Press:
    one = network.hall(stage.desk.organ, name="修好的大厅")
    one = network_acts.close_hall(one, reason="装修", by=SYSTEM, now=edge.now())
    return Press(stage.officers, reverse("people:hall_reopen", args=[one.id]), "hall.reopened")


def town(code: str, name: str) -> Any:
    return network_acts.add_region(
        code=code, name=name, parent_code=network.COUNTY, valid_from=date(2020, 1, 1), by=SYSTEM, now=edge.now()
    )


def region_new(stage: Cast) -> Press:
    sent = {"code": "360481102000", "name": "夏畈镇", "parent_code": network.COUNTY, "valid_from": "2026-01-01"}
    return Press(stage.officers, reverse("people:region_new"), "region.added", sent)


def region_rename(stage: Cast) -> Press:
    one = town("360481103000", "乐园乡")
    sent = {"name": "乐园镇", "seen": one.version}
    return Press(stage.officers, reverse("people:region_rename", args=[one.code]), "region.renamed", sent)


def region_end(stage: Cast) -> Press:
    one = town("360481104000", "横立山乡")
    sent = {"on": "2026-04-01", "successor": network.TOWN, "seen": one.version}
    return Press(stage.officers, reverse("people:region_end", args=[one.code]), "region.ended", sent)


def regions_import(stage: Cast) -> Press:
    url = reverse("people:regions_import")
    lines = ["code,parent_code,level,name", f"360481105000,{network.COUNTY},4,洪一乡"]
    said = {"valid_from": "2026-01-01", "text": "\n".join(lines)}
    mark = stage.officers[0].post(url, said).context["mark"]
    return Press(stage.officers, url, "region.added", {**said, "import": mark}, harmless=True)


ZONE = {"name": "瑞昌经济开发区", "kind": "provincial", "territory": "码头镇"}


def zone(code: str) -> Any:
    return network_acts.create_zone(
        code=code, **ZONE, host_code=network.COUNTY, organ_id=None, valid_from=date(2020, 1, 1), by=SYSTEM,
        now=edge.now(),
    )  # fmt: skip


def zone_new(stage: Cast) -> Press:
    sent = {**ZONE, "code": "360481400000", "host_code": network.COUNTY, "valid_from": "2026-01-01"}
    return Press(stage.officers, reverse("people:zone_new"), "zone.added", sent)


def zone_change(stage: Cast) -> Press:
    one = zone("360481500000")
    sent = {**ZONE, "name": "瑞昌高新区", "seen": one.version}
    return Press(stage.officers, reverse("people:zone", args=[one.code]), "zone.changed", sent)


def zone_end(stage: Cast) -> Press:
    one = zone("360481600000")
    sent = {"on": "2026-04-01", "seen": one.version}
    return Press(stage.officers, reverse("people:zone_end", args=[one.code]), "zone.changed", sent)


def calendar_new(stage: Cast) -> Press:
    url = reverse("people:calendar_new")
    said = {"title": "2027年", "notice": "国办发明电〔2026〕9号", "published_on": "2026-11-20",
            "days": "2027-01-01 放假 元旦"}  # fmt: skip
    mark = stage.officers[0].post(url, said).context["mark"]
    return Press(stage.officers, url, "calendar.published", {**said, "publish": mark}, plain=("已经公布过",))


RACES: dict[str, Callable[[Cast], Press]] = {
    "oversight:retry": retry,
    "portal:site": site,
    "people:post_add": posts("post_add", "post.assigned", role="reviewer", valid_from="2026-01-01"),
    "people:post_end": posts("post_end", "post.ended", reason="调离"),
    "people:password_issue": posts("password_issue", "post.password_issued", reason="本人来办公室"),
    "people:reset_ask": posts("reset_ask", "factor_reset.asked", reason="手机丢失"),
    "people:staff_new": staff_new,
    "people:reset_decide": reset_decide,
    "people:person": person,
    "people:firm_new": firm_new,
    "people:mandate_grant": mandate_grant,
    "people:mandate_revoke": mandate_revoke,
    "people:recipient": recipient,
    "people:walk_in": walk_in,
    "people:person_verify": person_verify,
    "people:person_phone": person_phone,
    "people:organ_new": organ_new,
    "people:organ": organ,
    "people:hall_new": hall_new,
    "people:hall": hall,
    "people:window_new": window_new,
    "people:window": window,
    "people:calendar_new": calendar_new,
    "people:organ_close": organ_close,
    "people:hall_close": hall_close,
    "people:hall_reopen": hall_reopen,
    "people:region_new": region_new,
    "people:region_rename": region_rename,
    "people:region_end": region_end,
    "people:regions_import": regions_import,
    "people:zone_new": zone_new,
    "people:zone_end": zone_end,
    "people:zone": zone_change,
}
