"""What may be uploaded, told by content and never by name; and the state of an attachment.  # bilingual

Formats that an archive can keep and a desk can open: PDF, JPG, PNG, OFD (GB/T 33190), DOCX, XLSX. Each file must be one
thing only, whole, open (no password) and harmless to whoever opens it.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import puremagic
from PIL import Image, UnidentifiedImageError

from xiaoer.journal import rules
from xiaoer.kernel import refusal
from xiaoer.kernel.refusal import Refusal

MEBIBYTE = 1024 * 1024
MAX_SIZE = 20 * MEBIBYTE
MAX_PIXELS = 120_000_000
MAX_PROGRESSIVE = 12_000_000
"""A progressive JPEG is kept whole in memory while it is decoded (six bytes a pixel); of a larger one the end is looked
at. Cameras and phones write the other kind."""
MAX_MEMBERS = 2_000
MAX_UNPACKED = 100 * MEBIBYTE
MAX_NAME = 120
ALLOWED = "PDF、JPG、PNG、OFD、DOCX、XLSX"

refusal.register(
    {
        "file_empty": (
            "这个文件是空的（0 字节）。请检查原文件能否打开，再重新选择。",
            "This file is empty (0 bytes). Check that the original opens, then choose it again.",
        ),
        "file_too_large": (
            "这个文件超过了 {limit} MB。请压缩图片，或者分成几个文件上传。",
            "This file is larger than {limit} MB. Compress the pictures or split it into several files.",
        ),
        "file_kind": (
            "这是 {what} 格式的文件，不能上传。请另存为 PDF、JPG、PNG、OFD、DOCX 或 XLSX 后再上传。",
            "This is a {what} file, which cannot be uploaded. Save it as PDF, JPG, PNG, OFD, DOCX or XLSX first.",
        ),
        "file_unknown": (
            "认不出这个文件的格式。请上传 PDF、JPG、PNG、OFD、DOCX 或 XLSX 文件。",
            "The format of this file is not known here. Upload a PDF, JPG, PNG, OFD, DOCX or XLSX file.",
        ),
        "file_broken": (
            "这个文件不完整或已损坏，可能没有传完。请确认原文件能正常打开，再重新上传。",
            "This file is incomplete or damaged. Check that the original opens properly, then upload it again.",
        ),
        "file_encrypted": (
            "这个文件设了密码，工作人员打不开。请去掉密码后再上传。",
            "This file is protected by a password. Remove the password, then upload it again.",
        ),
        "file_two_in_one": (
            "这个文件里还藏着另一种格式的内容，不能上传。请用办公软件重新导出后再上传。",
            "This file hides another file of a different format. Export it anew, then upload it again.",
        ),
        "file_unpacks_too_large": (
            "这个文件解压后过大，不能上传。请减少图片或分成几个文件。",
            "This file unpacks to more than is accepted. Use fewer pictures or split it into several files.",
        ),
        "file_script": (
            "这个文件里含有宏或脚本，不能上传。请另存为不含宏的文件，或打印成 PDF 后再上传。",
            "This file contains macros or scripts. Save it without them, or print it to PDF, then upload it again.",
        ),
    }
)


@dataclass(frozen=True)
class Kind:
    """A format that is accepted: the ending that the file gets, and the media type that it is served with."""

    ending: str
    media_type: str
    check: Callable[[bytes], None]


def examine(content: bytes) -> Kind:
    """Return what the content is. Raises Refusal with the reason when it may not be uploaded."""
    if not content:
        raise Refusal("file_empty")
    if len(content) > MAX_SIZE:
        raise Refusal("file_too_large", limit=MAX_SIZE // MEBIBYTE)
    kind = _kind(content)
    kind.check(content)
    return kind


def _kind(content: bytes) -> Kind:
    for mark, kind in MARKS:
        if content.startswith(mark):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    head = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for name, mark in (("SVG", b"<svg"), ("HTML", b"<html"), ("HTML", b"<!doctype html"), ("HTML", b"<script")):
        if mark in head:
            raise Refusal("file_kind", what=name)
    try:
        ending = puremagic.from_string(content[:65536]).strip(".").upper()
    except puremagic.PureError:
        raise Refusal("file_unknown") from None
    raise Refusal("file_kind", what=ending) if ending else Refusal("file_unknown")


def _package(content: bytes) -> Kind:
    """Tell OFD, DOCX and XLSX from other ZIP files by the member that each must have."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refusal("file_broken") from None
    for member, kind in (("OFD.xml", OFD), ("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)):
        if member in names:
            return kind
    raise Refusal("file_kind", what="ZIP")


def _check_pdf(content: bytes) -> None:
    """Refuse what is cut off, locked, scripted or also a ZIP. Reads no compressed part, so nothing can unpack."""
    linearized = re.search(rb"/Linearized[^>]*?/L\s+(\d+)", content[:1024])
    start = re.findall(rb"startxref\s+(\d+)\s+%%EOF", content[-1100:])
    if not start or int(start[-1]) >= len(content) or (linearized and int(linearized[1]) > len(content)):
        raise Refusal("file_broken")
    # The entry stands in the trailer or in the dictionary of a cross-reference stream, neither ever compressed.
    if re.search(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)", content):
        raise Refusal("file_encrypted")
    # Four bytes come about by chance in a packed stream: once in some seventy scans of five megabytes.
    if re.search(rb"/(JavaScript|Launch)\b", content) or re.search(rb"/JS\s*[(<\d]", _outside_streams(content)):
        raise Refusal("file_script")
    _refuse_packed(content)


def _outside_streams(content: bytes) -> bytes:
    """Return a PDF without the contents of its streams. What follows the last one stays whole."""
    *parts, rest = content.split(b"endstream")
    return b"\n".join([*(re.split(rb"\bstream\r?\n", part, maxsplit=1)[0] for part in parts), rest])


def _check_picture(content: bytes, form: str) -> None:
    """Refuse what is cut off or also something else. A JPEG is decoded at an eighth, a PNG checked by its sums."""
    if b"%PDF-" in content[:1024] or re.search(rb"<(html|script|svg|\?php)", content[:1024], re.IGNORECASE):
        raise Refusal("file_two_in_one")
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Refusal("file_unpacks_too_large")
            if form == "JPEG":
                _load_small(picture, content)
            else:
                picture.verify()
    except Image.DecompressionBombError:
        raise Refusal("file_unpacks_too_large") from None
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        raise Refusal("file_broken") from None
    _refuse_packed(content)


def _load_small(picture: Image.Image, content: bytes) -> None:
    """Decode a JPEG at an eighth of its size. OSError when it is cut off."""
    if "progressive" in picture.info and picture.width * picture.height > MAX_PROGRESSIVE:
        if not content.rstrip(b"\0").endswith(b"\xff\xd9"):
            raise OSError("no end of image")
        return
    picture.draft("L", (max(picture.width // 8, 1), max(picture.height // 8, 1)))
    picture.load()


def _check_jpeg(content: bytes) -> None:
    _check_picture(content, "JPEG")


def _check_png(content: bytes) -> None:
    _check_picture(content, "PNG")


def _refuse_packed(content: bytes) -> None:
    """A ZIP is read from its end: a picture or PDF with a ZIP behind it would be both."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refusal("file_two_in_one")


def _check_package(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise Refusal("file_encrypted")
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise Refusal("file_unpacks_too_large")
        if min(member.header_offset for member in members):
            raise Refusal("file_two_in_one")
        if any(member.filename.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for member in members):
            raise Refusal("file_script")
        _unpack(package)


def _unpack(package: zipfile.ZipFile) -> None:
    """Read every member once: the sums must agree. A member never gives more than it declared."""
    try:
        if package.testzip() is not None:
            raise Refusal("file_broken")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, NotImplementedError):
        raise Refusal("file_broken") from None
    except Exception as fault:
        if type(fault).__module__ != "zlib":
            raise
        raise Refusal("file_broken") from None


PDF = Kind("pdf", "application/pdf", _check_pdf)
JPEG = Kind("jpg", "image/jpeg", _check_jpeg)
PNG = Kind("png", "image/png", _check_png)
OFD = Kind("ofd", "application/ofd", _check_package)
DOCX = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _check_package)
XLSX = Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _check_package)
MARKS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
BY_MEDIA_TYPE = {kind.media_type: kind for kind in (PDF, JPEG, PNG, OFD, DOCX, XLSX)}
SHOWN = frozenset({PDF.media_type, JPEG.media_type, PNG.media_type})
"""What a browser may show in its window; everything else is only ever downloaded."""


def tidy_name(name: str, *, kind: Kind) -> str:
    """Return a name that is safe in a header and on any disk, with the ending that the content deserves.

    >>> tidy_name("../../身份证.JPG.exe", kind=JPEG)
    '身份证.JPG.jpg'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem, _, ending = kept.rpartition(".")
    stem = (stem if stem and len(ending) <= 5 else kept).strip(". ")[:MAX_NAME].strip(". ")
    return f"{stem or '文件'}.{kind.ending}"


@dataclass(frozen=True)
class AttachmentState:
    """A file on any subject. subject: the id of what it belongs to; kind: the owner's word for what it is there for."""

    subject: UUID
    kind: str
    title: str
    file_id: UUID
    digest: str
    size: int
    media_type: str
    added_by: str
    added_at: datetime
    withdrawn_at: datetime | None = None


def fold(state: AttachmentState | None, event: rules.Event) -> AttachmentState:
    """Return the attachment after the event. Raises Refusal("stale") when it was withdrawn before."""
    if state is None:
        told = event.data
        return AttachmentState(
            subject=told.subject, kind=told.kind, title=told.title, file_id=told.file_id, digest=told.digest,
            size=told.size, media_type=told.media_type, added_by=event.actor, added_at=event.at,
        )  # fmt: skip
    if state.withdrawn_at:
        raise Refusal("stale")
    return replace(state, withdrawn_at=event.at)


ATTACHMENT = rules.subject("attachment", model="files.Attachment", state=AttachmentState, fold=fold)
