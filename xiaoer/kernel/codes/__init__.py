"""Codes of persons, organs, services, cases and certificates: checked, made and masked.

    kind          form                                                          source
    uscc          18: registry 1, category 1, division 6, organ 9, check 1       GB 32100-2015
    id            18: division 6, birth yyyymmdd, sequence 3, check 1            GB 11643-1999
    service       31: organ's uscc 18, level 1, base code 12; 33 with a part     GB/T 39554.1-2020 (layout from samples)
    case          service 31, yyyymmdd, daily sequence of 4 digits or more       as seen in public systems
    application   county 6, yyyymmdd, sequence 6, check 1 (ISO 7064 MOD 37,36)   Xiaoer's own
    certificate   1.2.156.3005.2.TYPE.ISSUER.SEQUENCE.VERSION.CHECK              GB/T 36904-2018

A check returns None when the code is right, else a Refusal with key and parameters, ready to be put into words:

    >>> check_uscc("91110000600037341X").key
    'codes.check_character'

Codes are checked as they are written: only the lower-case x of an identity number is taken for X. Nobody's number is
refused because its division is not in today's list, since divisions merge and the numbers stay.
"""

from xiaoer.kernel.codes.check import (
    CHECKS,
    birth_date,
    check_application_number,
    check_case_number,
    check_certificate_id,
    check_resident_id,
    check_service_code,
    check_uscc,
    normal_resident_id,
    service_parts,
    sex,
)
from xiaoer.kernel.codes.make import (
    certificate_id,
    make_application_number,
    make_case_number,
    make_resident_id,
    make_service_code,
    make_uscc,
)
from xiaoer.kernel.codes.mask import mask_bank, mask_id, mask_name, mask_phone

__all__ = [
    "CHECKS",
    "birth_date",
    "certificate_id",
    "check_application_number",
    "check_case_number",
    "check_certificate_id",
    "check_resident_id",
    "check_service_code",
    "check_uscc",
    "make_application_number",
    "make_case_number",
    "make_resident_id",
    "make_service_code",
    "make_uscc",
    "mask_bank",
    "mask_id",
    "mask_name",
    "mask_phone",
    "normal_resident_id",
    "service_parts",
    "sex",
]
