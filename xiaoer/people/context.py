"""Who is acting, for the header of every page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from xiaoer.kernel import codes

from . import rules
from .models import Account


def identity(request: HttpRequest) -> dict[str, object]:
    """Return {identity: {name, role, switch_url}} for who is signed in. No query beyond what the door already asked."""
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return {}
    officer: rules.Officer | None = getattr(request, "officer", None)
    applicant: rules.Applicant | None = getattr(request, "applicant", None)
    if officer is not None and officer.posts:
        name, role = officer.name, _roles(officer)
    elif applicant is not None:
        name, role = applicant.name, ""
    else:
        name, role = account.name or codes.mask_phone(account.phone.removeprefix("+86")) or account.username, ""
    return {"identity": {"name": name, "role": role, "switch_url": reverse("people:me")}}


def _roles(officer: rules.Officer) -> str:
    english = (get_language() or "").startswith("en")
    names = dict.fromkeys(post.role for post in officer.posts)
    words = [rules.ROLES[name].en if english else rules.ROLES[name].zh for name in names]
    return (", " if english else "、").join(words)
