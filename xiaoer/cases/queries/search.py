"""Finding cases at the desk: by number, or by the applicant's exact name; never outside the officer's reach."""

from xiaoer.journal.fields import blind_index
from xiaoer.people.rules import Officer

from ..models import Application, Case
from .desk import may_read

MOST = 20


def found_by_number(officer: Officer, number: str) -> list[Case]:
    """Return the cases of an application number or the case of a case number, as far as the officer may see them."""
    number = number.strip().upper()
    application = Application.objects.filter(shard=f"{number[:6]}000000", number=number).first()
    if application:
        cases = list(Case.objects.filter(shard=application.shard, application=application.id).order_by("id"))
    else:
        cases = list(Case.objects.filter(number=number)[:1])
    return [case for case in cases if may_read(officer, case)]


def found_by_applicant(officer: Officer, name: str) -> list[Case]:
    """Return cases of applicants with exactly this name in the regions of the officer's posts, newest first."""
    shards = {post.region_code for post in officer.posts}
    applications = Application.objects.filter(shard__in=shards, applicant_index=blind_index(name.strip()))
    ids = list(applications.order_by("-received_at").values_list("id", flat=True)[:MOST])
    cases = Case.objects.filter(shard__in=shards, application__in=ids).order_by("-received_on", "id")
    return [case for case in cases if may_read(officer, case)]
