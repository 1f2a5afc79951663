"""Ways out of the platform: real ones and stand-in are held to one contract."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from xiaoer.journal.models import Delivery
from xiaoer.journal.services import SYSTEM, deliver, dispatch
from xiaoer.notices import handlers, rules, services
from xiaoer.notices.services import channels, sms
from xiaoer.people.sign_in import CodesNotSent
from xiaoer.people.tests import make as people

PHONE, MISSING, BUSY = "+8613900137000", "+8613900130001", "+8613900130002"
FLOW = {"message.written": [("notices.sms", handlers.SEND_SMS)]}


@pytest.fixture(autouse=True)
def sink(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def letter(**more) -> rules.Letter:
    words = rules.Words("食品经营许可已受理", "最晚“3月17日”前办结。")
    said = {"words": words, "to": "a@example.com", "channel": "email", "at": NOW, **more}
    return rules.Letter(id=uuid4(), link="http://localhost:8000/cases/1/", **said)


def mailed(request) -> Iterator[tuple[str, str, str]]:
    for to, one in request.getfixturevalue("mailbox").received:
        yield one["Message-ID"].strip("<>").partition("@")[0], to, f"{one['Subject']} {one.get_content()}"


def texted(request) -> Iterator[tuple[str, str, str]]:
    for one in request.getfixturevalue("gateway").received():
        yield one["uid"], f"+86{one['mobile']}", one["content"]


def kept(request) -> Iterator[tuple[str, str, str]]:
    for path, one in zip((channels.settings.VAR_DIR / "sink").glob("*.json"), channels.sunk(), strict=True):
        yield path.stem.rpartition("-")[0], one["to"], f"{one['title']} {one['body']} {one['link']}"


WAYS = {
    "mail": (channels.Smtp, "email", "a@example.com", mailed), "gateway": (sms.Gateway, "sms", PHONE, texted),
    "stand-in": (channels.Sink, "sms", PHONE, kept),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_channel_brings_the_whole_letter_to_its_reader_and_twice_is_still_one(way, request, mailbox, gateway):
    channel, name, to, received = WAYS[way]
    sent = letter(to=to, channel=name)
    for _ in range(2):
        channel().send(sent)
    ((identity, reader, text),) = {*received(request)}
    assert (identity, reader) == (str(sent.id), to)
    assert text.split() == f"{sent.words.title} {sent.words.body} {sent.link}".split()


def test_mail_that_may_not_have_left_raises_so_that_it_is_tried_again(mailbox):
    mailbox.refuse = True
    with pytest.raises(OSError, match="try later"):
        channels.Smtp().send(letter())


def test_a_line_break_in_a_title_makes_no_header(mailbox):
    channels.Smtp().send(letter(words=rules.Words("a\r\nBcc: b@example.com", "x")))
    assert mailbox.received[0][1]["Bcc"] is None


@pytest.mark.parametrize("ending", ["0002", "0003", "0004", "0005", "0006"])
def test_a_text_message_that_may_not_have_left_raises_without_saying_whose_it_is(gateway, ending):
    with pytest.raises(sms.NotSent) as fault:
        sms.Gateway().send(letter(to=f"+861390013{ending}", channel="sms"))
    told = f"{fault.value!r} {fault.value.__cause__} {fault.value.__suppress_context__ or fault.value.__context__}"
    assert ending not in told and "食品" not in told
    assert gateway.received() == []


def test_a_gateway_that_is_not_there_and_a_wrong_key_raise_as_well(settings, gateway):
    settings.SMS = {**settings.SMS, "secret": "another"}
    with pytest.raises(sms.NotSent, match="401"):
        sms.Gateway().send(letter(to=PHONE, channel="sms"))
    settings.SMS = {**settings.SMS, "url": "http://127.0.0.1:9/"}
    with pytest.raises(sms.NotSent, match="not reached"):
        sms.Gateway().send(letter(to=PHONE, channel="sms"))


def test_a_number_that_does_not_exist_is_not_tried_again_and_stands_in_no_log(gateway, caplog):
    with caplog.at_level(logging.INFO):
        sms.Gateway().send(letter(to=MISSING, channel="sms"))
    assert "refuses message" in caplog.text
    assert "0001" not in caplog.text.replace("1001", "") and "食品" not in caplog.text


def test_words_are_put_into_json_as_words(gateway):
    sent = letter(to=PHONE, channel="sms", words=rules.Words('a"}, "mobile": "{secret}', "{user}\\"))
    sms.Gateway().send(sent)
    ((_, to, text),) = [(one["uid"], one["mobile"], one["content"]) for one in gateway.received()]
    assert to == "13900137000" and text.startswith('a"}, "mobile": "{secret} {user}\\')


@pytest.mark.parametrize(
    ("answer", "condition", "said"),
    [
        ({"code": 0}, "code=0", True),
        ({"result": {"status": "OK"}}, "result.status=OK,DONE", True),
        ({"code": 10}, "code=0,1", False),
        ({"code": 0}, "", False),
        ([0], "code=0", False),
        (None, "code=None", False),
    ],
)
def test_an_answer_is_understood_by_its_path_and_values(answer, condition, said):
    assert sms.says(answer, condition) is said


def test_the_signature_is_written_as_the_gateway_wants_it(settings):
    words = {"user": "key", "text": "The quick brown fox jumps over the lazy dog"}
    told = {**settings.SMS, "secret": "key", "signed": "{text}"}
    hexed = sms.signature(sms.Terms(**{**told, "signing": "sha256-hex"}), words)
    assert hexed == "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    assert sms.signature(sms.Terms(**{**told, "signing": "sha1-base64"}), words) == "3nybhbi3iqa8ino29wqQcBydtNk="


@pytest.mark.django_db
def test_a_busy_gateway_is_tried_again_by_the_journal(settings, gateway):
    settings.MESSAGE_CHANNELS = {**settings.MESSAGE_CHANNELS, "sms": "xiaoer.notices.services.sms.Gateway"}
    account = people.person().account
    account.set_phone(BUSY, verified=True)
    account.save()
    services.write("notices.paper", account=account, subject=uuid4(), params=PAPER, link="/", by=SYSTEM, now=NOW)
    dispatch(flow=FLOW, now=NOW)
    deliver(flow=FLOW, now=NOW)
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.attempts) == ("waiting", 1) and "503" in waiting.error
    assert BUSY[3:] not in waiting.error and PAPER["matter"] not in waiting.error
    account.set_phone(PHONE, verified=True)
    account.save()
    deliver(flow=FLOW, now=NOW + timedelta(minutes=1))
    assert Delivery.objects.get().state == "done" and len(gateway.received()) == 1


PAPER = {"paper": "受理通知书", "paper_en": "notice of acceptance", "matter": "探针许可", "organ": "瑞昌市行政审批局"}


def test_a_sign_in_code_goes_by_the_gateway_and_a_failure_is_told(gateway, caplog):
    sms.send_code(PHONE, "246810")
    assert "246810" in gateway.received()[0]["content"]
    for phone in (MISSING, BUSY):
        with pytest.raises(CodesNotSent):
            sms.send_code(phone, "135790")
    assert "135790" not in caplog.text and MISSING[3:] not in caplog.text


@pytest.mark.django_db
def test_who_signs_in_while_the_gateway_is_away_reads_it_at_once(settings, gateway):
    settings.CODE_SENDER = "xiaoer.notices.services.sms.send_code"
    account = people.account()
    account.set_phone(BUSY, verified=True)
    account.save()
    answer = Client().post(reverse("account_request_login_code"), {"phone": BUSY})
    assert answer.status_code == 503 and "短信" in answer.content.decode()
