"""The way to a payment provider: the adapter that settings.PAYMENT names, or none."""

from django.conf import settings
from django.utils.module_loading import import_string

from ..rules.fees import Adapter


def adapter() -> Adapter | None:
    """Return the adapter in use; None where nothing can be paid online."""
    found: Adapter | None = import_string(settings.PAYMENT) if settings.PAYMENT else None
    return found
