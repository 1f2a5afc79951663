"""The one place where the clock is read. Views, the worker and the command line call it; everything below is told."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the present instant (aware). Demo and tests may run days ahead (XIAOER_DAYS_AHEAD)."""
    return timezone.now() + timedelta(days=settings.DAYS_AHEAD)  # noqa: TID251 - this is the edge


def today() -> date:
    """Return the present day in the platform's time zone (Asia/Shanghai)."""
    return now().astimezone(timezone.get_default_timezone()).date()


def moment(text: str) -> datetime | None:
    """Return the moment that an address names in ISO 8601, in UTC; None for what no page of ours has written."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo and 1900 <= found.year < 3000 else None
    except (ValueError, OverflowError):
        return None
