"""Bytes are stored once, attached with an entry, and taken back once."""

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.test import RequestFactory

from tests.make import NOW, race
from xiaoer.files import queries, rules, services
from xiaoer.files.models import Attachment, StoredFile
from xiaoer.files.services.limit import SizeLimit
from xiaoer.journal.queries import differences, entries
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal

from . import make


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


def attached(title: str = "执照.pdf") -> Attachment:
    return services.attach(make.stored(), subject=uuid4(), kind="营业执照", title=title, by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once_in_a_shard():
    first, again, elsewhere = make.stored(), make.stored(), make.stored(shard="360482000000")
    assert first.id == again.id != elsewhere.id
    assert queries.content(first) == make.pdf()
    assert default_storage.listdir(f"{make.SHARD}/{first.digest[:2]}") == ([], [first.digest])


@pytest.mark.django_db
def test_what_is_refused_leaves_no_row_and_no_bytes():
    with pytest.raises(Refusal):
        services.store(make.upload(b"MZ" + b"\0" * 90), shard=make.SHARD, by=SYSTEM, now=NOW)
    assert not StoredFile.objects.exists() and not default_storage.exists(make.SHARD)


@pytest.mark.django_db
def test_an_attachment_is_journalled_with_its_digest_and_its_title_is_personal():
    found = attached("张三的执照.pdf")
    (entry,) = entries(shard=make.SHARD, subject=found.id)
    assert entry.data["digest"] == found.digest
    assert "张三" not in str(entry.data) and Attachment.objects.get().title == "张三的执照.pdf"
    assert not list(differences("attachment"))


@pytest.mark.django_db
def test_an_attachment_is_withdrawn_once_and_then_nobody_finds_it():
    found = attached()
    stale = Attachment.objects.get()
    services.withdraw(found, reason="传错了", by=SYSTEM, now=NOW)
    assert queries.attachments(shard=make.SHARD, subject=found.subject) == []
    assert queries.file_for(shard=make.SHARD, attachment=found.id, may_read=lambda _: True) is None
    for late in (found, stale):
        with pytest.raises(Refusal):
            services.withdraw(late, reason="再来", by=SYSTEM, now=NOW)
    assert not list(differences("attachment"))


@pytest.mark.django_db
def test_a_file_comes_only_when_the_owning_app_lets_the_reader_in():
    found = attached()
    asked = []
    assert queries.file_for(shard=make.SHARD, attachment=found.id, may_read=lambda a: asked.append(a.subject)) is None
    assert asked == [found.subject]
    assert queries.file_for(shard=make.SHARD, attachment=found.id, may_read=lambda _: True) == found
    assert queries.file_for(shard="360482000000", attachment=found.id, may_read=lambda _: True) is None


@pytest.mark.django_db
def test_attachments_of_many_subjects_take_one_query(django_assert_num_queries):
    first, second = attached(), attached()
    with django_assert_num_queries(1):
        found = queries.attachments_of(shard=make.SHARD, subjects=[first.subject, second.subject, uuid4()])
    assert sorted(len(rows) for rows in found.values()) == [0, 1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "inline", "disposition", "sandboxed"),
    [
        (make.pdf(), True, "inline", False),
        (make.pdf(), False, "attachment", True),
        (make.picture("PNG"), True, "inline", True),
        (make.docx(), True, "attachment", True),
    ],
)
def test_a_file_is_sent_so_that_no_browser_runs_it(content, inline, disposition, sandboxed):
    answer = queries.send(make.stored(content), title='张三"\r\n.html', inline=inline)
    assert answer["Content-Disposition"].startswith(f"{disposition}; filename*=UTF-8''%E5%BC%A0%E4%B8%89.")
    assert answer["X-Content-Type-Options"] == "nosniff" and "private" in answer["Cache-Control"]
    assert ("sandbox" in answer["Content-Security-Policy"]) is sandboxed
    assert b"".join(answer.streaming_content) == content


def test_eight_who_store_the_same_bytes_at_once_all_get_the_one_row(fresh_database):
    found = race(8, lambda _: make.stored().id)
    assert len(set(found)) == 1 and StoredFile.objects.count() == 1
    assert len(default_storage.listdir(f"{make.SHARD}/{StoredFile.objects.get().digest[:2]}")[1]) == 1


def test_an_upload_past_the_limit_is_cut_off_a_little_above_it(settings):
    chunk = SizeLimit.chunk_size
    handler = SizeLimit(RequestFactory().post("/"))
    kept = [start for start in range(0, 2 * rules.MAX_SIZE, chunk) if handler.receive_data_chunk(b"x", start)]
    assert rules.MAX_SIZE <= max(kept) <= rules.MAX_SIZE + chunk
    assert settings.FILE_UPLOAD_HANDLERS[0].endswith("SizeLimit")


@pytest.mark.django_db
def test_an_upload_that_was_cut_off_is_told_that_it_is_too_large():
    upload = make.upload(b"%PDF-")
    upload.size = rules.MAX_SIZE + 1
    with pytest.raises(Refusal) as refused:
        services.store(upload, shard=make.SHARD, by=SYSTEM, now=NOW)
    assert refused.value.params == {"limit": 20}
