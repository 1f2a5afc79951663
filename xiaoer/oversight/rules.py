"""Who may look behind the scenes, and how far.  # bilingual"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from xiaoer.network.rules import NATION, within
from xiaoer.people.rules import Officer, digits, permission, posts_with

permission(
    "oversight.operate", roles={"operator"}, reach="region", zh="查看后台队列，重试停放的任务",
    en="see the queues and try parked deliveries again",
)  # fmt: skip
permission(
    "oversight.feed", roles={"operator", "supervisor"}, reach="region", zh="查看事件流水", en="read the event feed"
)

LATE_SECONDS = 300
"""Work older than this means that no worker comes."""


def places(officer: Officer, name: str) -> tuple[str, ...]:
    """Return the leading digits of the shards that an officer's permission covers; the nation's own shard belongs to
    everybody who holds it anywhere."""
    return (NATION, *sorted({digits(post.region_code) for post in posts_with(officer, name)}))


def covers(officer: Officer, name: str, shard: str) -> bool:
    """Whether an officer's permission covers a shard."""
    posts = posts_with(officer, name)
    return bool(posts) and (shard == NATION or any(within(shard, post.region_code) for post in posts))


Pair = tuple[str, str]
State = Literal["good", "warning", "bad"]
"""warning: the platform runs, but somebody should know. bad: something does not work or may be lost."""


@dataclass(frozen=True)
class Finding:
    """What was found when one thing was looked at; each text in both languages. way_out: empty while it is good."""

    what: Pair
    state: State
    said: Pair
    way_out: Pair = ("", "")


BACKUP_WARNS = timedelta(hours=36)
BACKUP_LATE = timedelta(days=8)
"""A nightly backup that was missed once is worth a word; a week without one is not in order."""
CLOCK_SECONDS = 5
"""How far the clocks of program and database may be apart."""
FREE_WARNS, FREE_BAD = 5 * 10**9, 10**9
"""Bytes that should be free where the platform keeps its data."""
