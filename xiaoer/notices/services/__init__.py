"""Acts on papers and messages, and what typesets and signs them."""

from .issue import document, issue
from .rendering import attach_rendering, render
from .serve import serve, withdraw
from .signing import Signed, Verdict, authority_pem, check_signature, digest, sign
from .typeset import typeset, verify_url

__all__ = [
    "Signed", "Verdict", "attach_rendering", "authority_pem", "check_signature", "digest", "document", "issue",
    "render", "serve", "sign", "typeset", "verify_url", "withdraw",
]  # fmt: skip
