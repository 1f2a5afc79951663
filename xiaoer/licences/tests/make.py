"""Licences of firms and persons, issued by their act."""

from datetime import date
from typing import Any
from uuid import uuid4

from tests.make import NOW
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel import codes
from xiaoer.licences import rules, services
from xiaoer.licences.models import Licence
from xiaoer.notices import rules as notices

SHARD = "360481000000"
FOOD = rules.Kind(codes.make_uscc("11100000MB0143028") + "022", "食品经营许可证")
ORGAN = notices.Organ(codes.make_uscc("11360481MB0000001"), "瑞昌市市场监督管理局", "瑞市监", SHARD)
FIRM = rules.Holder("firm", uuid4(), SHARD, "瑞昌市赤乌小馆餐饮店", codes.make_uscc("92360481MA3000001"))
PERSON = rules.Holder(
    "person", uuid4(), "360482000000", "张小明", codes.make_resident_id("360482", born=date(1990, 1, 1), sequence=11)
)
CONTENT = [
    ("类型", "个体工商户"),
    ("经营者", "张小明"),
    ("经营场所", "江西省九江市瑞昌市赤乌大道 1 号"),
    ("主体业态", "餐饮服务经营者"),
    ("经营项目", "热食类食品制售、冷食类食品制售"),
]


def issued(holder: rules.Holder = FIRM, **more: Any) -> Licence:
    terms: dict[str, Any] = {
        "content": CONTENT, "subject": uuid4(), "shard": SHARD, "valid_from": date(2026, 3, 5),
        "valid_to": date(2031, 3, 4), "by": SYSTEM, "now": NOW, **more,
    }  # fmt: skip
    return services.issue(FOOD, holder=holder, organ=ORGAN, **terms)


def rendered(holder: rules.Holder = FIRM, **more: Any) -> Licence:
    row = issued(holder, **more)
    return services.attach_rendering(row, services.render(row), now=NOW)


def revoked(licence: Licence) -> Licence:
    return services.revoke(licence, reason="以欺骗手段取得", law="行政许可法 69(2)", by=SYSTEM, now=NOW)
