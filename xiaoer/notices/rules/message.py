"""Messages to people: kinds with their words in both languages, channels, and what a channel must do.  # bilingual

An app registers in its rules.py what it tells people:

    message_kind(
        "case.accepted",
        title=("您的申请已受理", "Your application was accepted"),
        body=("{matter}已受理,最晚 {due} 前办结。", "{matter} was accepted and will be decided by {due}."),
    )
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from xiaoer.journal import rules
from xiaoer.kernel import refusal

INBOX, SMS, EMAIL = "inbox", "sms", "email"
CHANNELS = (INBOX, SMS, EMAIL)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

refusal.register(
    {
        "email_missing": (
            "选了邮件通知，请填写收信的邮箱地址。",
            "You chose notices by e-mail: enter the address they should go to.",
        ),
    }
)


@dataclass(frozen=True)
class MessageKind:
    """title and body: (Chinese, English), filled from the message's params."""

    key: str
    title: tuple[str, str]
    body: tuple[str, str]


@dataclass(frozen=True)
class Words:
    """A message as one person reads it."""

    title: str
    body: str


@dataclass(frozen=True)
class Letter:
    """A message on its way out by one channel. id: the same however often it is tried. to: phone or address."""

    id: UUID
    channel: str
    to: str
    words: Words
    link: str
    at: datetime


class Channel(Protocol):
    """Whoever can bring a letter out of the platform.

    send is at-least-once: it raises when the letter may not have left, and is then called again with the same letter;
    the receiving side knows it by its id.
    """

    def send(self, letter: Letter) -> None:
        """Bring the letter out."""


MESSAGES: dict[str, MessageKind] = {}


def message_kind(key: str, *, title: tuple[str, str], body: tuple[str, str]) -> None:
    """Register a kind of message. ValueError when the key is taken by other words."""
    kind = MessageKind(key, title, body)
    if MESSAGES.get(key, kind) != kind:
        raise ValueError(f"the message {key!r} is registered twice")
    MESSAGES[key] = kind


def words(key: str, *, params: str, language: str) -> Words:
    """Return what a message says in a language; erased params read as blanks, days as people write them."""
    kind = MESSAGES[key]
    place = 1 if language.startswith("en") else 0
    values = defaultdict(str, {name: _read(value, place) for name, value in json.loads(params or "{}").items()})
    return Words(kind.title[place].format_map(values), kind.body[place].format_map(values))


def _read(value: object, place: int) -> object:
    """Return a day (ISO 8601) as it is read in a language, every other value as it is."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return value
    day = date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}" if place else f"{day.year}年{day.month}月{day.day}日"


def is_inside(link: str) -> bool:
    """Whether a link leads to a page of this platform and nowhere else."""
    return link == "" or (link.startswith("/") and not link.startswith(("//", "/\\")))


@dataclass(frozen=True)
class MessageState:
    """channels: by which it goes out, as the person chose when it was written; the inbox always."""

    account: UUID
    subject: UUID
    kind: str
    params: str
    link: str
    channels: list[str]
    written_at: datetime


def fold(state: MessageState | None, event: rules.Event) -> MessageState:
    """Return the message after the event: nothing happens to it but erasure. Whether it was read is no act."""
    if state is None:
        return MessageState(**vars(event.data), written_at=event.at)
    return state


MESSAGE = rules.subject("message", model="notices.Message", state=MessageState, fold=fold)

message_kind(
    "notices.paper",
    title=("您有一份新文书：{paper}", "A new paper for you: {paper_en}"),
    body=(
        "“{matter}”：{organ}签发了{paper}。请点开查看，可以下载保存。",
        "“{matter}”: {organ} issued this paper. Open it to read and keep it.",
    ),
)
