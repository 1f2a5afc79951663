"""The site: described once, changed with a trace, read from one place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.make import NOW
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry
from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal
from xiaoer.network.tests import make as network
from xiaoer.portal import queries, services
from xiaoer.portal.events import SiteDescribed
from xiaoer.portal.models import Site

pytestmark = pytest.mark.django_db
BY = Actor("operator-1")
SAID = SiteDescribed(network.COUNTY, "瑞昌办事", "Ruichang", "0792-4222222", "人民北路1号", "", "周六也开门。", "")


@pytest.fixture(autouse=True)
def forgotten():
    queries.forget_site()


def described(said=SAID, **values):
    return services.describe_site(said, by=BY, now=NOW, **values)


def test_before_anything_was_said_the_environment_names_the_site(settings):
    settings.SITE_NAME = "某地办事"
    assert queries.site().name == "某地办事"
    assert queries.stored_site() is None


def test_there_is_one_site_and_every_change_leaves_a_trace():
    network.regions()
    described()
    changed = described(replace(SAID, phone=""))
    assert (Site.objects.count(), changed.version, changed.phone) == (1, 2, "")
    assert Entry.objects.filter(name="site.described").count() == 2
    assert list(journal.differences("site")) == []


def test_who_did_not_see_the_last_change_is_told():
    network.regions()
    described()
    described(seen=1)
    with pytest.raises(Refusal) as refused:
        described(seen=1)
    assert refused.value.key == "stale"


def test_an_unknown_region_is_refused():
    with pytest.raises(Refusal) as refused:
        described(replace(SAID, region="999999000000"))
    assert refused.value.key == "region_unknown"


def test_the_site_is_read_once_and_anew_after_a_change(django_assert_num_queries, django_capture_on_commit_callbacks):
    network.regions()
    with django_assert_num_queries(1):
        queries.site()
        queries.site()
    with django_capture_on_commit_callbacks(execute=True):
        described()
    assert queries.site().name == "瑞昌办事"


def test_a_text_without_english_is_shown_in_chinese():
    network.regions()
    described()
    site = queries.site()
    assert (site.text("name", language="en"), site.text("name", language="zh-hans")) == ("Ruichang", "瑞昌办事")
    assert site.text("address", language="en") == "人民北路1号"


def test_the_site_is_kept_for_a_minute_only():
    assert timedelta(seconds=queries.KEPT_SECONDS) <= timedelta(minutes=1)
