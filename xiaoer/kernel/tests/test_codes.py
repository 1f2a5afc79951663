"""Codes against real ones, published specimens and the faults a hand makes.

Vectors: GB 11643-1999 (its printed specimen), credit codes printed on pages of organs and listed companies, service
codes and certificate identifiers of public systems. The identity numbers are synthetic.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel import codes
from xiaoer.kernel.codes.sentences import SENTENCES
from xiaoer.kernel.refusal import Refusal, sentence

ORGAN = "11370800MB28559184"
SERVICE = "11370800MB285591843370117002011"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def reason(refused: Refusal | None) -> str:
    """The key without its prefix, or ok."""
    return refused.key.removeprefix("codes.") if refused else "ok"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("91110000600037341L", "ok"),
        ("11370800MB28559184", "ok"),
        ("12441500196720244T", "ok"),
        ("11430000006122244L", "ok"),
        ("91110000710926094P", "ok"),
        ("11511301MB051073XA", "ok"),
        ("9144060071526726XG", "check_character"),
        ("91110108671740739E", "check_character"),
        ("91440300192203821" + "7", "check_character"),
        ("91330100799655058b", "characters"),  # lower case is not the code as printed
        ("91330100799655058Z", "characters"),
        ("9I330100799655058B", "characters"),
        ("91A30100799655058B", "characters"),  # a letter in the division
        ("9133010079965505B", "length"),
        ("91110000600037341L0", "length"),
        ("", "length"),
        ("９1110000600037341L", "characters"),  # a full-width digit
    ],
)
def test_credit_codes(code: str, expected: str) -> None:
    assert reason(codes.check_uscc(code)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("440524188001010014", "ok"),  # the specimen printed in GB 11643-1999
        ("11010519491231002X", "ok"),
        ("11010519491231002x", "ok"),
        ("360981190012319975", "ok"),
        ("360102190001010017", "ok"),  # a division that no list of today holds is no fault
        ("999999190001010015", "ok"),
        ("36012119010101999X", "check_character"),
        ("360830190506150106", "check_character"),
        ("360103190002290029", "date"),  # 1900 was no leap year; the check character fits
        ("360103190013010020", "date"),
        ("130503670401001", "old_id"),
        ("13050367040100", "length"),
        ("1101051949123100X2", "characters"),
        ("3601O3190002280029", "characters"),
        ("１１010519491231002X", "characters"),
    ],
)
def test_identity_numbers(code: str, expected: str) -> None:
    assert reason(codes.check_resident_id(code)) == expected


def test_an_identity_number_tells_birth_date_and_sex() -> None:
    assert codes.birth_date("360830190506150107") == date(1905, 6, 15)
    assert codes.sex("360830190506150107") == "female"
    assert codes.sex("360733190607310214") == "male"
    assert codes.normal_resident_id("11010519491231002x") == "11010519491231002X"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (SERVICE, "ok"),
        ("12441500196720244T3442199806003", "ok"),
        ("11450721MB155808114000104002000", "ok"),
        ("11450721348531435D4001033002000", "ok"),
        ("11450721MB15580811400014100500001", "ok"),  # 33: a part of a service
        ("11431026MB0R05447F4430131056W00", "ok"),  # a province's own letter
        ("11621200MB193864XN3000123003000", "ok"),
        (SERVICE + "1", "length"),
        (SERVICE[:-1], "length"),
        ("11370800MB285591853370117002011", "organ"),
        (f"{ORGAN}7370117002011", "level"),
        (f"{ORGAN}0370117002011", "level"),
        (f"{ORGAN}337A117002011", "characters"),
        (f"{ORGAN}337011700201z", "characters"),
        (f"{SERVICE}0A", "characters"),
    ],
)
def test_service_codes(code: str, expected: str) -> None:
    assert reason(codes.check_service_code(code)) == expected


def test_a_service_code_comes_apart_into_what_it_was_made_of() -> None:
    made = codes.make_service_code(ORGAN, level=3, base="370117002011", handle="04")
    assert made == SERVICE + "04"
    assert codes.service_parts(made) == (ORGAN, "3", "370117002011", "04")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("12441500196720244T3442199806003202206230068", "ok"),
        (f"{SERVICE}2026021210000", "ok"),  # the 10000th of the day is wider
        (f"{SERVICE}202602120001", "ok"),
        (f"{SERVICE}20260212001", "length"),
        (f"{SERVICE}202602300001", "date"),
        (f"{SERVICE}2026W0710001", "date"),
        (f"{SERVICE}202602120000", "sequence"),
        (f"{SERVICE}20260212000A", "sequence"),
        (f"11370800MB285591853370117002011{'202602120001'}", "organ"),
    ],
)
def test_case_numbers(code: str, expected: str) -> None:
    assert reason(codes.check_case_number(code)) == expected


def test_case_numbers_are_four_digits_wide_until_more_are_needed() -> None:
    day = date(2026, 2, 12)
    assert codes.make_case_number(SERVICE, on=day, sequence=68) == f"{SERVICE}202602120068"
    assert codes.make_case_number(SERVICE, on=day, sequence=12345) == f"{SERVICE}2026021212345"
    with pytest.raises(Refusal, match="sequence"):
        codes.make_case_number(SERVICE, on=day, sequence=0)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("360481202602120000017", "ok"),
        ("360481202602120000018", "check_character"),
        ("360481202602120000107", "check_character"),  # two digits changed places
        ("360481202602300000017", "date"),
        ("36048120260212000001", "length"),
        ("36048A202602120000017", "characters"),
        ("36048120260212000001-", "characters"),
        ("360481202602120000007", "sequence"),
    ],
)
def test_application_numbers(code: str, expected: str) -> None:
    assert reason(codes.check_application_number(code)) == expected


CERTIFICATE = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (CERTIFICATE, "ok"),
        ("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", "ok"),
        (CERTIFICATE[:-1] + "V", "check_character"),
        (CERTIFICATE.replace("20230000403", "20230000430"), "check_character"),
        (CERTIFICATE.replace(".001.", ".002."), "check_character"),
        (CERTIFICATE.replace("1.2.156.3005.2", "1.2.156.3005.3"), "parts"),
        (CERTIFICATE.replace(".001.", "."), "parts"),
        (CERTIFICATE.replace(".001.", ".01."), "part"),
        (CERTIFICATE.replace("W011", "W01"), "part"),
        (CERTIFICATE.replace("20230000403", ""), "part"),
        (CERTIFICATE.lower(), "part"),
        (CERTIFICATE.replace("11430000006122244L", "11430000006122244M"), "organ"),
        (CERTIFICATE.replace("11100000000013338W", "11100000000013338X"), "organ"),
    ],
)
def test_certificate_identifiers(code: str, expected: str) -> None:
    assert reason(codes.check_certificate_id(code)) == expected


def test_a_certificate_that_changes_keeps_its_sequence_and_takes_the_next_version() -> None:
    def made(version: int) -> str:
        return codes.certificate_id(
            "11100000000013338W011", issuer="11430000006122244L", sequence="20230000403", version=version
        )

    assert made(1) == CERTIFICATE
    assert made(2).split(".")[5:9] == ["11100000000013338W011", "11430000006122244L", "20230000403", "002"]


def test_what_cannot_be_made_is_refused_and_not_made_up() -> None:
    for make in (
        lambda: codes.make_uscc("1137080"),
        lambda: codes.make_uscc("I1370800MB2855918"),
        lambda: codes.make_resident_id("36O103", born=date(1990, 1, 1), sequence=1),
        lambda: codes.make_resident_id("360103", born=date(1990, 1, 1), sequence=1000),
        lambda: codes.make_application_number("36048", on=date(2026, 2, 12), sequence=1),
        lambda: codes.make_application_number("360481", on=date(2026, 2, 12), sequence=1_000_000),
        lambda: codes.make_application_number("360481", on=date(2026, 2, 12), sequence=0),
        lambda: codes.make_service_code(ORGAN, level=7, base="370117002011"),
        lambda: codes.certificate_id("11100000000013338W011", issuer="x", sequence="1"),
        lambda: codes.certificate_id("11100000000013338W011", issuer="340100", sequence="1", version=1000),
    ):
        with pytest.raises(Refusal):
            make()


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    wrong = [codes.check_uscc(""), codes.check_uscc("Z" * 18), codes.check_resident_id("1" * 15)]
    wrong += [codes.check_service_code(f"{ORGAN}7370117002011"), codes.check_certificate_id("1.2.3")]
    wrong += [codes.check_certificate_id(CERTIFICATE.lower()), codes.check_case_number(f"{SERVICE}202613010001")]
    for refused in wrong:
        assert refused is not None
        chinese, english = sentence(refused), sentence(refused, language="en")
        assert chinese != english
        assert "{" not in chinese + english
    assert all(chinese and english for chinese, english in SENTENCES.values())


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_of_a_credit_code_is_noticed(first: str, place: int, other: str) -> None:
    first = first[:2] + "360481" + first[8:]
    code = codes.make_uscc(first)
    changed = code[:place] + other + code[place + 1 :]
    assert reason(codes.check_uscc(code)) == "ok"
    assert (reason(codes.check_uscc(changed)) == "ok") == (changed == code)


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 999), st.integers(0, 16))
def test_two_digits_that_change_places_in_an_identity_number_are_noticed(born: date, sequence: int, place: int) -> None:
    code = codes.make_resident_id("360481", born=born, sequence=sequence)
    assert reason(codes.check_resident_id(code)) == "ok"
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (reason(codes.check_resident_id(swapped)) == "ok") == (swapped == code)


@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)), st.integers(1, 999_999), st.integers(0, 20), st.integers(0, 9))
def test_any_one_wrong_digit_of_an_application_number_is_noticed(
    on: date, sequence: int, place: int, other: int
) -> None:
    code = codes.make_application_number("360481", on=on, sequence=sequence)
    changed = code[:place] + str(other) + code[place + 1 :]
    assert (reason(codes.check_application_number(changed)) == "ok") == (changed == code)


@pytest.mark.parametrize(
    ("mask", "whole", "shown"),
    [
        (codes.mask_name, "张三", "张*"),
        (codes.mask_name, "欧阳小花", "欧***"),
        (codes.mask_name, "张", "*"),
        (codes.mask_name, "", ""),
        (codes.mask_id, "360102199001011234", "3601**********1234"),
        (codes.mask_id, "E12345678", "E******78"),
        (codes.mask_id, "E12345", "******"),
        (codes.mask_phone, "13812345678", "138****5678"),
        (codes.mask_phone, "0791-88886666", "079******6666"),
        (codes.mask_phone, "88886666", "******66"),
        (codes.mask_phone, "12345", "*****"),
        (codes.mask_bank, "6222020200112233445", "***************3445"),
        (codes.mask_bank, "1234567", "*******"),
    ],
)
def test_masks_show_only_what_is_needed(mask: object, whole: str, shown: str) -> None:
    assert mask(whole) == shown  # type: ignore[operator]


@given(st.text("0123456789", max_size=30))
def test_a_mask_keeps_the_length_and_hides_at_least_four_of_a_number(number: str) -> None:
    for mask in (codes.mask_id, codes.mask_phone, codes.mask_bank):
        shown = mask(number)
        assert len(shown) == len(number)
        assert shown.count("*") >= min(4, len(number))
