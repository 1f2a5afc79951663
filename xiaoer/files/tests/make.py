"""Files of every accepted kind, small and whole, and uploads of them."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.make import NOW
from xiaoer.files import services
from xiaoer.files.models import StoredFile
from xiaoer.journal.services import SYSTEM

SHARD = "360481000000"


def pdf(*, inside: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one empty page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]" + inside + b">>",
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size 4/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)


def picture(form: str = "JPEG", *, size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise(size, 80).convert("RGB")
    noise.save(out, form)
    return out.getvalue()


def package(*members: str, content: bytes = b"<x/>", **more: Any) -> bytes:
    """A ZIP with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in members:
            made.writestr(member, content)
    return out.getvalue()


def docx() -> bytes:
    return package("[Content_Types].xml", "word/document.xml")


def upload(content: bytes, name: str = "材料.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored(content: bytes | None = None, *, shard: str = SHARD) -> StoredFile:
    return services.store(upload(content or pdf()), shard=shard, by=SYSTEM, now=NOW)
