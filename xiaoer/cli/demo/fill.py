"""Demo data, made by the platform's own acts: three months of a county's life. People and firms are invented."""

from datetime import datetime, timedelta

from django.db import connection

from xiaoer.cases.services.time import SHANGHAI
from xiaoer.journal import edge
from xiaoer.network import queries as network

from .lives import live
from .offers import publish_offers
from .people import PASSWORD, make_citizens, make_staff
from .places import make_places
from .town import town_of

CITIZENS = 60
DAYS = 91


def fill(*, restaurants: int) -> None:
    """Make the demo data where it is missing: nothing happens in a database that has regions already."""
    now = edge.now()
    if network.notices().exists():
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # a set-up that breaks off is begun anew: no need to wait for the disk
            cursor.execute("PRAGMA synchronous=OFF")
    since = (now - timedelta(days=DAYS)).astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    _fill(since, now, restaurants)
    connection.close()


def _fill(since: datetime, now: datetime, restaurants: int) -> None:
    organs = make_places(since)
    staff = make_staff(organs, since)
    citizens = make_citizens(CITIZENS, since)
    publish_offers(since)
    live(town_of(citizens, staff, now), since, restaurants=restaurants)


def greeting(port: int, seconds: float) -> str:
    """Return what to open and how to sign in."""
    site = f"http://127.0.0.1:{port}"
    return f"""
小二 Xiaoer  {site}/   (ready in {seconds:.0f} s)

  办事人 applicant      {site}/account/login/   13800000001  {PASSWORD}
  窗口 window clerk     {site}/desk/            clerk            {PASSWORD}
  审查 reviewer         {site}/desk/            market-reviewer  {PASSWORD}
  审批 approver         {site}/desk/            market-approver  {PASSWORD}
  运维 operator         {site}/desk/            operator         {PASSWORD}
  一次性验证码 codes    {site}/demo/codes/      (this page exists only in demonstrations)

"""
