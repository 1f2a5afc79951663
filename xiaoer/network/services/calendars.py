"""Publish notices of days off and swapped working days."""

from datetime import date, datetime
from importlib.resources import files
from itertools import groupby

from django.db import transaction

from xiaoer.journal.services import Actor, New, act
from xiaoer.kernel import workdays
from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import CalendarNotice


@transaction.atomic
def publish_calendar(
    *, region_code: str, title: str, notice: str, published_on: date, days: list[list[str]], by: Actor, now: datetime
) -> CalendarNotice:
    """Publish a notice of days off and working days. region_code: empty for the nation.

    days: [ISO date, "off" or "work", festival] each. Refusal notice_twice, calendar_first, calendar_gap, stale.
    """
    if CalendarNotice.objects.filter(region_code=region_code, notice=notice).exists():
        raise Refusal("notice_twice", notice=notice)
    if region_code:
        queries.region(region_code)
    state = rules.CalendarNoticeState(queries.next_place(), region_code, title, notice, published_on, days)
    versions = {code: calendar.version for code, calendar in queries.calendars_after(state).items()}
    published = events.CalendarPublished(state.place, region_code, title, notice, published_on, days, versions)
    shard = rules.county_of(region_code) if region_code else rules.NATION
    notice_row: CalendarNotice = act([New(shard, published)], by=by, now=now)[0]
    return notice_row


@transaction.atomic
def publish_national(*, by: Actor, now: datetime) -> int:
    """Publish the national notices that came with the software and are not yet published; return how many.

    What a fresh installation does first. Later notices are published in the pages or by an update of the software.
    """
    lines = files("xiaoer.kernel").joinpath("data/calendar_cn.csv").read_text(encoding="utf-8").splitlines()
    rows = sorted(workdays.parse_rows(lines), key=lambda row: (row.published or row.day, row.notice, row.day))
    done = set(CalendarNotice.objects.filter(region_code="").values_list("notice", flat=True))
    count = 0
    for notice, group in groupby(rows, key=lambda row: row.notice):
        found = list(group)
        if notice in done:
            continue
        publish_calendar(
            region_code="",
            title=f"国务院办公厅关于{found[-1].day.year}年节假日安排的通知",  # bilingual: its title
            notice=notice, published_on=found[0].published or found[0].day,
            days=[[row.day.isoformat(), row.kind, row.festival] for row in found], by=by, now=now,
        )  # fmt: skip
        count += 1
    return count
