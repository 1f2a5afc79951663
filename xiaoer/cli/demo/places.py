"""Where the demonstration plays: 九江市 with 瑞昌 and 共青城, their organs, halls and the national calendar.

Divisions: National Bureau of Statistics, 2023 (cut-off 2023-06-30). Organs' credit codes are invented, with right check
digits; so are telephone numbers and addresses.
"""

import json
from datetime import date, datetime
from pathlib import Path

from xiaoer.journal.services import SYSTEM
from xiaoer.network import queries, services
from xiaoer.network.models import Hall, Organ

HERE = Path(__file__).resolve().parent
SINCE = date(2024, 1, 1)
RUICHANG = "360481000000"
GONGQING = "360482000000"


def make_places(now: datetime) -> dict[str, Organ]:
    """Make regions, calendar, organs, halls and windows; return the organs by credit code."""
    rows = services.region_rows((HERE / "regions.csv").read_text().splitlines())
    services.import_regions(rows, valid_from=SINCE, by=SYSTEM, now=now)
    services.publish_national(by=SYSTEM, now=now)
    made = [_organ(one, now) for one in json.loads((HERE / "organs.json").read_text())]
    organs = {organ.uscc: organ for organ in made}
    for region, place in ((RUICHANG, "瑞昌市"), (GONGQING, "共青城市")):
        bureau = next(organ for organ in made if organ.region_code == region and "行政审批局" in organ.name)
        hall = services.create_hall(
            name=f"{place}政务服务中心", region_code=region, organ=bureau, address=f"{place}政务服务大道1号",
            phone="0792-4012345", hours="工作日 9:00-12:00、13:30-17:00；周末综合窗口 9:00-12:00",
            directions="公交1路、6路到政务中心站；地下停车场从北门进，办事免费。", by=SYSTEM, now=now,
        )  # fmt: skip
        _windows(hall, now)
    services.create_zone(
        code="360481400000", name="瑞昌经济开发区", kind="provincial", host_code=RUICHANG, organ_id=None,
        territory="码头工业城、黄金工业园", valid_from=SINCE, by=SYSTEM, now=now,
    )  # fmt: skip
    return organs


def _organ(one: dict[str, str], now: datetime) -> Organ:
    known = queries.organ_by_uscc(one["uscc"])
    return known or services.create_organ(
        name=one["name"], short_name=one["short_name"], uscc=one["uscc"], region_code=one["region"], kind=one["kind"],
        phone="0792-4220000", address="政务服务中心", contact="办公室", duties=one["duties"], valid_from=SINCE,
        by=SYSTEM, now=now,
    )  # fmt: skip


def _windows(hall: Hall, now: datetime) -> None:
    for number, name, classes in (
        ("1", "综合受理", ["综合受理"]), ("2", "综合受理", ["综合受理"]), ("3", "企业开办", ["企业开办"]),
        ("8", "统一出件", ["出件"]), ("9", "办不成事反映", ["办不成事"]),
    ):  # fmt: skip
        services.open_window(hall, number=number, name=name, classes=classes, by=SYSTEM, now=now)
