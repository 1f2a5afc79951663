"""Posts and resets, to those who manage them; who holds a permission, to the machinery of other apps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q

from xiaoer.network import queries as network

from .. import rules
from ..models import Account, FactorReset, Post
from .held import in_force


@dataclass(frozen=True)
class StaffRow:
    """One post in the staff list."""

    post: Post
    account: Account
    organ_name: str
    factor: bool


def staff_for(
    officer: rules.Officer, *, on: date, words: str = "", after: UUID | None = None, limit: int = 50
) -> list[StaffRow]:
    """Return the posts an administrator may manage: of his organ and those below it, an operator's of his region.

    words: part of the name, of the login or of the organ's name; all when empty.
    """
    found = Post.objects.filter(in_force(on), _managed(officer)).select_related("account", "organ").order_by("id")
    if words:
        known = Q(account__name__icontains=words) | Q(account__username__icontains=words)
        found = found.filter(known | Q(organ__short_name__icontains=words) | Q(organ__name__icontains=words))
    if after is not None:
        found = found.filter(id__gt=after)
    posts = list(found[:limit])
    enrolled = set(
        Authenticator.objects.filter(user__in=[post.account_id for post in posts]).values_list("user", flat=True)
    )
    return [StaffRow(post, post.account, post.organ.short_name, post.account_id in enrolled) for post in posts]


def _managed(officer: rules.Officer) -> Q:
    reach = Q(pk__in=[])
    for post in rules.posts_with(officer, "people.staff"):
        reach |= Q(organ__path__startswith=post.organ_path)
    for post in rules.posts_with(officer, "people.staff_anywhere"):
        reach |= Q(organ__region_code__startswith=rules.digits(post.region_code))
    return reach


def may_manage(officer: rules.Officer, *, organ_path: str, region: str) -> bool:
    """Whether an administrator may change the staff of an organ."""
    return rules.may(officer, "people.staff", organ_path=organ_path) or rules.may(
        officer, "people.staff_anywhere", region=region
    )


def post_for(officer: rules.Officer, identity: UUID) -> Post | None:
    """Return a post to an administrator who may manage it, else None."""
    found = Post.objects.filter(_managed(officer), id=identity).select_related("account", "organ")
    return found.first()


def manageable_organs(officer: rules.Officer, *, on: date) -> list[network.Organ]:
    """Return the organs whose staff an administrator may manage."""
    found: dict[UUID, network.Organ] = {}
    for post in rules.posts_with(officer, "people.staff"):
        found.update({one.id: one for one in network.branch(post.organ_path, on=on)})
    for post in rules.posts_with(officer, "people.staff_anywhere"):
        found.update({one.id: one for one in network.organs_in(post.region_code, deep=True, on=on)})
    return list(found.values())


def posts_of(account_id: UUID, *, on: date) -> list[Post]:
    """Return the posts of an account that hold on a day, with their organs."""
    return list(Post.objects.filter(in_force(on), account=account_id).select_related("organ").order_by("id"))


def holding(permission: str, *, organ: UUID, service: str, on: date) -> list[Account]:
    """Return the accounts whose post in an organ gives a permission for a service on a day: whom another app tells."""
    found = Post.objects.filter(
        in_force(on), role__in=rules.PERMISSIONS[permission].roles, organ=organ, account__is_active=True
    )
    posts = found.select_related("account").order_by("id")
    held = {post.account_id: post.account for post in posts if not post.services or service in post.services}
    return list(held.values())


def names_of(identities: Iterable[str]) -> dict[str, str]:
    """Return the display names of officers by account id, for timelines. Persons have none here."""
    wanted = [one for one in set(identities) if len(one) == 36]
    return {
        str(pk): name for pk, name in Account.objects.filter(id__in=wanted).exclude(name="").values_list("id", "name")
    }


def resets_for(officer: rules.Officer) -> list[FactorReset]:
    """Return the open resets of second factors that an administrator may decide or sees as his own."""
    found = FactorReset.objects.filter(_managed(officer), outcome="").select_related("account", "organ")
    return list(found.order_by("id")[:50])


def reset_for(officer: rules.Officer, identity: UUID) -> FactorReset | None:
    """Return one reset, open or decided, to an administrator who manages the post's organ, else None."""
    return FactorReset.objects.filter(_managed(officer), id=identity).select_related("account", "organ").first()
