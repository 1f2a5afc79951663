"""A paper: issued with its number, made and signed by the worker, served once or withdrawn."""

import io
import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.make import NOW, race
from xiaoer.files import queries as files
from xiaoer.journal.queries import differences, entries
from xiaoer.journal.services import SYSTEM, deliver, dispatch
from xiaoer.kernel.refusal import Refusal
from xiaoer.notices import handlers, queries, rules, services
from xiaoer.notices.models import Document
from xiaoer.notices.services import signing

from . import make


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


def rendered(kind: str = "acceptance") -> Document:
    document = make.issued(kind)
    return services.attach_rendering(document, services.render(document), now=NOW)


@pytest.mark.django_db
def test_numbers_run_by_organ_kind_and_year():
    numbers = [make.issued(kind).number for kind in ("acceptance", "acceptance", "grant", "receipt")]
    assert numbers == [
        "瑞市监许受〔2026〕第1号",
        "瑞市监许受〔2026〕第2号",
        "瑞市监许准〔2026〕第1号",
        make.CASE["case_number"],
    ]
    # Already 2027 in Shanghai, still 2026 in Greenwich.
    assert make.issued(now=datetime(2026, 12, 31, 17, 0, tzinfo=UTC)).number == "瑞市监许受〔2027〕第1号"


@pytest.mark.django_db
def test_names_and_grounds_are_sealed_and_everything_else_is_readable():
    document = make.issued("refusal")
    (entry,) = entries(shard=make.SHARD, subject=document.id)
    assert "赤乌小馆" not in str(entry.data) and "有毒" not in str(entry.data)
    assert json.loads(Document.objects.get().private)["applicant"] == make.CASE["applicant"]
    assert document.facts["remedies"].startswith("如不服本决定") and entry.law == "行政许可法 38(2)"
    assert not list(differences("document"))


@pytest.mark.django_db
def test_a_paper_that_lacks_something_takes_no_number():
    with pytest.raises(ValueError, match="accepted_on"):
        services.issue(
            "acceptance", subject=uuid4(), shard=make.SHARD, organ=make.ORGAN, data=make.CASE, by=SYSTEM, now=NOW
        )
    assert make.issued().number == "瑞市监许受〔2026〕第1号"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", make.SAYS)
def test_every_paper_is_rendered_whole_signed_and_stored(kind):
    document = rendered(kind)
    content = files.content(Document.objects.get().file)
    reader = PdfFileReader(io.BytesIO(content))
    status = validate_pdf_signature(
        reader.embedded_signatures[0],
        ValidationContext(trust_roots=[signing._asn1(signing.authority())], allow_fetching=False, moment=NOW),
    )
    assert status.bottom_line and status.coverage.name == "ENTIRE_FILE"
    assert status.signing_cert.subject.native["serial_number"] == make.ORGAN.code
    assert f"{status.signing_cert.serial_number:x}" == document.certificate
    assert status.signer_reported_dt == NOW
    assert b"pdfaid:part>2" in content.replace(b'"', b">") or b"pdfaid:part" in content
    assert not list(differences("document"))


