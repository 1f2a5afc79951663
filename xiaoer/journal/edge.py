"""The one place where the clock is read. Views, the worker and the command line call it; everything below is told."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the present instant (aware). Demo and tests may run days ahead (XIAOER_DAYS_AHEAD)."""
    return timezone.now() + timedelta(days=settings.DAYS_AHEAD)  # noqa: TID251 - this is the edge


def today() -> date:
    """Return the present day in the platform's time zone (Asia/Shanghai)."""
    return timezone.localtime(now()).date()
