"""One value, one row of bytes: the ground of every digest, signature and comparison.

The bytes are those of RFC 8785 (JSON Canonicalization Scheme). JSON knows no dates, decimals or identifiers, so they
are written as text first, by one rule each that a reader in another language can follow:

    date        "2026-02-12"
    datetime    must know its zone; written in UTC with six decimals: "2026-02-12T01:30:00.000000Z"
    UUID        lower case with hyphens
    Decimal     plain notation without trailing zeros: "12.5", "300", "0" (never "1.25E+1", never "-0")
    tuple       as a list

Refused, because two machines would not agree on the bytes: every float (RFC 8785 prints them through IEEE 754 doubles,
and 0.1 + 0.2 is not 0.3: use Decimal or an integer of the smaller unit), integers beyond +-(2^53 - 1), keys that are
not text, text with lone surrogates, sets, bytes and anything else.

    >>> canonical({"b": date(2026, 2, 12), "a": [1, Decimal("2.50")]})
    b'{"a":[1,"2.5"],"b":"2026-02-12"}'
"""

import hashlib
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import rfc8785
from cryptography.hazmat.primitives import hashes

SAFE_INTEGER = 2**53 - 1
# Begins with sets of few characters, which is what makes a search fast; an instant ("01:30:00.5") is passed over.
NUMBER = re.compile(r'[:\[,][-\dNI](?:(?<=":.)|(?<=[\[,].))(?:\d*[.e]|\d{15}|aN|I?nfinity)')
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


class NotCanonical(ValueError):
    """The value has no canonical bytes. `path` says where, `reason` why: float, integer, key, zone, text, type."""

    def __init__(self, path: str, *, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of a value made of dicts, lists, text, integers, booleans, None and the types above.

    Raises NotCanonical for everything that two machines could write differently.
    """
    return dumps(_plain(value, "$"))


def dumps(value: object) -> bytes:
    """The RFC 8785 bytes of what was JSON already: dicts with keys of text, lists, text, numbers, booleans, None.

    The standard library's encoder, four times as fast as one in Python, writes these bytes too, but for three things:
    floats, integers that are not safe, and the order of keys beyond U+FFFF. Text in which one of them may stand (a
    string that only looks like it does no harm) is left to rfc8785, which also refuses what has no canonical bytes.
    """
    text = _ENCODE(value)
    if isinstance(value, int | float) or _beyond(text) or NUMBER.search(text):
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    return text.encode()


def _beyond(text: str) -> bool:
    """Whether a character beyond U+FFFF, which UTF-16 writes as two, or half of such a pair stands in a text."""
    try:
        return len(text.encode("utf-16-le")) != 2 * len(text)
    except UnicodeEncodeError:
        return True


def sha256(value: object) -> str:
    """SHA-256 over the canonical bytes, as 64 lower-case hex digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def sm3(value: object) -> str:
    """SM3 (GB/T 32905-2016) over the canonical bytes, as 64 lower-case hex digits."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(canonical(value))
    return digest.finalize().hex()


def _plain(value: object, path: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return {_key(key, path): _plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{path}[{index}]") for index, item in enumerate(value)]
    return _scalar(value, path)


def _scalar(value: object, path: str) -> int | str:
    for kind, encode in _SCALARS:
        if isinstance(value, kind):
            return encode(value, path)
    raise NotCanonical(path, reason="float" if isinstance(value, float) else "type")


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise NotCanonical(path, reason="key")
    return _text(key, path)


def _text(value: str, path: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotCanonical(path, reason="text") from None
    return value


def _integer(value: int, path: str) -> int:
    if abs(value) > SAFE_INTEGER:
        raise NotCanonical(path, reason="integer")
    return value


def _instant(value: datetime, path: str) -> str:
    if value.utcoffset() is None:
        raise NotCanonical(path, reason="zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _decimal(value: Decimal, path: str) -> str:
    if not value.is_finite():
        raise NotCanonical(path, reason="float")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


# datetime before date: every datetime is a date too.
_SCALARS: tuple[tuple[type, Any], ...] = (
    (str, _text),
    (int, _integer),
    (datetime, _instant),
    (date, lambda value, path: value.isoformat()),
    (UUID, lambda value, path: str(value)),
    (Decimal, _decimal),
)
