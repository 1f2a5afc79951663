"""The holder sees his own licences; anybody may check one, and sees no more than the public may."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from xiaoer.files import queries as files
from xiaoer.licences import rules, services
from xiaoer.licences.models import Licence
from xiaoer.notices import rules as notices
from xiaoer.notices.tests import make as papers
from xiaoer.people.models import Person
from xiaoer.people.tests import make as people

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


def held(person: Person) -> Licence:
    holder = rules.Holder("person", person.id, person.shard, person.name, person.id_number)
    licence = make.rendered(holder)
    services.note_holder(licence)
    return licence


def test_a_holder_sees_his_licences_and_nobody_elses(client, django_assert_max_num_queries):
    mine, other = people.person("王小明"), people.person("李小红")
    licence, hers = held(mine), held(other)
    client.force_login(mine.account)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("licences:mine")).content.decode()
    assert licence.number in page and hers.number not in page and "李小红" not in page


def test_a_holder_of_nothing_is_told_what_will_come(client):
    client.force_login(people.person().account)
    assert "办件办结后" in client.get(reverse("licences:mine")).content.decode()


def test_who_represents_a_firm_sees_its_licences(client):
    owner = people.person()
    firm = people.firm(owner)
    licence = make.rendered(rules.Holder("firm", firm.id, firm.shard, firm.name, firm.uscc))
    services.note_holder(licence)
    client.force_login(owner.account)
    assert licence.number in client.get(reverse("licences:mine")).content.decode()
    assert client.get(reverse("licences:file", args=[licence.code])).status_code == 200


@pytest.mark.parametrize("view", ["licences:licence", "licences:file"])
def test_a_licence_opens_for_its_holder_alone(client, view):
    mine, other = people.person("王小明"), people.person("李小红")
    address = reverse(view, args=[held(mine).code])
    assert client.get(address).status_code == 302
    client.force_login(other.account)
    assert client.get(address).status_code == 404
    client.force_login(mine.account)
    assert client.get(address).status_code == 200
    assert client.get(reverse(view, args=["nothing"])).status_code == 404


def test_the_holders_own_page_masks_the_number_and_the_file_is_whole(client):
    mine = people.person("王小明")
    licence = held(mine)
    client.force_login(mine.account)
    page = client.get(reverse("licences:licence", args=[licence.code])).content.decode()
    assert mine.id_number not in page and notices.parted(licence.code) in page
    answer = client.get(reverse("licences:file", args=[licence.code]))
    assert b"".join(answer.streaming_content) == files.content(licence.file)
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_not_made_yet_is_not_found(client):
    mine = people.person("王小明")
    licence = make.issued(rules.Holder("person", mine.id, mine.shard, mine.name, mine.id_number))
    client.force_login(mine.account)
    assert client.get(reverse("licences:file", args=[licence.code])).status_code == 404
    assert "正在制作" in client.get(reverse("licences:licence", args=[licence.code])).content.decode()


def test_anybody_checks_a_code_and_sees_the_person_masked(client):
    licence = make.rendered(make.PERSON)
    page = client.get(reverse("verify:paper", args=[licence.code])).content.decode()
    assert "张**" in page and "3604**********" in page and "有效" in page
    for personal in (make.PERSON.name, make.PERSON.code, "赤乌大道"):
        assert personal not in page
    assert "这不能证明什么" in page


@pytest.mark.parametrize("how", sorted(rules.ENDS))
def test_a_licence_that_was_ended_says_so_at_once(client, how):
    licence = make.rendered()
    services.revoke(licence, how=how, reason="以欺骗手段取得", law="行政许可法 69(2)", by=make.SYSTEM, now=make.NOW)
    answer = client.get(reverse("verify:paper", args=[licence.code]))
    page = answer.content.decode()
    assert rules.STATES[how].zh in page and "以欺骗手段取得" in page and "行政许可法 69(2)" in page
    assert "no-store" in answer["Cache-Control"]


def test_a_code_is_read_however_it_is_typed(client):
    licence = make.issued()
    typed = f" {notices.parted(licence.code).lower()} "
    answer = client.get(reverse("verify:page"), {"number": typed}, follow=True)
    assert licence.number in answer.content.decode()


def test_a_licence_is_found_by_identifier_and_by_printed_number(client):
    licence = make.issued(number="JY23604810001234")
    for number in (licence.identifier, licence.number):
        answer = client.get(reverse("verify:page"), {"number": number})
        assert answer["Location"] == reverse("verify:paper", args=[licence.code])
    again = make.issued(number="JY23604810001234")
    page = client.get(reverse("verify:page"), {"number": licence.number}).content.decode()
    assert licence.code in page and again.code in page


@pytest.mark.parametrize("typed", ["ABCD", "A" * 20, "一二三", "../../etc", "x" * 131, " ", "%00"])
def test_an_unknown_number_is_told_in_words_and_what_was_typed_stays(client, typed):
    answer = client.get(reverse("verify:page"), {"number": typed}, follow=True)
    page = answer.content.decode()
    assert answer.status_code in {200, 404} and "field-error" in page
    if typed.strip():
        assert typed.replace("%00", "%00")[:20] in page


def drop(client, content, name="证照.pdf"):
    return client.post(reverse("verify:page"), {"paper": SimpleUploadedFile(name, content)}).content.decode()


def test_the_original_file_is_recognised_and_one_changed_byte_is_not(client):
    licence = make.rendered()
    content = files.content(licence.file)
    assert "一个字节都不差" in drop(client, content, "改了名字.pdf")
    changed = bytearray(content)
    changed[len(content) // 3] ^= 1
    page = drop(client, bytes(changed))
    assert "签章以后内容被改过" in page and licence.number not in page
    make.revoked(licence)
    assert "已撤销" in drop(client, content)


def test_a_paper_is_recognised_without_saying_whose_it_is(client):
    issued = papers.issued("refusal")
    document = papers.services.attach_rendering(issued, papers.services.render(issued), now=papers.NOW)
    page = drop(client, files.content(document.file))
    assert "不予行政许可决定书" in page and document.number in page and papers.CASE["applicant"] not in page


@pytest.mark.parametrize("content", [b"%PDF-1.4 hello", b"MZ" * 100, b"\x89PNG"])
def test_any_other_file_is_told_to_be_no_original(client, content):
    assert "没有电子签名" in drop(client, content)


def test_no_file_and_an_empty_file_are_told_at_the_field(client):
    assert "请选择要核对的" in client.post(reverse("verify:page")).content.decode()
    assert "是空的" in drop(client, b"")


def test_machines_read_the_same(client):
    licence = make.rendered(make.PERSON)
    for address in (f"/api/verify/{licence.code}", f"/api/verify/sha256/{licence.digest}"):
        told = json.loads(client.get(address).content)
        assert (told["what"], told["state"], told["holder"], told["sha256"]) == (
            "licence", "valid", "张**", licence.digest,
        )  # fmt: skip
    make.revoked(licence)
    told = json.loads(client.get(f"/api/verify/{licence.code}").content)
    assert (told["state"], told["national_state"]) == ("revoked", "03")
    for unknown in ("ABCD", "0" * 20, "sha256/", "sha256/ff", f"sha256/{'0' * 64}"):
        assert client.get(f"/api/verify/{unknown}").status_code == 404


def test_the_authoritys_certificate_can_be_had(client):
    assert client.get(reverse("verify:authority")).content.startswith(b"-----BEGIN CERTIFICATE-----")
