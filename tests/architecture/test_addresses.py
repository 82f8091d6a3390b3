"""Every address has one explicit permission, made from the resolver: what is not marked is not served."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from adminduk.foundation.pages.access import access_of
from adminduk.kernel.actor import ActorKind

PERSONAL = ("permohonan/", "akun/")


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern, address)
        else:
            yield address, pattern


ADDRESSES = list(_addresses(get_resolver()))


def test_addresses_are_found() -> None:
    assert {"", "daerah"} <= {address for address, _ in ADDRESSES}


@pytest.mark.parametrize(("address", "pattern"), ADDRESSES, ids=[address or "/" for address, _ in ADDRESSES])
def test_an_address_says_who_may_come_in(address: str, pattern: URLPattern) -> None:
    access = access_of(pattern.callback)
    assert access is not None, "mark the view: @public, @for_citizen or @for_staff(…)"
    if address.startswith(PERSONAL):
        assert access.kinds == frozenset({ActorKind.CITIZEN})
    if address.startswith("petugas/") and not address.startswith(
        ("petugas/masuk", "petugas/undangan", "petugas/keluar")
    ):
        assert access.kinds and not access.kinds & {ActorKind.CITIZEN, ActorKind.ANONYMOUS}


@pytest.mark.parametrize("address", [address for address, _ in ADDRESSES])
def test_no_address_has_a_place_for_a_nik(address: str) -> None:
    assert not re.search(r"nik|no_kk|kartu", address)
