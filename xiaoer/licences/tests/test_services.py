"""A licence: issued with its numbers, renewed in editions, ended once."""

import io
import re
from datetime import date

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.make import NOW, race
from xiaoer.files import queries as files
from xiaoer.journal.queries import differences, entries
from xiaoer.journal.services import SYSTEM, deliver, dispatch
from xiaoer.kernel import codes
from xiaoer.kernel.refusal import Refusal
from xiaoer.licences import handlers, queries, rules, services
from xiaoer.licences.models import Holding, Licence
from xiaoer.notices import reading
from xiaoer.notices import services as signing

from . import make

TODAY = date(2026, 3, 6)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


@pytest.mark.django_db
def test_a_licence_gets_a_right_identifier_and_the_next_number():
    first, second = make.issued(), make.issued()
    assert codes.check_certificate_id(first.identifier) is None and first.identifier != second.identifier
    assert (first.number, second.number) == ("36048120260000001", "36048120260000002")
    assert make.issued(number="JY23604810001234").number == "JY23604810001234"


@pytest.mark.django_db
def test_name_number_and_content_of_the_holder_are_sealed():
    licence = make.issued(make.PERSON)
    (entry,) = entries(shard=make.SHARD, subject=licence.id)
    for personal in (make.PERSON.name, make.PERSON.code, "赤乌大道"):
        assert personal not in str(entry.data)
    assert Licence.objects.get().holder == make.PERSON.name
    assert not list(differences("licence"))


@pytest.mark.django_db
def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refusal, match="licence_period"):
        make.issued(valid_to=date(2026, 3, 5))


@pytest.mark.django_db
def test_an_issuer_with_a_wrong_credit_code_is_refused():
    with pytest.raises(Refusal):
        services.issue(
            make.FOOD, holder=make.FIRM, organ=rules_organ("11360481MB0000001X"), content=[], subject=make.uuid4(),
            shard=make.SHARD, valid_from=TODAY, valid_to=None, by=SYSTEM, now=NOW,
        )  # fmt: skip


def rules_organ(code):
    return make.notices.Organ(code, "某局", "某", make.SHARD)


@pytest.mark.django_db
def test_a_renewal_is_the_next_edition_and_replaces_the_old_one():
    old = make.issued()
    new = services.renew(
        old, subject=make.uuid4(), valid_from=date(2031, 3, 5), valid_to=date(2036, 3, 4), by=SYSTEM, now=NOW
    )
    assert (new.edition, new.number, new.sequence, new.previous) == (2, old.number, old.sequence, old.id)
    assert new.identifier.split(".")[-2] == "002" and codes.check_certificate_id(new.identifier) is None
    assert new.code != old.code and new.content == old.content
    assert (old.state, old.successor) == ("superseded", new.id)
    assert queries.licence_by_code(old.code, on=TODAY).successor == new.code
    assert not list(differences("licence"))


@pytest.mark.django_db
@pytest.mark.parametrize("how", sorted(rules.ENDS))
def test_a_licence_is_ended_once_and_says_so_to_everybody(how):
    licence = make.issued()
    services.revoke(licence, how=how, reason="以欺骗手段取得", law="行政许可法 69(2)", by=SYSTEM, now=NOW)
    shown = queries.licence_by_code(licence.code, on=TODAY)
    assert (shown.state, shown.ended_why, shown.ended_law) == (how, "以欺骗手段取得", "行政许可法 69(2)")
    assert entries(shard=make.SHARD, subject=licence.id)[-1].law == "行政许可法 69(2)"
    for late in (
        lambda: make.revoked(licence),
        lambda: services.renew(licence, subject=make.uuid4(), valid_from=TODAY, valid_to=None, by=SYSTEM, now=NOW),
    ):
        with pytest.raises(Refusal, match="licence_ended"):
            late()
    assert Licence.objects.count() == 1 and not list(differences("licence"))


@pytest.mark.django_db
def test_an_unknown_way_of_ending_is_an_error():
    with pytest.raises(ValueError, match="superseded"):
        services.revoke(make.issued(), how="superseded", reason="", law="", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_the_signed_file_is_whole_and_one_changed_byte_anywhere_breaks_it():
    content = files.content(make.rendered().file)
    assert signing.check_signature(content) == "intact"
    # The signature cannot cover its own place in the file; the digest covers that too.
    anchor = signing.signing.authority().public_bytes(Encoding.DER)
    _, before, after, _ = map(int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", content).groups())
    for place in range(9, len(content), 977):
        changed = bytearray(content)
        changed[place] ^= 1
        assert before <= place < after or reading.read(bytes(changed), authority=anchor) != "intact", place
        assert queries.licence_by_digest(signing.digest(bytes(changed)), on=TODAY) is None
    assert signing.check_signature(revised(content)) == "altered"
    assert signing.check_signature(b"%PDF-1.7 no signature") == "unsigned"
    assert signing.check_signature(b"") == "unsigned"


def revised(content: bytes) -> bytes:
    """The same file with a revision after the signature, which leaves what was signed as it was."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.set_info(generic.DictionaryObject({generic.pdf_name("/Title"): generic.TextStringObject("变造")}))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_file_signed_by_somebody_else_is_foreign(settings, tmp_path):
    ours = make.issued()
    home, settings.VAR_DIR = settings.VAR_DIR, tmp_path
    theirs = services.render(ours).content
    assert signing.check_signature(theirs) == "intact"
    settings.VAR_DIR = home
    assert signing.check_signature(theirs) == "foreign"


@pytest.mark.django_db
def test_the_worker_makes_the_file_and_puts_the_licence_on_its_holders_list():
    licence = make.issued(make.PERSON)
    flow = {"licence.issued": [("licences.render", handlers.RENDER), ("licences.note_holder", handlers.note_holder)]}
    for _ in range(2):
        dispatch(flow=flow, now=NOW)
        deliver(flow=flow, now=NOW)
    assert Licence.objects.get().file_id
    assert list(Holding.objects.values_list("shard", "holder", "licence")) == [
        (make.PERSON.shard, make.PERSON.id, licence.id)
    ]


@pytest.mark.django_db
def test_issuing_a_licence_takes_few_queries(django_assert_num_queries):
    make.issued()
    # A savepoint and its release, the number; row, entry, personal values, two queues: one statement on PostgreSQL.
    with django_assert_num_queries(4 if connection.vendor == "postgresql" else 8):
        make.issued()


def test_of_eight_who_end_a_licence_at_once_one_does(fresh_database):
    licence = make.issued()

    def end(_: int) -> str:
        try:
            make.revoked(Licence.objects.get(id=licence.id))
            return "ended"
        except Refusal as refused:
            return refused.key

    found = race(8, end)
    assert found.count("ended") == 1 and set(found) <= {"ended", "stale", "licence_ended"}
