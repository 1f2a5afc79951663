"""Whether a code is well made, and what it says by itself."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_37_36

from xiaoer.kernel import refusal
from xiaoer.kernel.codes.sentences import SENTENCES
from xiaoer.kernel.refusal import Refusal

refusal.register(SENTENCES)

DIGITS = "0123456789"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# GB 32100-2015: without I, O, S, V, Z, which are mistaken for digits.
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LEVELS = "123456"
SEQUENCE_AT_LEAST = 4
CERTIFICATE_ROOT = "1.2.156.3005.2"
CERTIFICATE_PARTS = {
    "type": re.compile(r"[0-9A-Z]{18}[0-9]{3}"),
    "issuer": re.compile(r"[0-9A-Z]{18}|[0-9]{6}|[0-9]{12}"),
    "sequence": re.compile(r"[0-9A-Z]{1,40}"),
    "version": re.compile(r"[0-9]{3}"),
    "check": re.compile(r"[0-9A-Z]"),
}


class ServiceParts(NamedTuple):
    """A service code taken apart; `handle` is empty for 31 characters."""

    organ: str
    level: str
    base: str
    handle: str


def check_uscc(code: str) -> Refusal | None:
    """统一社会信用代码, GB 32100-2015. Keys: length, characters, check_character."""
    return (
        wrong_length(code, 18)
        or wrong_characters(code, (USCC_ALPHABET, 2), (DIGITS, 6), (USCC_ALPHABET, 10))
        or _unless(code[17] == uscc.calc_check_digit(code[:17]))
    )


def check_resident_id(code: str) -> Refusal | None:
    """公民身份号码, GB 11643-1999; unknown divisions pass. Keys: old_id, length, characters, date, check_character."""
    if len(code) == 15 and code.isascii() and code.isdigit():
        return Refusal("codes.old_id")
    code = normal_resident_id(code)
    return (
        wrong_length(code, 18)
        or wrong_characters(code, (DIGITS, 17), (DIGITS + "X", 1))
        or _wrong_date(code[6:14])
        or _unless(code[17] == ric.calc_check_digit(code))
    )


def normal_resident_id(code: str) -> str:
    """The number as stored: a lower-case x at the end is the X of the card."""
    return code[:-1] + "X" if code.endswith("x") else code


def birth_date(code: str) -> date:
    """The birth date in an identity number that has passed its check."""
    return date(int(code[6:10]), int(code[10:12]), int(code[12:14]))


def sex(code: str) -> Literal["female", "male"]:
    """The sex in an identity number that has passed its check: the 17th digit, odd for male (GB 11643-1999)."""
    return "male" if int(code[16]) % 2 else "female"


def check_service_code(code: str) -> Refusal | None:
    """实施编码 (31) or 业务办理项编码 (33). Keys: length, organ, level, characters.

    Whether level and base code fit the organ and the catalogue is for the catalogue to say.
    """
    if len(code) not in (31, 33):
        return Refusal("codes.length", expected="31 / 33", actual=len(code))
    if not _is_uscc(code[:18]):
        return Refusal("codes.organ", found=code[:18])
    if code[18] not in LEVELS:
        return Refusal("codes.level", found=code[18])
    # Of the base code, the province (2) and the kind of matter (2) are digits; provinces extend the rest with letters.
    return wrong_characters(code, (ALPHANUMERIC, 18), (LEVELS, 1), (DIGITS, 4), (ALPHANUMERIC, 8), (DIGITS, 2))


@lru_cache(maxsize=4096)
def _is_uscc(code: str) -> bool:
    """Whether an organ's credit code is well made: the few organs there are come again with every case number."""
    return check_uscc(code) is None


def service_parts(code: str) -> ServiceParts:
    """A service code that has passed its check, taken apart."""
    return ServiceParts(code[:18], code[18], code[19:31], code[31:])


def check_case_number(code: str) -> Refusal | None:
    """办件编码: service code 31, day, sequence of 4 digits or more. Keys: a service code's, date, sequence."""
    if len(code) < 39 + SEQUENCE_AT_LEAST:
        return Refusal("codes.length", expected=f"≥ {39 + SEQUENCE_AT_LEAST}", actual=len(code))
    return check_service_code(code[:31]) or _wrong_date(code[31:39]) or _wrong_sequence(code[39:])


def check_application_number(code: str) -> Refusal | None:
    """申请编号: county 6, day 8, sequence 6, check 1. Keys: length, characters, date, sequence, check_character."""
    return (
        wrong_length(code, 21)
        or wrong_characters(code, (DIGITS, 20), (ALPHANUMERIC, 1))
        or _wrong_date(code[6:14])
        or _wrong_sequence(code[14:20])
        or _unless(code[20] == mod_37_36.calc_check_digit(code[:20]))
    )


def check_certificate_id(code: str) -> Refusal | None:
    """电子证照标识, GB/T 36904-2018. Keys: parts, part, organ, check_character.

    Strict. Who imports certificates of others may treat check_character as a warning: samples exist that fail it.
    """
    parts = code.removeprefix(f"{CERTIFICATE_ROOT}.").split(".")
    if not code.startswith(f"{CERTIFICATE_ROOT}.") or len(parts) != len(CERTIFICATE_PARTS):
        return Refusal("codes.parts", expected=5 + len(CERTIFICATE_PARTS), found=code)
    for (name, pattern), part in zip(CERTIFICATE_PARTS.items(), parts, strict=True):
        if not pattern.fullmatch(part):
            return Refusal("codes.part", part=name, found=part)
    for organ in (parts[0][:18], parts[1]):
        if len(organ) == 18 and check_uscc(organ):
            return Refusal("codes.organ", found=organ)
    return _unless(parts[4] == mod_37_36.calc_check_digit("".join(parts[:4])))


def _unless(fits: object) -> Refusal | None:
    return None if fits else Refusal("codes.check_character")


def wrong_length(code: str, expected: int) -> Refusal | None:
    return None if len(code) == expected else Refusal("codes.length", expected=expected, actual=len(code))


def wrong_characters(code: str, *fields: tuple[str, int]) -> Refusal | None:
    at = 0
    for alphabet, width in fields:
        part = code[at : at + width]
        if part.strip(alphabet):  # a stranger is left: which one is it?
            place, found = next((place, one) for place, one in enumerate(part, at + 1) if one not in alphabet)
            return Refusal("codes.characters", position=place, found=found)
        at += width
    return None


def _wrong_date(text: str) -> Refusal | None:
    try:
        # fromisoformat alone would take other spellings, such as weeks.
        if re.fullmatch(r"[0-9]{8}", text):
            date(int(text[:4]), int(text[4:6]), int(text[6:]))
            return None
    except ValueError:
        pass
    return Refusal("codes.date", found=text)


def _wrong_sequence(text: str) -> Refusal | None:
    lawful = re.fullmatch(r"[0-9]{4,12}", text) and int(text) > 0
    return None if lawful else Refusal("codes.sequence", found=text)


CHECKS: dict[str, Callable[[str], Refusal | None]] = {
    "uscc": check_uscc,
    "id": check_resident_id,
    "service": check_service_code,
    "case": check_case_number,
    "certificate": check_certificate_id,
    "application": check_application_number,
}
