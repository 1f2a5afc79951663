"""The demonstration's page of one-time codes; it does not exist anywhere else."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from ..sign_in import SHOWN

PERIOD = 30


@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """Show the codes sent lately, and the present code of every demonstration officer's second factor."""
    if not settings.DEMO:
        raise Http404
    factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user").order_by("id")[:100]
    moment = int(time.time())
    rows = [(factor.user, _code(factor, moment)) for factor in factors]
    return render(
        request,
        "people/demo_codes.html",
        {"sent": cache.get(SHOWN, []), "rows": rows, "left": PERIOD - moment % PERIOD},
    )


def _code(factor: Authenticator, moment: int) -> str:
    secret = decrypt(TOTP(factor).instance.data["secret"])
    return format_hotp_value(hotp_value(secret, moment // PERIOD))
