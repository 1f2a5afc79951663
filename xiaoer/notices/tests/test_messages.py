"""Messages: written once, read by their reader alone, brought out by every channel that he chose."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.make import NOW
from xiaoer.journal.models import Delivery
from xiaoer.journal.queries import differences, entries
from xiaoer.journal.services import SYSTEM, deliver, dispatch
from xiaoer.kernel.refusal import Refusal
from xiaoer.notices import handlers, queries, rules, services
from xiaoer.notices.models import Message
from xiaoer.notices.services import channels
from xiaoer.people.tests import make as people

KIND = "test.accepted"
rules.message_kind(
    KIND,
    title=("{matter}已受理", "{matter} was accepted"),
    body=("最晚 {due} 前办结。", "It will be decided by {due}."),
)
PARAMS = {"matter": "食品经营许可", "due": "3月17日"}
FLOW = {"message.written": [("notices.sms", handlers.SEND_SMS), ("notices.email", handlers.SEND_EMAIL)]}


@pytest.fixture(autouse=True)
def sink(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def written(account, *, link="/cases/1/", now=NOW, **params) -> Message:
    return services.write(
        KIND, account=account, subject=uuid4(), params={**PARAMS, **params}, link=link, by=SYSTEM, now=now
    )


def run() -> None:
    dispatch(flow=FLOW, now=NOW)
    deliver(flow=FLOW, now=NOW)


@pytest.mark.django_db
def test_a_message_goes_to_the_inbox_and_by_text_message_unless_chosen_otherwise():
    account = people.person().account
    written(account)
    run()
    (kept,) = channels.sunk()
    assert (kept["channel"], kept["to"], kept["title"]) == ("sms", account.phone, "食品经营许可已受理")
    services.prefer(account, sms=False, email=True, address="a@example.com")
    written(account)
    services.prefer(account, sms=False, email=False, address="")
    written(account)
    run()
    assert sorted(one["channel"] for one in channels.sunk()) == ["sms"]
    assert len(queries.inbox(account, language="zh-hans")) == 3


@pytest.mark.django_db
def test_mail_goes_to_the_address_that_the_person_entered_in_his_language(settings, mailbox):
    settings.MESSAGE_CHANNELS = {**settings.MESSAGE_CHANNELS, "email": "xiaoer.notices.services.channels.Smtp"}
    account = people.person().account
    account.language = "en"
    account.save()
    services.prefer(account, sms=False, email=True, address="a@example.com")
    written(account)
    run()
    ((to, mail),) = mailbox.received
    assert (to, mail["Subject"]) == ("a@example.com", "食品经营许可 was accepted")


@pytest.mark.django_db
def test_a_channel_that_fails_is_tried_again_with_the_same_message_id(settings, mailbox):
    settings.MESSAGE_CHANNELS = {**settings.MESSAGE_CHANNELS, "email": "xiaoer.notices.services.channels.Smtp"}
    account = people.person().account
    services.prefer(account, sms=True, email=True, address="a@example.com")
    message = written(account)
    mailbox.refuse = True
    run()
    assert Delivery.objects.get(handler="notices.email").error.startswith("SMTPSenderRefused at ")
    assert len(list(channels.sunk())) == 1, "the other channel does not wait"
    mailbox.refuse = False
    deliver(flow=FLOW, now=NOW + timedelta(minutes=1))
    assert [mail["Message-ID"] for _, mail in mailbox.received] == [f"<{message.id}@localhost>"]


@pytest.mark.django_db
def test_what_a_message_says_is_sealed_and_the_row_is_its_fold():
    message = written(people.person().account, matter="王小明的许可")
    assert "王小明" not in str(entries(shard=message.shard, subject=message.id)[0].data)
    assert json.loads(Message.objects.get().params)["matter"] == "王小明的许可"
    assert not list(differences("message"))


@pytest.mark.django_db
@pytest.mark.parametrize("link", ["http://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
def test_a_message_never_leads_out_of_the_platform(link):
    with pytest.raises(ValueError, match="leads"):
        written(people.person().account, link=link)


@pytest.mark.django_db
def test_a_message_whose_words_are_not_filled_or_unknown_is_an_error():
    account = people.person().account
    for kind, params in ((KIND, {}), ("nobody.registered", PARAMS)):
        with pytest.raises(KeyError):
            services.write(kind, account=account, subject=uuid4(), params=params, by=SYSTEM, now=NOW)
    assert not Message.objects.exists()
    with pytest.raises(ValueError, match="twice"):
        rules.message_kind(KIND, title=("另", "other"), body=("", ""))


def test_erased_params_read_as_blanks():
    assert rules.words(KIND, params="", language="zh-hans") == rules.Words("已受理", "最晚  前办结。")


@pytest.mark.django_db
def test_the_inbox_shows_ones_own_messages_and_remembers_what_was_read(client, django_assert_max_num_queries):
    mine, other = people.person().account, people.person("李小红").account
    message = written(mine)
    hers = written(other, matter="烟草专卖")
    client.force_login(mine)
    with django_assert_max_num_queries(6):
        page = client.get(reverse("notices:inbox")).content.decode()
    assert "食品经营许可已受理" in page and "未读" in page and "烟草专卖" not in page
    assert client.post(reverse("notices:follow", args=[hers.id])).status_code == 404
    assert client.post(reverse("notices:follow", args=[message.id]))["Location"] == "/cases/1/"
    assert "未读" not in client.get(reverse("notices:inbox")).content.decode()
    assert queries.unread(other) == [hers]


@pytest.mark.django_db
def test_all_messages_are_marked_read_at_once_and_older_ones_are_a_page_away(client):
    account = people.person().account
    for number in range(22):
        written(account, matter=f"第{number}件")
    client.force_login(account)
    page = client.get(reverse("notices:inbox")).content.decode()
    assert "第21件" in page and "第2件" in page and "第1件" not in page
    older = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(reverse("notices:inbox") + older).content.decode()
    assert "第1件" in second and "第0件" in second and "第2件" not in second
    client.post(reverse("notices:read_all"))
    assert queries.unread(account) == []
    assert client.get(reverse("notices:inbox") + "?before=x").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "on", "address": ""}, "请填写收信的邮箱地址"),
        ({"email": "on", "address": "nobody"}, "name@example.com"),
    ],
)
def test_a_wrong_address_is_told_at_the_field_and_stays_typed(client, typed, told):
    client.force_login(people.person().account)
    page = client.post(reverse("notices:preferences"), {**typed, "seen": 0}).content.decode()
    assert told in page and (not typed["address"] or f'value="{typed["address"]}"' in page)


@pytest.mark.django_db
def test_preferences_are_kept_for_the_one_who_chose_them(client):
    mine, other = people.person().account, people.person("李小红").account
    client.force_login(mine)
    client.post(reverse("notices:preferences"), {"email": "on", "address": "a@example.com", "seen": 0})
    assert queries.channels_of(mine) == ["inbox", "email"]
    assert queries.channels_of(other) == ["inbox", "sms"]
    with pytest.raises(Refusal, match="email_missing"):
        services.prefer(other, sms=True, email=True, address="")


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["notices:inbox", "notices:preferences"])
def test_nobody_is_led_to_sign_in(client, view):
    assert reverse("account_login") in client.get(reverse(view))["Location"]
