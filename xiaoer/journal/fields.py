"""A column whose value is encrypted at rest. Other apps' models may import this module."""

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


@cache
def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"seal" + settings.SEAL_KEY).digest())


def seal(text: str) -> str:
    """Return text encrypted (AES-256-GCM, random nonce, base64). The empty string stays empty."""
    if not text:
        return ""
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()


def unseal(stored: str) -> str:
    """Return the text of what seal made. InvalidTag when it was altered or the key is another."""
    if not stored:
        return ""
    raw = base64.b64decode(stored)
    return _cipher().decrypt(raw[:12], raw[12:], None).decode()


def blind_index(text: str) -> str:
    """Return a keyed digest by which an encrypted value can be found exactly (64 hex digits; empty for empty)."""
    if not text:
        return ""
    key = hashlib.sha256(b"index" + settings.SEAL_KEY).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class SealedTextField(models.TextField):
    """Text encrypted in the database, plain in Python. Cannot be filtered on: keep a blind_index beside it."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(str(value))
