"""Regions, organs, halls and calendars for tests, made by acts."""

from datetime import date
from itertools import count
from typing import Any

from tests.make import NOW
from xiaoer.journal.services import SYSTEM
from xiaoer.network import queries, rules, services
from xiaoer.network.models import Hall, Organ, Window, Zone

PROVINCE, CITY, COUNTY, TOWN = "360000000000", "360400000000", "360481000000", "360481100000"
OTHER_COUNTY = "360482000000"
REGIONS = [
    rules.RegionRow(2, PROVINCE, "", 1, "江西省"),
    rules.RegionRow(3, CITY, PROVINCE, 2, "九江市"),
    rules.RegionRow(4, COUNTY, CITY, 3, "瑞昌市"),
    rules.RegionRow(5, OTHER_COUNTY, CITY, 3, "共青城市"),
    rules.RegionRow(6, TOWN, COUNTY, 4, "码头镇"),
    rules.RegionRow(7, "360481100001", TOWN, 5, "码头社区"),
]
_numbers = count(1)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(prefix: str = "11360481") -> str:
    """A new unified social credit code with right check digits (GB 32100, GB 11714)."""
    body = f"{next(_numbers):08d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    check = "0123456789X0"[(11 - total % 11) % 11] if (11 - total % 11) != 10 else "X"
    code = f"{prefix}{body}{check}"
    value = sum(_ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(code))
    return code + _ALPHABET[(31 - value % 31) % 31]


def regions() -> None:
    """The province, a city, two counties, a town and a village; once per test."""
    if not queries.children("").exists():
        services.import_regions(REGIONS, valid_from=date(2020, 1, 1), by=SYSTEM, now=NOW)


def organ(name: str = "瑞昌市行政审批局", *, region_code: str = COUNTY, **values: Any) -> Organ:
    regions()
    known = {
        "short_name": name.removeprefix("瑞昌市"), "uscc": uscc(f"11{region_code[:6]}"), "kind": "bureau",
        "valid_from": date(2020, 1, 1), "phone": "0792-4222222", "address": "瑞昌市人民北路1号",
    }  # fmt: skip
    return services.create_organ(name=name, region_code=region_code, by=SYSTEM, now=NOW, **{**known, **values})


def hall(organ: Organ, *, name: str = "瑞昌市政务服务中心") -> Hall:
    return services.create_hall(
        name=name, region_code=organ.region_code, organ=organ, address="瑞昌市人民北路1号", phone="0792-4222222",
        hours="工作日 9:00-17:00", by=SYSTEM, now=NOW,
    )  # fmt: skip


def window(hall: Hall, *, number: str = "1", name: str = "综合受理") -> Window:
    return services.open_window(hall, number=number, name=name, classes=["综合受理"], by=SYSTEM, now=NOW)


def calendars() -> None:
    """The national notices of 2018 to 2026 that come with the software; once per test."""
    if not queries.notices().exists():
        services.publish_national(by=SYSTEM, now=NOW)


def zone(organ: Organ | None = None, *, code: str = "360481400000", name: str = "瑞昌经济开发区") -> Zone:
    regions()
    return services.create_zone(
        code=code, name=name, kind="provincial", host_code=COUNTY, organ_id=organ.id if organ else None,
        territory="黄金工业园、码头工业城", valid_from=date(2020, 1, 1), by=SYSTEM, now=NOW,
    )  # fmt: skip
