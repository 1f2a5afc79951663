"""A column whose value is encrypted at rest. Other apps' models may import this module.

A sealed value names its key, so that keys can change: ``name.base64(nonce + ciphertext)``. New values are sealed with
settings.SEAL_KEY; what older keys sealed (settings.OLD_SEAL_KEYS) can still be read until it is sealed anew.
"""

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


class UnknownKey(Exception):
    """A value was sealed with a key that this platform does not have (any more)."""


@cache
def key_name(key: bytes) -> str:
    """Return the name by which sealed values tell their key: eight hex digits that say nothing of the key."""
    return hashlib.sha256(b"name of a seal key" + key).hexdigest()[:8]


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hashlib.sha256(b"seal" + key).digest())


@cache
def _known(keys: tuple[bytes, ...]) -> dict[str, AESGCM]:
    return {key_name(key): _cipher(key) for key in keys}


def seal(text: str) -> str:
    """Return text encrypted (AES-256-GCM, random nonce). The empty string stays empty."""
    if not text:
        return ""
    nonce, key = secrets.token_bytes(12), settings.SEAL_KEY
    hidden = base64.b64encode(nonce + _cipher(key).encrypt(nonce, text.encode(), None)).decode()
    return f"{key_name(key)}.{hidden}"


def unseal(stored: str) -> str:
    """Return the text of what seal made. InvalidTag when it was altered, UnknownKey when its key is not here."""
    if not stored:
        return ""
    name, _, hidden = stored.partition(".")
    cipher = _known((settings.SEAL_KEY, *settings.OLD_SEAL_KEYS)).get(name)
    if cipher is None:
        raise UnknownKey(name)
    raw = base64.b64decode(hidden)
    return cipher.decrypt(raw[:12], raw[12:], None).decode()


def sealed_before(stored: str) -> bool:
    """Whether a stored value was sealed with another key than the present one."""
    return bool(stored) and not stored.startswith(f"{key_name(settings.SEAL_KEY)}.")


def blind_index(text: str) -> str:
    """Return a keyed digest by which an encrypted value can be found exactly (64 hex digits; empty for empty).

    Its key never changes: digests stand in the journal.
    """
    if not text:
        return ""
    return hmac.new(derived_key("index"), text.encode(), hashlib.sha256).hexdigest()


@cache
def _derived(secret: bytes, use: str) -> bytes:
    return hashlib.sha256(use.encode() + secret).digest()


def derived_key(use: str) -> bytes:
    """Return the key of a lasting code (an index, the link of an invitation) that no change of the seal key breaks."""
    return _derived(settings.INDEX_KEY, use)


class SealedTextField(models.TextField):
    """Text encrypted in the database, plain in Python. Cannot be filtered on: keep a blind_index beside it."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(str(value))
