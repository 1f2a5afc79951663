"""Canonical bytes: worked by hand from RFC 8785, and digests checked against the standards' own vectors."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.canonical import SAFE_INTEGER, NotCanonical, canonical, dumps, sha256, sm3

SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        (
            {"é": 1, "z": 2, "€": 3, "😀": 4, "\ufb33": 5},
            '{"z":2,"é":1,"€":3,"😀":4,"\ufb33":5}',
        ),  # by UTF-16, RFC 8785 3.2.3
        ([True, False, None], "[true,false,null]"),
        (("a", "受理"), '["a","受理"]'),
        ('"\\\b\n\u001f/', r'"\"\\\b\n\u001f/"'),
        (date(2026, 2, 12), '"2026-02-12"'),
        (datetime(2026, 2, 12, 9, 30, tzinfo=SHANGHAI), '"2026-02-12T01:30:00.000000Z"'),
        (datetime(2026, 2, 12, 1, 30, 0, 5, tzinfo=UTC), '"2026-02-12T01:30:00.000005Z"'),
        (UUID("0198C0DE-0000-7000-8000-00000000000A"), '"0198c0de-0000-7000-8000-00000000000a"'),
        (Decimal("12.50"), '"12.5"'),
        (Decimal("3E+2"), '"300"'),
        (Decimal("100"), '"100"'),
        (Decimal("-0.00"), '"0"'),
        (SAFE_INTEGER, "9007199254740991"),
        ({}, "{}"),
    ],
)
def test_a_value_has_exactly_these_bytes(value: object, expected: str) -> None:
    assert canonical(value).decode() == expected


@pytest.mark.parametrize(
    ("value", "reason", "path"),
    [
        (1.0, "float", "$"),
        ({"a": [0, 0.5]}, "float", "$.a[1]"),
        (float("nan"), "float", "$"),
        (Decimal("Infinity"), "float", "$"),
        (SAFE_INTEGER + 1, "integer", "$"),
        (-SAFE_INTEGER - 1, "integer", "$"),
        ({1: 2}, "key", "$"),
        (datetime(2026, 2, 12, 9, 30), "zone", "$"),  # noqa: DTZ001
        ("\ud800", "text", "$"),
        ({"\ud800": 1}, "text", "$"),
        (b"bytes", "type", "$"),
        ({1, 2}, "type", "$"),
    ],
)
def test_what_two_machines_could_write_differently_is_refused_with_its_place(
    value: object, reason: str, path: str
) -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical(value)
    assert (caught.value.reason, caught.value.path) == (reason, path)


def test_digests_are_those_of_the_standards() -> None:
    # sha256sum and openssl dgst -sm3 over the seven bytes {"a":1}
    assert sha256({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert sm3({"a": 1}) == SM3_OF_A1


SM3_OF_A1 = "d646a76e347ce7c1a4c11acff67604928ccfaf03fc2e4fb8faaf5b2b1227605a"

TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE_INTEGER, SAFE_INTEGER) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), TREES, max_size=5))
def test_the_order_of_keys_does_not_change_the_digest(value: dict[str, object]) -> None:
    assert sha256(dict(reversed(value.items()))) == sha256(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text() | st.sampled_from(["1.5", '":1.5', "[NaN", ",12345678901234567", "\\/\b\x7f\u2028", "\U0001f600"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.text(max_size=3) | st.sampled_from(["\U0001f600", "\ue000", "1.5"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(PLAIN)
def test_the_fast_way_writes_the_bytes_of_the_standard(value: object) -> None:
    try:
        expected = rfc8785.dumps(value)  # type: ignore[arg-type]
    except rfc8785.CanonicalizationError:
        with pytest.raises(rfc8785.CanonicalizationError):
            dumps(value)
    else:
        assert dumps(value) == expected


@pytest.mark.parametrize("value", [1e16, 1e-7, 1.0, -0.0, {"a": 10.0}, [5e-324], {"\U0001f600": 1, "\ue000": 2}])
def test_what_the_two_ways_write_differently_goes_the_slow_way(value: object) -> None:
    assert dumps(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [2**53, [float("nan")], {"a": float("-inf")}, {"a": "\ud800"}])
def test_what_has_no_canonical_bytes_is_refused_by_both(value: object) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        dumps(value)
