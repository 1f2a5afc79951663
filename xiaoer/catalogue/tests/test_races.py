"""Who is first wins, the others are told."""

from tests.make import NOW, race
from xiaoer.catalogue import rules, services
from xiaoer.catalogue.models import ServiceVersion
from xiaoer.catalogue.tests import make
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal


def test_of_two_who_publish_at_once_one_is_told(fresh_database):
    draft = services.draft_service(make.said("food_licence"), by=SYSTEM, now=NOW)

    def publish(_: int) -> str:
        try:
            services.publish_service(ServiceVersion.objects.get(id=draft.id), valid_from=NOW, by=SYSTEM, now=NOW)
            return "published"
        except Refusal as refused:
            return refused.key

    outcomes = race(4, publish)
    assert outcomes.count("published") == 1 and set(outcomes) <= {"published", "stale", "version_not_draft"}
    assert rules.in_force(ServiceVersion.objects.get(), NOW)
