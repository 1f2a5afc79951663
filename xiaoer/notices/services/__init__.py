"""Acts on papers and messages, and what typesets and signs them."""

from .channels import channel, sunk
from .issue import document, issue
from .message import mark_read, message, prefer, write
from .rendering import attach_rendering, render, specimen
from .serve import serve, withdraw
from .signing import Signed, authority_ends, authority_pem, check_signature, digest, reseal_keys, sign
from .typeset import font_folder, sheet, typeset, verify_url

__all__ = [
    "Signed", "attach_rendering", "authority_ends", "authority_pem", "channel", "check_signature", "digest",
    "document", "font_folder", "issue", "mark_read", "message", "prefer", "render", "reseal_keys", "serve", "sheet",
    "sign", "specimen", "sunk", "typeset", "verify_url", "withdraw", "write",
]  # fmt: skip
