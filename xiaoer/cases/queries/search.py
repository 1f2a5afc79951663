"""Finding cases at the desk: by number, by the applicant's exact name or document; within the officer's reach."""

from typing import Any

from django.db.models import Q

from xiaoer.journal.fields import blind_index
from xiaoer.kernel.codes import check_uscc
from xiaoer.people import queries as people
from xiaoer.people.rules import ID_KINDS, Officer, check_id, digits

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
    return _cases(officer, Q(applicant_index=blind_index(name.strip())))


def found_by_document(officer: Officer, number: str) -> list[Case]:
    """Return cases of the person or firm with exactly this number, newest first, for who holds the document."""
    number = number.strip().upper()
    shards = {post.region_code for post in officer.posts}
    kinds = [kind for kind in ID_KINDS if check_id(kind, number) is None]
    parties: list[Any] = [people.person_by_number(shards=shards, id_kind=kind, id_number=number) for kind in kinds]
    if check_uscc(number) is None:
        parties.append(people.firm_by_uscc(number))
    return _cases(officer, Q(applicant__in=[party.id for party in parties if party]))


def _cases(officer: Officer, where: Q) -> list[Case]:
    within = Q(pk__in=[])
    for post in officer.posts:
        within |= Q(shard__startswith=digits(post.region_code))
    found = Application.objects.filter(within, where).order_by("-received_at")
    places = list(found.values_list("shard", "id")[:MOST])
    cases = Case.objects.filter(shard__in={shard for shard, _ in places}, application__in=[one for _, one in places])
    return [case for case in cases.order_by("-received_on", "id") if may_read(officer, case)]
