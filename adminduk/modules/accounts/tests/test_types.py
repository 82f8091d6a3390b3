"""Addresses: what is taken, what is refused, which writings are one mailbox, and what a screen shows of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts.types import Address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("siti@Contoh.Example", "siti@contoh.example"),
        (" Siti.R+1@contoh.example ", "Siti.R+1@contoh.example"),
        ("0812-3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 (812) 3456-7890", "+6281234567890"),
    ],
)
def test_taken(typed: str, kept: str) -> None:
    assert Address.detect(typed).value == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("siti", "address_format"),
        ("", "address_format"),
        ("siti@", "email_format"),
        ("siti@contoh", "email_format"),
        ("a..b@contoh.example", "email_format"),
        ("siti@contoh.example\nBcc: lain@contoh.example", "email_format"),
        ("siti@contoh.example, lain@contoh.example", "email_format"),
        ("0812", "mobile_format"),
        ("(024) 7601234", "mobile_format"),  # a landline takes no SMS
        ("+1 212 555 0100", "mobile_format"),
        ("+881 6 1234 5678", "mobile_format"),  # satellites cost much
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(DomainError, match=f"^{code}$"):
        Address.detect(typed)


def test_an_unknown_channel_is_refused() -> None:
    with pytest.raises(DomainError, match="channel_unknown"):
        Address.parse("fax", "0812 3456 7890")


def test_dots_count_where_they_count() -> None:
    assert Address("email", "s.r@contoh.example").key != Address("email", "sr@contoh.example").key
    assert Address("email", "s.r@gmail.com").key == Address("email", "SR+x@gmail.com").key


def test_an_email_and_a_number_never_share_a_key() -> None:
    assert Address("email", "a@contoh.example").key.startswith("email:")
    assert Address("sms", "+6281234567890").key.startswith("sms:")


@given(some.emails())
def test_what_is_shown_of_an_email_is_little(typed: str) -> None:
    try:
        address = Address.parse("email", typed)
    except DomainError:
        return
    user = address.value.rpartition("@")[0]
    assert user[1:] == "" or user not in address.masked


@given(some.from_regex(r"08[1-9][0-9]{8,9}", fullmatch=True))
def test_what_is_shown_of_a_number_is_little(typed: str) -> None:
    try:
        address = Address.parse("sms", typed)
    except DomainError:
        return
    assert sum(char.isdigit() for char in address.masked) <= 6


@given(some.text(max_size=60))
def test_any_text_is_taken_or_refused_by_a_code(typed: str) -> None:
    try:
        address = Address.detect(typed)
    except DomainError as refusal:
        assert refusal.code in ("address_format", "email_format", "mobile_format")
    else:
        assert Address.parse(address.channel, address.value) == address
