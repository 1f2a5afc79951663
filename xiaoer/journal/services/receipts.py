"""Receipts: the platform's signature that an entry stands in the log. Ed25519 (RFC 8032) over canonical bytes.

A receipt is {"format", "id", "shard", "digest", "at", "position", "key", "signature"}; the signature covers all the
others as RFC 8785 writes them. key is the public key that checks it: when the platform changes its key, the public keys
before stay published and old receipts stay genuine. position is None while the entry has no place yet. What a receipt
does not prove: what the entry says (its holder shows that), and that the log has lost nothing else (that will be the
Merkle tree's part).
"""

from collections.abc import Mapping
from datetime import UTC
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from xiaoer.kernel.canonical import NotCanonical, canonical

from .. import queries
from ..models import Entry

FORMAT = "xiaoer/receipt/1"
SIGNED = ("format", "id", "shard", "digest", "at", "position", "key")


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.RECEIPT_KEY)


def public_key() -> str:
    """Return the key that checks receipts, as 64 hex digits: for everybody."""
    return public_key_of(settings.RECEIPT_KEY)


@cache
def public_key_of(secret: bytes) -> str:
    """Return the public part of a receipt key, as 64 hex digits."""
    key = Ed25519PrivateKey.from_private_bytes(secret).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def earlier_keys() -> list[str]:
    """Return the public keys that signed receipts before the present one, newest first."""
    return list(settings.OLD_RECEIPT_KEYS)


def receipt(entry: Entry) -> dict[str, Any]:
    """Return the signed receipt of an entry, to whom a door has given the entry."""
    said: dict[str, Any] = {
        "format": FORMAT, "id": str(entry.id), "shard": entry.shard, "digest": entry.digest,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"), "position": queries.position_of(entry),
        "key": public_key(),
    }  # fmt: skip
    return {**said, "signature": _key().sign(canonical(said)).hex()}


def genuine(receipt: Mapping[str, Any]) -> bool:
    """Whether this platform signed exactly what a receipt says, with its present key or one before."""
    try:
        said = canonical({name: receipt[name] for name in SIGNED})
        if receipt["format"] != FORMAT or receipt["key"] not in {public_key(), *earlier_keys()}:
            return False
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(receipt["key"]))
        key.verify(bytes.fromhex(receipt["signature"]), said)
    except (KeyError, TypeError, ValueError, NotCanonical, InvalidSignature):
        return False
    return True
