"""First set-up of a platform without demonstration data: calendar, regions, one organ, its operator.

    ./run xiaoer django shell < docs/howto/first-setup.py

Change the names, codes and the password first. The regions are those of the file named by REGIONS.
"""

from datetime import date
from pathlib import Path

from xiaoer.journal import edge
from xiaoer.journal.services import SYSTEM
from xiaoer.network import services as network
from xiaoer.people import services as people

REGIONS = Path("regions.csv")
TODAY = edge.today()
FIRST_SECRET = "change-at-first-sign-in"  # noqa: S105 - a placeholder

now = edge.now()
network.publish_national(by=SYSTEM, now=now)
rows = network.region_rows(REGIONS.read_text(encoding="utf-8").splitlines())
network.import_regions(rows, valid_from=date(2024, 1, 1), by=SYSTEM, now=now)
bureau = network.create_organ(
    name="某某市行政审批局", short_name="行政审批局", uscc="11360481MB0E10009L", region_code="360481000000",
    kind="bureau", valid_from=TODAY, by=SYSTEM, now=now,
)  # fmt: skip
operator = people.create_officer(username="operator", name="系统管理员", password=FIRST_SECRET)
for role in ("operator", "organ_admin"):
    people.assign_post(operator, role=role, organ=bureau, valid_from=TODAY, by=SYSTEM, now=now)
