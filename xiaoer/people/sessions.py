"""Sessions in a table of our own, each read together with its account: one question where Django asks two.

What ends a session stays Django's: signing out, its age, another password (whose hash stands in the session) and an
account that is no longer active (docs/decisions/0014). What it is worth fades sooner: for officers, and before acts of
weight.
"""

import json
import time
from typing import Any, cast
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, DateTimeField, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from xiaoer.database.prepared import Given, Prepared
from xiaoer.journal.fields import UnknownKey, seal, unseal

from .models import Account, Session

SEEN = "people.seen"
NOTED = 60
"""Seconds after which a session notes again that somebody is there."""
COLUMNS = [field.attname for field in Account._meta.concrete_fields]


def _session_with_account() -> QuerySet[Any, Any]:
    found = Session.objects.filter(session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField()))
    return found.values_list("session_data", "account", *(f"account__{name}" for name in COLUMNS))


_SESSION = Prepared(_session_with_account)


class FreshProofNeeded(Exception):
    """What is asked needs a proof of identity from the last minutes. how: factor, password or code."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class SessionStore(db.SessionStore):
    """Django's sessions in the database. account: who is signed in, once the session has been read.

    They lie there as JSON that is sealed: of who signs in or registers allauth keeps number and code in them. What was
    sealed cannot be altered unseen, so that Django's signature around it would say nothing more.
    """

    account: Account | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.account_id = data.get(SESSION_KEY)
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal(json.dumps(session_dict, separators=(",", ":")))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what a session holds: nothing when it was altered, or sealed with a key that is gone."""
        try:
            found: dict[str, Any] = json.loads(unseal(str(session_data)))
        except (InvalidTag, UnknownKey, ValueError):
            return {}
        return found

    def load(self) -> dict[str, Any]:
        """Return what the session holds; one that is over or was never ours loses its key."""
        rows = _SESSION.rows(key=self.session_key, now=timezone.now())  # noqa: TID251 - a browser's time, not a case's
        if not rows:
            self._session_key = None
            return {}
        kept, account, *values = rows[0]
        self.account = Account.from_db(DEFAULT_DB_ALIAS, COLUMNS, values) if account else None
        return self.decode(kept)


class Backend(AuthenticationBackend):
    """allauth's ways to sign in."""

    def get_user(self, user_id: UUID) -> Any:
        """Return an active account, None for any other; that of this request's session has been read with it."""
        known = getattr(getattr(context.request, "session", None), "account", None)
        if known is not None and known.pk == user_id:
            return known if self.user_can_authenticate(known) else None
        return super().get_user(user_id)


def patience(request: HttpRequest) -> int:
    """Return how much longer a form that is sent is waited for than a page that is opened: nothing typed is lost."""
    return 1 if request.method in {"GET", "HEAD"} else 4


def factor_holds(request: HttpRequest, account: Account) -> bool:
    """Whether a second factor was used in this session within settings.STAFF_HOURS, without a pause of STAFF_IDLE."""
    records = get_authentication_records(request, account)
    used = max((record["at"] for record in records if record["method"] == "mfa"), default=0.0)
    present = time.time()  # the clock of allauth's records, which no demonstration moves
    idle = present - max(used, request.session.get(SEEN, 0.0))
    if present - used > settings.STAFF_HOURS * 3600 or idle > settings.STAFF_IDLE * 60 * patience(request):
        return False
    if idle > NOTED:
        request.session[SEEN] = present
    return True


def prove_lately(request: HttpRequest, account: Account, *, factor: bool) -> None:
    """Go on only when somebody proved within settings.FRESH_MINUTES who he is: before what could lock an owner out or
    give power. factor: only a second factor counts. Raises FreshProofNeeded.
    """
    since = time.time() - settings.FRESH_MINUTES * 60 * patience(request)
    records = get_authentication_records(request, account)
    if any(record["at"] > since and (record["method"] == "mfa" or not factor) for record in records):
        return
    if Authenticator.objects.filter(user=account.id).exists():
        raise FreshProofNeeded("factor")
    raise FreshProofNeeded("password" if account.has_usable_password() else "code")
