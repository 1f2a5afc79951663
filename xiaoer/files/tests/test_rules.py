"""What is accepted and what is refused, told by content."""

import contextlib
import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from xiaoer.files import rules
from xiaoer.kernel.refusal import Refusal, sentence

from . import make


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (make.pdf(), "pdf"),
        (make.picture("JPEG"), "jpg"),
        (make.picture("PNG"), "png"),
        (make.docx(), "docx"),
        (make.package("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (make.package("OFD.xml", "Doc_0/Document.xml"), "ofd"),
    ],
)
def test_whole_files_of_the_accepted_formats_pass(content, ending):
    assert rules.examine(content).ending == ending


WHOLE = [make.pdf(), make.picture("JPEG"), make.picture("PNG"), make.docx()]
LINEARIZED = b"%%PDF-1.7\n1 0 obj<</Linearized 1/L %d/N 1>>endobj\nxref\ntrailer<<>>\nstartxref\n0\n%%%%EOF\n"
REFUSED = {
    "file_empty": [b""],
    "file_too_large": [b"%PDF-" + b"0" * rules.MAX_SIZE],
    "file_unknown": [b"\x01\x02\x03 nothing that anybody knows"],
    "file_kind": [
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\xef\xbb\xbf  <!DOCTYPE html><html></html>",
        make.package("photos/1.jpg"),
        b"GIF89a" + b"\0" * 40,
        b"Rar!\x1a\x07\x00" + b"\0" * 40,
    ],
    "file_broken": [
        make.pdf()[:-40],
        b"%PDF-1.7\n",
        make.pdf() + b"0" * 2000,
        LINEARIZED % 9999,
        make.picture("JPEG")[:-300],
        make.picture("JPEG")[:30],
        make.picture("PNG")[:-30],
        make.picture("PNG")[:-12],
        make.docx()[:-10],
        make.docx()[:40],
    ],
    "file_encrypted": [make.pdf(trailer=b"/Encrypt 9 0 R"), make.pdf(trailer=b"/Encrypt<</V 4>>")],
    "file_script": [
        make.pdf(inside=b"/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>"),
        make.pdf(inside=b"/A<</S/Launch/F(cmd.exe)>>"),
        make.package("word/document.xml", "word/vbaProject.bin"),
    ],
    "file_two_in_one": [
        make.pdf()[:-1] + make.package("a.txt"),
        make.picture("JPEG") + make.package("a.txt"),
        make.picture("PNG") + make.package("a.txt"),
    ],
    "file_unpacks_too_large": [
        make.package(*[f"word/{n}" for n in range(rules.MAX_MEMBERS)], "word/document.xml"),
    ],
}


STREAM = b"/X<</Length 9>>stream\n\xff/JS(\x07\x80/JS 7\nendstream"


def test_what_a_packed_stream_holds_by_chance_is_no_script():
    assert rules.examine(make.pdf(inside=STREAM)).ending == "pdf"
    assert rules.examine(make.pdf(inside=STREAM * 3)).ending == "pdf"


@pytest.mark.parametrize("inside", [b"/AA<</JS(x)>>" + STREAM, STREAM + b"/AA<</JS(x)>>", b" stream\n /AA<</JS(x)>>"])
def test_a_script_beside_streams_is_refused(inside):
    with pytest.raises(Refusal, match="file_script"):
        rules.examine(make.pdf(inside=inside))


@pytest.mark.parametrize(
    ("key", "content"),
    [pytest.param(key, one, id=f"{key}-{n}") for key, many in REFUSED.items() for n, one in enumerate(many)],
)
def test_everything_else_is_refused_with_its_reason(key, content):
    with pytest.raises(Refusal) as refused:
        rules.examine(content)
    assert refused.value.key == key
    assert "。" in sentence(refused.value) and "." in sentence(refused.value, language="en")


def test_a_package_that_unpacks_to_more_than_allowed_is_refused_without_unpacking():
    bomb = make.package("word/document.xml", "word/media/a.bin", content=b"\0" * (rules.MAX_UNPACKED // 2 + 1))
    assert len(bomb) < rules.MEBIBYTE
    with pytest.raises(Refusal, match="file_unpacks_too_large"):
        rules.examine(bomb)


def test_a_member_that_holds_more_than_it_declares_is_refused():
    lying = bytearray(make.package("word/document.xml", content=b"\0" * 100_000))
    place = lying.rindex(b"PK\x01\x02") + 24
    lying[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Refusal, match="file_broken"):
        rules.examine(bytes(lying))


def test_a_locked_package_is_refused():
    locked = bytearray(make.docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := locked.find(mark, place + 1)) >= 0:
            locked[place + offset] |= 1
    with pytest.raises(Refusal, match="file_encrypted"):
        rules.examine(bytes(locked))


def test_a_package_that_begins_with_something_else_is_refused():
    # The mark of a ZIP in front of a stub: readers take the members from the end, behind the stub.
    stub = b"PK\x03\x04 but not really " + make.docx()
    with pytest.raises(Refusal) as refused:
        rules.examine(stub)
    assert refused.value.key == "file_two_in_one"


def test_a_picture_with_html_in_its_first_kilobyte_is_refused():
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"<script>alert(1)</script>")
    with pytest.raises(Refusal, match="file_two_in_one"):
        rules.examine(out.getvalue())


def test_a_small_picture_of_enormous_area_is_refused_without_decoding():
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < rules.MEBIBYTE
    with pytest.raises(Refusal, match="file_unpacks_too_large"):
        rules.examine(out.getvalue())


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_the_check_fall_over(tail):
    for head in (b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"):
        with contextlib.suppress(Refusal):
            rules.examine(head + tail)


@given(st.data())
def test_a_damaged_file_is_accepted_or_refused_but_never_an_error(data):
    damaged = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Refusal):
        rules.examine(bytes(damaged))


@pytest.mark.parametrize(
    ("given_name", "tidy"),
    [
        ("身份证.JPG", "身份证.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\合同\\租赁 合同.docx", "租赁 合同.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie x.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        (".jpg", "jpg.jpg"),
        ("", "文件.jpg"),
        ("...", "文件.jpg"),
        ("长" * 300 + ".jpg", "长" * 120 + ".jpg"),
        ("第3.2版 营业执照", "第3.2版 营业执照.jpg"),
    ],
)
def test_a_name_becomes_safe_and_ends_as_its_content_does(given_name, tidy):
    assert rules.tidy_name(given_name, kind=rules.JPEG) == tidy


def test_a_large_progressive_picture_is_not_kept_whole_in_memory():
    out = io.BytesIO()
    Image.new("RGB", (6500, 6500), "red").save(out, "JPEG", progressive=True, quality=30, subsampling=0)
    small = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(small, "JPEG", progressive=True)
    code = "import sys; from xiaoer.files import rules; print(rules.examine(sys.stdin.buffer.read()).ending)"
    code = f"import resource as r; r.setrlimit(r.RLIMIT_AS, (2**28, 2**28)); {code}"
    command = [sys.executable, "-W", "ignore", "-c", code]
    for content in (out.getvalue(), small.getvalue()):
        assert subprocess.run(command, input=content, capture_output=True).stdout == b"jpg\n"
        with pytest.raises(Refusal, match="file_broken"):
            rules.examine(content[:-20])
