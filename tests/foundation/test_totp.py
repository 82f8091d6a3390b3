"""One-time codes by the vectors of RFC 6238, appendix B (SHA-1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adminduk.foundation import totp

SECRET = b"12345678901234567890"
NOON = datetime(2026, 11, 24, 12, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_vectors_of_the_rfc(seconds: int, code: str) -> None:
    assert totp.code_at(SECRET, seconds // totp.STEP_SECONDS, digits=8) == code


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_half_a_minute_of_drift_is_borne(drift: int) -> None:
    step = totp.step_of(NOON) + drift
    assert totp.matching_step(SECRET, totp.code_at(SECRET, step), moment=NOON) == step


@pytest.mark.parametrize("drift", [-2, 2])
def test_more_drift_is_not(drift: int) -> None:
    code = totp.code_at(SECRET, totp.step_of(NOON) + drift)
    assert totp.matching_step(SECRET, code, moment=NOON) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "0" * 60])
def test_what_is_no_code(typed: str) -> None:
    assert totp.matching_step(SECRET, typed, moment=NOON) is None


def test_spaces_are_forgiven() -> None:
    code = totp.code_at(SECRET, totp.step_of(NOON))
    assert totp.matching_step(SECRET, f" {code[:3]} {code[3:]} ", moment=NOON) == totp.step_of(NOON)


def test_a_step_lasts_thirty_seconds() -> None:
    assert totp.step_of(NOON + timedelta(seconds=15)) == totp.step_of(NOON) + 1


def test_the_key_can_be_typed_and_scanned() -> None:
    assert totp.manual_key(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    uri = totp.enrolment_uri(SECRET, account="a b@contoh.example", issuer="Adminduk")
    assert uri == (
        "otpauth://totp/Adminduk:a%20b%40contoh.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Adminduk"
    )
