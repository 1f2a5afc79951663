"""Read the signature in a PDF that anybody handed in, in a process of its own that may take little.

    python -m xiaoer.notices.reading < AUTHORITY_AND_PDF

A hostile file may unpack without end, point at itself or make the reader crash: then this process ends and nothing
else. It has no settings, no keys and no database, writes nothing, and gets MEMORY bytes and SECONDS of the processor.
Input: the authority's certificate (DER) with its length before it (4 bytes), then the PDF. Output: one word.
"""

import io
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Literal, get_args

Verdict = Literal["intact", "altered", "foreign", "unsigned"]
"""intact: signed by an organ of this platform and unchanged. foreign: signed by somebody it does not know."""

MEMORY = 768 * 1024 * 1024
SECONDS = 10
AT_ONCE = 2
ROOT = Path(__file__).resolve().parents[2]
_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """As many files are being read as this process lets be read at once."""


def read_guarded(pdf: bytes, *, authority: bytes) -> Verdict:
    """Return what the signature in a file says, read by a process that may fail. Raises Busy.

    Whatever the reader stumbles over is no whole paper of ours.
    """
    if not _places.acquire(timeout=SECONDS):
        raise Busy
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__], input=len(authority).to_bytes(4, "big") + authority + pdf, cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS, check=False,
        )  # fmt: skip
        said = done.stdout.decode("ascii", "replace") if done.returncode == 0 else ""
    except subprocess.TimeoutExpired:
        said = ""
    finally:
        _places.release()
    return next((one for one in get_args(Verdict) if one == said), _unreadable(pdf))


def _unreadable(pdf: bytes) -> Verdict:
    return "altered" if b"/ByteRange" in pdf else "unsigned"


def read(pdf: bytes, *, authority: bytes) -> Verdict:
    """Return what the signature in a file says. Anything that is no signed PDF is unsigned."""
    # Imported here: the platform's processes need none of it.
    from asn1crypto import x509 as asn1_x509  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not found:
            return "unsigned"
        if not _issued_by(authority, found[-1].signer_cert.dump()):
            return "foreign"
        trusted = ValidationContext(trust_roots=[asn1_x509.Certificate.load(authority)], allow_fetching=False)
        status = validate_pdf_signature(found[-1], trusted, skip_diff=True)
    except Exception:
        return _unreadable(pdf)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return "intact" if status.intact and status.valid and whole else "altered"


def _issued_by(authority: bytes, certificate: bytes) -> bool:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415

    try:
        issuer = x509.load_der_x509_certificate(authority)
        x509.load_der_x509_certificate(certificate).verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def main() -> None:
    """Bind this process, then read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    length = int.from_bytes(sys.stdin.buffer.read(4), "big")
    authority = sys.stdin.buffer.read(length)
    sys.stdout.write(read(sys.stdin.buffer.read(), authority=authority))


if __name__ == "__main__":
    main()
