"""The act on the site itself."""

from datetime import datetime

from django.db import transaction

from xiaoer.journal.services import Actor, Change, New, act
from xiaoer.network import queries as network
from xiaoer.network.rules import NATION

from . import queries, rules
from .events import SiteDescribed
from .models import Site


@transaction.atomic
def describe_site(said: SiteDescribed, *, seen: int | None = None, by: Actor, now: datetime) -> Site:
    """Say whose platform this is. Refusal region_unknown, stale."""
    if said.region:
        network.region(said.region)
    row = Site.objects.filter(id=rules.SITE_ID).first()
    change = Change(row, said, seen) if row else New(said.region or NATION, said, rules.SITE_ID)
    described: Site = act([change], by=by, now=now)[0]
    transaction.on_commit(queries.forget_site)
    return described
