"""Hostile PDFs on the public page: none takes more than a reader of its own may, and none is told to be ours."""

import resource
import subprocess
import sys
import time
import zlib

import pytest

from xiaoer.kernel.refusal import Refusal
from xiaoer.notices import reading
from xiaoer.notices import services as signing


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects with a right cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def bomb(entries: bytes = b"", pieces: int = 160) -> bytes:
    """A stream of a few megabytes that unpacks to gigabytes: one packed piece of zeros, again and again."""
    packer, zeros = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), 2**24
    piece = packer.compress(bytes(zeros)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = ((pieces * zeros % 65521) << 16 | 1).to_bytes(4, "big")  # Adler-32 of as many zeros
    packed = b"\x78\xda" + piece * pieces + b"\x03\x00" + checksum
    return b"<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def test_the_bomb_is_a_whole_stream():
    packed = bomb(pieces=2).split(b"stream\n")[1][: -len("\nend")]
    assert zlib.decompress(packed) == bytes(2 * 2**24)


FIELDS = b"<</Type /Catalog /AcroForm <</Fields [2 0 R]>> /Pages 1 0 R>>"


def packed_cross_reference() -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n" + bomb(b"/Type /XRef /W [1 8 8] /Size 99999999 /Root 1 0 R") + b"\nendobj\n"
    return body + b"startxref\n9\n%%EOF\n"


def loop() -> bytes:
    body = b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer <</Size 1 /Root 1 0 R /Prev 9>>\n"
    return body + b"startxref\n9\n%%EOF\n"


NASTY = {
    "nothing": b"%PDF-",
    "cut off": pdf(FIELDS)[:60],
    "table that comes before itself": loop(),
    "table that unpacks without end": packed_cross_reference(),
    "field that is its own kid": pdf(FIELDS, b"<</FT /Sig /T (x) /Kids [2 0 R] /Parent 2 0 R>>"),
    "object that is itself": pdf(b"1 0 R"),
    "catalogue in a bomb": pdf(bomb(b"/Type /ObjStm /N 99 /First 999999"), trailer=b"/Root 1 0 R"),
    "nested without end": pdf(b"<</AcroForm " + b"[" * 300_000 + b"]" * 300_000 + b">>"),
    "huge numbers": pdf(FIELDS, b"<</FT /Sig /T (x) /V <</ByteRange [0 " + b"9" * 4000 + b" 1 1] /Contents <00>>>>>"),
    "a signature of nothing": pdf(
        FIELDS, b"<</FT /Sig /T (x) /V <</Type /Sig /ByteRange [0 1 2 3] /Contents <3000> /Filter /x>>>>"
    ),
    "a program": b"%PDF-1.7\n" + b"\x7fELF" * 100_000,
}


@pytest.mark.parametrize("name", NASTY)
def test_no_file_takes_more_than_its_reader_may(name):
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert signing.check_signature(NASTY[name]) in {"unsigned", "altered"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024, "KiB of the platform's own process"
    assert time.monotonic() - began < 3 * reading.SECONDS


@pytest.mark.parametrize(
    "greed", ["lambda *a, **k: str(bytearray(2 * r.MEMORY)[0])", "lambda *a, **k: [*map(id, iter(int, 1))]"]
)
def test_memory_and_time_of_a_reader_end(greed):
    code = f"from xiaoer.notices import reading as r; r.SECONDS = 1; r.read = {greed}; r.main()"
    done = subprocess.run(
        [sys.executable, "-c", code], input=bytes(4), cwd=reading.ROOT, capture_output=True, timeout=60
    )
    assert done.returncode != 0 and done.stdout == b""


def test_a_reader_knows_no_secret_of_the_platform(monkeypatch, tmp_path):
    """In place of Python stands a program that writes down its environment."""
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\nenv > {tmp_path}/heard\n")
    spy.chmod(0o700)
    monkeypatch.setenv("XIAOER_SEAL_KEY", "secret")
    monkeypatch.setattr(sys, "executable", str(spy))
    assert reading.read_guarded(b"%PDF-", authority=b"") == "unsigned"
    heard = (tmp_path / "heard").read_text()
    assert "PYTHONDONTWRITEBYTECODE" in heard and "XIAOER" not in heard and "secret" not in heard


def test_who_comes_while_all_readers_read_is_told_so(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    taken = [reading._places.acquire() for _ in range(reading.AT_ONCE)]
    try:
        with pytest.raises(Refusal, match="reading_busy"):
            signing.check_signature(b"%PDF-")
    finally:
        for _ in taken:
            reading._places.release()
