"""Acts on papers and messages, and what typesets and signs them."""

from .channels import channel, sunk
from .issue import document, issue
from .message import mark_read, message, prefer, write
from .rendering import attach_rendering, render
from .serve import serve, withdraw
from .signing import Signed, Verdict, authority_pem, check_signature, digest, sign
from .typeset import sheet, typeset, verify_url

__all__ = [
    "Signed", "Verdict", "attach_rendering", "authority_pem", "channel", "check_signature", "digest", "document",
    "issue", "mark_read", "message", "prefer", "render", "serve", "sheet", "sign", "sunk", "typeset", "verify_url",
    "withdraw", "write",
]  # fmt: skip