@pytest.mark.django_db
def test_one_changed_byte_anywhere_is_noticed():
    content = files.content(rendered().file)
    reader = PdfFileReader(io.BytesIO(content))
    for place in (200, len(content) // 2, len(content) - 40):
        changed = bytearray(content)
        changed[place] ^= 1
        assert queries.code_by_digest(digest=signing.digest(bytes(changed))) == ""
    assert queries.code_by_digest(digest=signing.digest(content)) == Document.objects.get().code
    assert reader.embedded_signatures[0].signer_cert


@pytest.mark.django_db
def test_the_worker_makes_the_pdf_after_the_act_and_only_once():
    document = make.issued()
    assert document.file_id is None
    flow = {"document.issued": [("notices.render", handlers.RENDER)]}
    for _ in range(2):
        dispatch(flow=flow, now=NOW)
        deliver(flow=flow, now=NOW)
    stored = Document.objects.get()
    assert stored.file_id and stored.version == 2
    assert services.attach_rendering(stored, services.render(stored), now=NOW).version == 2


@pytest.mark.django_db
def test_a_paper_of_any_instant_can_be_made():
    document = make.issued(now=NOW.replace(microsecond=123456))
    assert services.render(document).content.startswith(b"%PDF")


@pytest.mark.django_db
def test_text_of_people_is_never_read_as_markup():
    hostile = '#panic("x") $x$ *b* <script> \\ `raw` @ref // "quoted" = 标题'
    document = make.issued("refusal", reasons=hostile, applicant='#import "/settings.py"')
    assert services.render(document).content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_a_paper_is_served_once_and_then_neither_withdrawn_nor_served_again():
    document = make.issued()
    served = {"how": "post", "on": date(2026, 3, 6), "receiver": "张三", "proof": "EMS 1234567890123"}
    services.serve(document, **served, by=SYSTEM, now=NOW)
    assert (document.state, document.served_how, document.served_to) == ("served", "post", "张三")
    for late in (
        lambda: services.serve(document, **served, by=SYSTEM, now=NOW),
        lambda: services.withdraw(document, reason="错了", by=SYSTEM, now=NOW),
    ):
        with pytest.raises(Refusal, match="document_served"):
            late()
    assert not list(differences("document"))


@pytest.mark.django_db
def test_a_withdrawn_paper_is_not_served_and_its_code_says_so():
    document = rendered()
    services.withdraw(document, reason="日期写错", by=SYSTEM, now=NOW)
    with pytest.raises(Refusal, match="document_withdrawn"):
        services.serve(document, how="direct", on=date(2026, 3, 6), receiver="张三", proof="", by=SYSTEM, now=NOW)
    assert queries.paper_by_code(document.code).withdrawn is True


@pytest.mark.django_db
def test_an_unknown_way_of_serving_is_an_error():
    with pytest.raises(KeyError):
        services.serve(make.issued(), how="pigeon", on=date(2026, 3, 6), receiver="", proof="", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_a_code_tells_anybody_what_the_paper_is_and_nobody_whose_it_is():
    document = rendered("receipt")
    shown = queries.paper_by_code(document.code)
    assert (shown.zh, shown.organ, shown.digest) == ("收件凭证", make.ORGAN.name, document.digest)
    assert make.CASE["case_number"] not in str(shown) and make.CASE["applicant"] not in str(shown)
    assert queries.paper_by_code(rules.code_of(make.SHARD, "ff")) is None


@pytest.mark.django_db
def test_a_paper_comes_only_when_the_owning_app_lets_the_reader_in():
    document = make.issued()
    for may, found in ((True, document), (False, None)):
        assert queries.document_for(shard=make.SHARD, id=document.id, may_read=lambda _, may=may: may) == found
    assert queries.document_for(shard="360482000000", id=document.id, may_read=lambda _: True) is None


@pytest.mark.django_db
def test_papers_of_many_subjects_take_one_query(django_assert_num_queries):
    first, second = make.issued(), make.issued("grant")
    with django_assert_num_queries(1):
        found = queries.documents_of(shard=make.SHARD, subjects=[first.subject, second.subject])
    assert found == {first.subject: [first], second.subject: [second]}


@pytest.mark.django_db
def test_issuing_a_paper_takes_few_queries(django_assert_num_queries):
    make.issued()
    # A savepoint and its release, the number; row, entry, personal values, two queues: one statement on PostgreSQL.
    with django_assert_num_queries(4 if connection.vendor == "postgresql" else 8):
        make.issued()


def test_eight_papers_at_once_get_eight_numbers(fresh_database):
    found = race(8, lambda _: make.issued().number)
    assert sorted(found) == sorted(f"瑞市监许受〔2026〕第{n}号" for n in range(1, 9))


def test_keys_of_ours_that_cannot_be_read_are_not_told_as_a_fault_of_the_paper(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "signing").mkdir()
    (tmp_path / "signing" / "authority.pem").write_bytes(b"broken")
    with pytest.raises(ValueError, match="signing key"):
        signing.check_signature(b"%PDF-1.7 /ByteRange")
