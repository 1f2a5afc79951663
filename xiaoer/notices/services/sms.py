"""Text messages through an operator's JSON gateway over HTTP; what differs between gateways is settings (XIAOER_SMS_…).

Every call carries the letter's id, so that a gateway that has it can tell a second copy. Three answers are told apart:
accepted; refused for good (a number that does not exist), which no second try would change; anything else raises, and
the journal's delivery tries again. Neither number nor words stand in an error or in the log.
"""

import base64
import hashlib
import hmac
import json
import logging
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings

from xiaoer.journal import edge
from xiaoer.journal.services import Plain
from xiaoer.people.sign_in import CodesNotSent

from .. import rules

log = logging.getLogger(__name__)
MOST_ANSWER = 64 * 1024
SIGNATURES: dict[str, Callable[[bytes], str]] = {"hex": bytes.hex, "base64": lambda raw: base64.b64encode(raw).decode()}


class NotSent(Plain):
    """The gateway was not there, or did not take the message now: trying again may help."""


class Refused(Exception):
    """The gateway takes this message never, for instance because the number does not exist."""


@dataclass(frozen=True)
class Terms:
    """How one gateway is spoken to.

    body, headers: JSON whose strings hold {phone} {mobile} {text} {id} {user} {time} {seconds} {signature}; mobile is
    the number without +86. signed: what the signature is made of, in the same words; signing: hash and writing of the
    HMAC ("sha256-hex"). accepted, refused: path in the answer and the values that say so ("code=0,200").
    """

    url: str
    user: str
    secret: str
    body: str
    headers: str
    signed: str
    signing: str
    accepted: str
    refused: str
    timeout: float


def _terms() -> Terms:
    """Return how the gateway in the settings is spoken to."""
    told: dict[str, Any] = settings.SMS
    return Terms(**told)


def filled(template: Any, words: Mapping[str, str]) -> Any:
    """Return JSON with the words put into its strings: a word is never read as JSON."""
    if isinstance(template, dict):
        return {key: filled(value, words) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, words) for value in template]
    if isinstance(template, str):
        return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), template)
    return template


def signature(terms: Terms, words: Mapping[str, str]) -> str:
    """Return the HMAC over what the gateway wants signed."""
    algorithm, _dash, writing = terms.signing.partition("-")
    said = str(filled(terms.signed, words)).encode()
    return SIGNATURES[writing](hmac.new(terms.secret.encode(), said, lambda: hashlib.new(algorithm)).digest())


def says(answer: Any, condition: str) -> bool:
    """Whether an answer holds one of the values at a path: "result.code=0,OK". An empty condition never does."""
    path, _equals, values = condition.partition("=")
    for name in path.split("."):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer is not None and str(answer) in values.split(",")


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what is personal goes to the address in the settings and nowhere else."""

    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


def hand_over(terms: Terms, *, phone: str, text: str, id: str) -> None:
    """Give one message to the gateway. Raises NotSent when it may not have left, Refused when it never will."""
    now = edge.now()
    words = {
        "phone": phone, "mobile": phone.removeprefix("+86"), "text": text, "id": id, "user": terms.user,
        "time": now.strftime("%Y%m%d%H%M%S"), "seconds": str(int(now.timestamp())),
    }  # fmt: skip
    words["signature"] = signature(terms, words) if terms.signed else ""
    status, answer = _post(terms, filled(json.loads(terms.body), words), filled(json.loads(terms.headers), words))
    if says(answer, terms.refused):
        raise Refused(f"the gateway refuses message {id} (status {status})")
    if status != 200 or not says(answer, terms.accepted):
        raise NotSent(f"the SMS gateway answered status {status} and did not accept")


def _post(terms: Terms, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
    """Return status and answer; None for one that is no JSON."""
    sent = {"Content-Type": "application/json; charset=utf-8", **headers}
    request = urllib.request.Request(terms.url, json.dumps(body, ensure_ascii=False).encode(), sent)  # noqa: S310
    try:
        with urllib.request.build_opener(_Straight).open(request, timeout=terms.timeout) as answer:
            return answer.status, _read(answer.read(MOST_ANSWER))
    except urllib.error.HTTPError as told:
        return told.code, _read(told.read(MOST_ANSWER))
    except (OSError, ValueError) as fault:
        raise NotSent(f"the SMS gateway was not reached ({type(fault).__name__})") from None


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None


class Gateway:
    """The way out for text messages: one call for each letter."""

    def send(self, letter: rules.Letter) -> None:
        """Hand the letter over. Raises NotSent; one that is refused for good is done with, and stands in the inbox."""
        words = f"{letter.words.title}\n{letter.words.body}\n{letter.link}"
        try:
            hand_over(_terms(), phone=letter.to, text=" ".join(words.split()), id=str(letter.id))
        except Refused as refused:
            log.warning("%s", refused)


def send_code(phone: str, code: str) -> None:
    """Send a sign-in code (a settings.CODE_SENDER). Raises CodesNotSent: who signs in is told at once."""
    words = f"验证码{code}，15分钟内有效。请勿告诉他人。Your code: {code}"  # bilingual: who signs in may read either
    try:
        hand_over(_terms(), phone=phone, text=words, id=str(uuid4()))
    except (NotSent, Refused) as fault:
        log.warning("a sign-in code was not sent: %s", fault)
        raise CodesNotSent from None
