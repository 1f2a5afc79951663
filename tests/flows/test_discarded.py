"""Files that left a draft are swept after some days, once nothing names them; never one that is in use."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.storage import default_storage

from tests.make import NOW, race
from xiaoer import flow
from xiaoer.cases import services
from xiaoer.cases.models import Draft, HeldFile, Requirement
from xiaoer.cases.tests import make, make_draft
from xiaoer.files import services as files
from xiaoer.files.models import StoredFile
from xiaoer.files.tests import make as stored
from xiaoer.journal import services as journal
from xiaoer.journal.models import Timer
from xiaoer.journal.services import SYSTEM

DUE = NOW + timedelta(days=7)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


@pytest.fixture
def bundle(db):
    make_draft.offered()
    return make_draft.bundle()


def put(draft: Draft, bundle, color="white") -> StoredFile:
    one = next(one for one in services.wanted_papers(bundle.offer, draft) if services.to_upload(one))
    services.put_paper(draft, one.material, make_draft.picture(color=color), by=SYSTEM, now=NOW)
    return StoredFile.objects.get(id=UUID(draft.papers[one.material.key]["file"]))


def key_of(draft: Draft) -> str:
    return next(iter(draft.papers))


def sweep(now=DUE) -> None:
    while journal.sweep(alarms=flow.ALARMS, now=now):
        pass


def there(file: StoredFile) -> bool:
    row = StoredFile.objects.filter(id=file.id).exists()
    assert row == default_storage.exists(file.path), "a row and its bytes go together"
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["remove", "replace", "discard"])
def test_what_leaves_a_draft_is_swept_after_the_days_of_the_setting(bundle, how):
    draft = make_draft.started(bundle)
    file = put(draft, bundle)
    assert not Timer.objects.filter(name=services.SWEEP_FILE).exists()
    if how == "remove":
        services.remove_paper(draft, key=key_of(draft), now=NOW)
    elif how == "replace":
        kept = put(draft, bundle, color="black")
    else:
        services.discard(draft, now=NOW)
    sweep(DUE - timedelta(seconds=1))
    assert there(file)
    sweep()
    assert not there(file) and not Timer.objects.filter(name=services.SWEEP_FILE).exists()
    assert not services.sweep_file(file.id, shard=file.shard, now=DUE), "often is as once"
    assert how != "replace" or there(kept)


@pytest.mark.django_db
def test_a_file_that_another_draft_holds_stays(bundle):
    first, second = make_draft.started(bundle), make_draft.started(bundle, make_draft.people.person("李小红"))
    file = put(first, bundle)
    assert put(second, bundle) == file
    services.discard(first, now=NOW)
    sweep()
    assert there(file)
    services.discard(second, now=DUE)
    sweep(DUE + timedelta(days=7))
    assert not there(file)


@pytest.mark.django_db
def test_what_a_case_was_handed_stays_even_after_another_took_its_place(bundle):
    draft = make_draft.complete(bundle)
    held = set(HeldFile.objects.values_list("file", flat=True))
    services.hand_in(
        draft, offered=bundle, applicant=make_draft.person_of(draft), seen=draft.version, now=NOW,
        calendar=make.calendar(),
    )  # fmt: skip
    assert held and not HeldFile.objects.exists()
    paper = Requirement.objects.exclude(file=None).first()
    file = StoredFile.objects.get(id=paper.file)
    services.let_go([file.id], shard=file.shard, now=NOW)
    sweep()
    assert there(file)
    for one in Requirement.objects.filter(file=file.id):
        services.provide(one, way="upload", file=stored.stored().id, by=SYSTEM, now=NOW)
    services.let_go([file.id], shard=file.shard, now=NOW)
    sweep()
    assert there(file), "the case's history names it"


@pytest.mark.django_db
def test_an_attached_file_stays():
    file = stored.stored()
    case = make.accepted()
    services.ask(
        case, side="officer", text="看图", by=make.REVIEWER, now=NOW, attached=[services.Attached(file, "图.pdf")]
    )
    services.let_go([file.id], shard=file.shard, now=NOW)
    sweep()
    assert there(file)


@pytest.mark.django_db
def test_what_was_stored_again_meanwhile_stays(bundle):
    draft = make_draft.started(bundle)
    file = put(draft, bundle)
    services.discard(draft, now=NOW)
    again = files.store(make_draft.picture(), shard=file.shard, by=SYSTEM, now=DUE - timedelta(hours=1))
    sweep()
    assert again.id == file.id and there(file)


def test_whoever_stores_the_same_bytes_at_the_same_instant_has_them(fresh_database):
    file = stored.stored(stored.pdf())

    def act(place: int) -> bool:
        if place:
            return files.remove(shard=file.shard, file=file.id, before=NOW)
        files.store(stored.upload(stored.pdf()), shard=file.shard, by=SYSTEM, now=DUE)
        return True

    race(2, act)
    row = StoredFile.objects.get(digest=file.digest)
    assert default_storage.exists(row.path)


@pytest.mark.django_db
def test_taking_away_what_is_not_there_is_no_fault():
    file = stored.stored()
    assert not files.remove(shard=file.shard, file=file.id, before=NOW - timedelta(days=1)), "too young"
    assert files.remove(shard=file.shard, file=file.id, before=NOW)
    assert not files.remove(shard=file.shard, file=file.id, before=NOW)
