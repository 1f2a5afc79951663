"""Sign PDFs with the organ's key (ECDSA P-256, PAdES): invisible, the seal is drawn in the paper.

The platform has its own small authority: var/signing/authority.pem signs one certificate for each organ and year. Keys
are encrypted with the seal key. Readers that do not know the authority say "unknown issuer" although nothing is wrong
with the signature: a province puts certificates of a licensed authority (电子签名法 16) in the same place.
"""

import contextlib
import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from xiaoer.kernel.refusal import Refusal

from ..reading import Busy, Verdict, read_guarded

YEARS = 3
RESERVED = 8192
"""Room for the signature in hex digits (some 4,200 are used); asking pyHanko to find out means signing twice."""
FOUNDED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Signed:
    """A signed PDF and the serial number (hex) of the certificate."""

    content: bytes
    certificate: str


@dataclass(frozen=True)
class Pair:
    """A private key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


class _Signer(signers.PdfSigner):
    """A signer whose time is told: nothing below the edge reads the clock."""

    at: datetime

    def init_signing_session(self, *args: object, **more: object) -> PdfSigningSession:
        session = super().init_signing_session(*args, **more)  # type: ignore[arg-type]
        session.system_time = self.at
        return session


def sign(pdf: bytes, *, organ_code: str, organ_name: str, at: datetime) -> Signed:
    """Return the PDF signed in the organ's name; at: the signing time that the signature claims."""
    organ = _organ(_folder(), organ_code, organ_name, at.year)
    meta = signers.PdfSignatureMetadata(
        field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=organ_name
    )
    signer = _Signer(meta, signer=_simple_signer(_folder(), organ_code, organ_name, at.year))
    signer.at = at
    out = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=RESERVED, output=out)
    return Signed(out.getvalue(), f"{organ.certificate.serial_number:x}")


def check_signature(pdf: bytes) -> Verdict:
    """Return what the signature in a file that anybody handed in says. Refusal reading_busy."""
    try:
        return read_guarded(pdf, authority=authority().public_bytes(serialization.Encoding.DER))
    except Busy:
        raise Refusal("reading_busy") from None


def digest(content: bytes) -> str:
    """Return SHA-256 of a file's bytes, by which the platform knows what it issued (64 hex digits)."""
    return hashlib.sha256(content).hexdigest()


def authority() -> x509.Certificate:
    """Return the certificate of the platform's authority: the trust anchor of every paper."""
    return _authority(_folder()).certificate


def authority_ends() -> datetime:
    """Return when the authority's certificate ends."""
    return authority().not_valid_after_utc


def authority_pem() -> bytes:
    """Return the authority's certificate as PEM, for whoever wants to check papers without this platform."""
    return authority().public_bytes(serialization.Encoding.PEM)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "signing"


@cache
def _simple_signer(folder: Path, organ_code: str, organ_name: str, year: int) -> signers.SimpleSigner:
    organ = _organ(folder, organ_code, organ_name, year)
    store = SimpleCertificateStore()
    store.register(_asn1(_authority(folder).certificate))
    key = organ.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(_asn1(organ.certificate), asn1_keys.PrivateKeyInfo.load(key), store)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@cache
def _authority(folder: Path) -> Pair:
    return _kept(folder / "authority.pem", lambda: _certify(settings.SITE_NAME + " CA", "", None, FOUNDED, years=40))


@cache
def _organ(folder: Path, code: str, name: str, year: int) -> Pair:
    start = datetime(year, 1, 1, tzinfo=UTC)
    path = folder / f"{code}-{year}.pem"
    return _kept(path, lambda: _certify(name, code, _authority(folder), start, years=YEARS))


def _kept(path: Path, make: Callable[[], Pair]) -> Pair:
    """Return the pair kept at a path, made on first use. Of two who make it at once one wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{uuid4().hex}")
        _write(draft, _pem(make()))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    stored = path.read_bytes()
    return Pair(_opened(stored), x509.load_pem_x509_certificate(stored))


def _opened(stored: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the private key that was locked with the present seal key or one before. ValueError for any other."""
    for seal_key in (settings.SEAL_KEY, *settings.OLD_SEAL_KEYS):
        with contextlib.suppress(ValueError):
            key = serialization.load_pem_private_key(stored, _password(seal_key))
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            return key
    raise ValueError("no seal key opens this signing key")


def reseal_keys() -> int:
    """Lock every signing key that an earlier seal key locked with the present one; return how many there were."""
    done = 0
    for path in sorted(_folder().glob("*.pem")):
        stored = path.read_bytes()
        try:
            serialization.load_pem_private_key(stored, _password(settings.SEAL_KEY))
        except ValueError:
            _write(path.with_suffix(".new"), _pem(Pair(_opened(stored), x509.load_pem_x509_certificate(stored))))
            path.with_suffix(".new").replace(path)
            done += 1
    return done


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(content)


def _pem(pair: Pair) -> bytes:
    locked = serialization.BestAvailableEncryption(_password(settings.SEAL_KEY))
    key = pair.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
    return key + pair.certificate.public_bytes(serialization.Encoding.PEM)


def _password(seal_key: bytes) -> bytes:
    return hashlib.sha256(b"signing" + seal_key).hexdigest().encode()


def _certify(name: str, code: str, issuer: Pair | None, start: datetime, *, years: int) -> Pair:
    """Make a key and a certificate for it, signed by the issuer or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]
    if code:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, code))
    subject = x509.Name(parts)
    usage = x509.KeyUsage(
        digital_signature=bool(issuer), content_commitment=bool(issuer), key_cert_sign=not issuer, crl_sign=not issuer,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start.replace(year=start.year + years))
        .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None if issuer else 0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    signing_key = issuer.key if issuer else key
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
    )
    return Pair(key, builder.sign(signing_key, hashes.SHA256()))
