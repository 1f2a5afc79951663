"""What holds on a day."""

from datetime import date

from django.db.models import Q

from xiaoer.database.prepared import Given


def in_force(on: date | Given, *, of: str = "") -> Q:
    """Return the condition that a row with valid_from and valid_to holds on a day. of: path to that row, with __."""
    begun, ended = {f"{of}valid_from__lte": on}, {f"{of}valid_to__gt": on}
    return Q(**begun) & (Q(**{f"{of}valid_to": None}) | Q(**ended))
