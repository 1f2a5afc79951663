"""Ways out of the platform. Each real one has a stand-in that keeps letters in var/sink, shown on a page of the demo.

settings.MESSAGE_CHANNELS names for each channel a dotted class; a contract test holds real ones and stand-in alike.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string

from .. import rules


class Sink:
    """The stand-in: one file for each letter, so that a letter sent again is still one."""

    def send(self, letter: rules.Letter) -> None:
        """Keep the letter in var/sink."""
        folder: Path = settings.VAR_DIR / "sink"
        folder.mkdir(parents=True, exist_ok=True)
        kept = {
            "channel": letter.channel, "to": letter.to, "title": letter.words.title, "body": letter.words.body,
            "link": letter.link, "at": letter.at.isoformat(),
        }  # fmt: skip
        (folder / f"{letter.id}-{letter.channel}.json").write_text(json.dumps(kept, ensure_ascii=False))


class Smtp:
    """Mail by SMTP (Django's EMAIL_ settings). The Message-ID is the letter's, so a second copy is known as one."""

    def send(self, letter: rules.Letter) -> None:
        """Send the letter as plain text. Raises what the connection raises."""
        host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
        EmailMessage(
            subject=" ".join(letter.words.title.split()),
            body=f"{letter.words.body}\n\n{letter.link}\n",
            to=[letter.to],
            headers={"Message-ID": f"<{letter.id}@{host}>", "Date": format_datetime(letter.at)},
            connection=get_connection(timeout=20),
        ).send()


def channel(name: str) -> rules.Channel:
    """Return the way out that settings name for a channel."""
    found: Any = import_string(settings.MESSAGE_CHANNELS[name])
    made: rules.Channel = found()
    return made


def sunk(limit: int = 100) -> Iterator[dict[str, Any]]:
    """Return what the stand-in has kept, newest first."""
    folder: Path = settings.VAR_DIR / "sink"
    for path in sorted(folder.glob("*.json"), reverse=True)[:limit]:
        kept = json.loads(path.read_text())
        yield {**kept, "at": datetime.fromisoformat(kept["at"])}
