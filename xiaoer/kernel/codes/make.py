"""Codes made from their parts. What is made passes its own check, or a Refusal is raised that says why not."""

from collections.abc import Callable
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_37_36

from xiaoer.kernel.codes import check
from xiaoer.kernel.refusal import Refusal


def make_uscc(first: str) -> str:
    """A credit code from its first 17 characters (for synthetic organs)."""
    bare = check.wrong_length(first, 17) or check.wrong_characters(first, (check.USCC_ALPHABET, 17))
    if bare:
        raise bare
    return _checked(first + uscc.calc_check_digit(first), check.check_uscc)


def make_resident_id(division: str, *, born: date, sequence: int) -> str:
    """An identity number from division (6 digits), birth date and sequence 0-999 (for synthetic persons)."""
    first = f"{division}{born:%Y%m%d}{sequence:03d}"
    bare = check.wrong_length(first, 17) or check.wrong_characters(first, (check.DIGITS, 17))
    if bare:
        raise bare
    return _checked(first + ric.calc_check_digit(first + "0"), check.check_resident_id)


def make_service_code(organ: str, *, level: int, base: str, handle: str = "") -> str:
    """A service code from the organ's credit code, level 1-6, base code (12) and, for a part, its two digits."""
    return _checked(f"{organ}{level}{base}{handle}", check.check_service_code)


def make_case_number(service: str, *, on: date, sequence: int) -> str:
    """A case number: service code (31), day, and the service's sequence of that day, from 1, wider when needed."""
    return _checked(f"{service}{on:%Y%m%d}{sequence:04d}", check.check_case_number)


def make_application_number(county: str, *, on: date, sequence: int) -> str:
    """An application number: county (6 digits), day, and the county's sequence of that day, 1-999999."""
    first = f"{county}{on:%Y%m%d}{sequence:06d}"
    bare = check.wrong_length(first, 20) or check.wrong_characters(first, (check.DIGITS, 20))
    if bare:
        raise bare
    return _checked(first + mod_37_36.calc_check_digit(first), check.check_application_number)


def certificate_id(kind: str, *, issuer: str, sequence: str, version: int = 1) -> str:
    """A certificate identifier: type code (credit code and 3 digits), issuer, sequence, version 1-999.

    A change keeps the sequence and takes the next version.
    """
    middle = (kind, issuer, sequence, f"{version:03d}")
    bare = check.wrong_characters("".join(middle), (check.ALPHANUMERIC, len("".join(middle))))
    if bare:
        raise bare
    parts = (check.CERTIFICATE_ROOT, *middle, mod_37_36.calc_check_digit("".join(middle)))
    return _checked(".".join(parts), check.check_certificate_id)


def _checked(code: str, rule: Callable[[str], Refusal | None]) -> str:
    wrong = rule(code)
    if wrong:
        raise wrong
    return code
