"""What others' tools say of our papers: poppler's pdfsig, and veraPDF where it can be had."""

import shutil
import subprocess
from pathlib import Path

import pytest

from xiaoer.notices import services as signing
from xiaoer.notices.tests import make as papers

from . import make

pytestmark = [pytest.mark.tools, pytest.mark.django_db]
KINDS = [*papers.SAYS, "licence"]


def written(kind: str, folder: Path) -> Path:
    """The signed PDF of a paper or licence as a file."""
    if kind == "licence":
        content = make.services.render(make.issued()).content
    else:
        content = papers.services.render(papers.issued(kind)).content
    path = folder / f"{kind}.pdf"
    path.write_bytes(content)
    return path


def pdfsig(path: Path, *more: str) -> str:
    return subprocess.run(["pdfsig", *more, str(path)], capture_output=True, text=True, timeout=60).stdout


@pytest.mark.parametrize("kind", KINDS)
def test_pdfsig_accepts_every_paper_and_licence(kind, tmp_path):
    told = pdfsig(written(kind, tmp_path))
    assert "Signature is Valid." in told and "Total document signed" in told
    assert make.ORGAN.name in told and "ETSI.CAdES.detached" in told


def test_pdfsig_names_the_issuer_unknown_until_it_is_given_the_authority(tmp_path):
    path = written("licence", tmp_path)
    assert "issuer isn't Trusted" in pdfsig(path) or "issuer is unknown" in pdfsig(path)
    if not shutil.which("certutil"):
        pytest.skip("certutil (libnss3-tools) puts the authority into a store for pdfsig")
    store = tmp_path / "nss"
    store.mkdir()
    (tmp_path / "ca.pem").write_bytes(signing.authority_pem())
    certutil = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*certutil, "-N", "--empty-password"], check=True)
    subprocess.run([*certutil, "-A", "-n", "xiaoer", "-t", "CT,C,C", "-i", str(tmp_path / "ca.pem")], check=True)
    assert "Certificate is Trusted." in pdfsig(path, "-nssdir", f"sql:{store}")


@pytest.mark.parametrize("kind", ["grant", "licence"])
def test_pdfsig_refuses_one_changed_byte(kind, tmp_path):
    path = written(kind, tmp_path)
    content = bytearray(path.read_bytes())
    # A byte of the text that is drawn: readers still open the file.
    place = content.index(b"stream") + 60
    content[place] ^= 1
    path.write_bytes(content)
    told = pdfsig(path)
    assert "Signature is Valid" not in told and "Digest Mismatch" in told


@pytest.mark.parametrize("kind", KINDS)
def test_pdfinfo_and_pdffonts_find_a_whole_file_with_every_font_inside(kind, tmp_path):
    path = written(kind, tmp_path)
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
    # poppler takes the mark of a tagged PDF that nothing is suspect for an error; everything else would be one.
    faults = [line for line in told.stderr.splitlines() if "Suspects" not in line]
    assert not faults and "Pages:           1" in told.stdout
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    # columns from the right: object, generation, unicode, subset, embedded
    assert fonts and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


@pytest.mark.parametrize("kind", KINDS)
def test_verapdf_finds_pdf_a_2b(kind, tmp_path):
    if not shutil.which("verapdf"):
        pytest.skip("veraPDF is not installed")
    told = subprocess.run(["verapdf", "-f", "2b", str(written(kind, tmp_path))], capture_output=True, text=True)
    assert 'isCompliant="true"' in told.stdout
