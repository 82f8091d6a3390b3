"""All regions of the country, found by name or suggested by a NIK, with their clocks."""

from __future__ import annotations

import csv
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.catalogue import Catalogue
from adminduk.kernel.identifiers import RegionCode
from tests.catalogue.conftest import DEFINITIONS


@pytest.fixture(scope="module")
def rows() -> dict[str, str]:
    with (DEFINITIONS / "reference" / "wilayah.csv").open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


def test_the_whole_country_is_there(catalogue: Catalogue, rows: dict[str, str]) -> None:
    levels = {length: sum(len(code) == length for code in rows) for length in (2, 5, 8, 13)}
    assert levels == {2: 38, 5: 514, 8: 7285, 13: 83762}
    assert len(catalogue.regions) == 514 and len({region.province for region in catalogue.regions}) == 38
    districts = [place for region in catalogue.regions for place in catalogue.districts(region.code)]
    assert len(districts) == 7285


def test_every_village_is_found_under_its_district(catalogue: Catalogue, rows: dict[str, str]) -> None:
    districts = [place for region in catalogue.regions for place in catalogue.districts(region.code)]
    found = {place.code: place.name for district in districts for place in catalogue.villages(district.code)}
    assert found == {code: name for code, name in rows.items() if len(code) == 13}


def test_places_that_do_not_exist_hold_nothing(catalogue: Catalogue) -> None:
    assert catalogue.districts(RegionCode("33.98")) == () and catalogue.villages("33.74.99") == ()
    assert catalogue.villages("33.7") == () and catalogue.villages("") == ()


def test_every_region_has_a_clock(catalogue: Catalogue) -> None:
    offsets = {region.code.text: str(ZoneInfo(region.time_zone)) for region in catalogue.regions}
    zones = {zone: sum(value == zone for value in offsets.values()) for zone in set(offsets.values())}
    assert set(zones) == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} and sum(zones.values()) == 514
    by_province = {code[:2]: zone for code, zone in offsets.items()}
    assert (by_province["11"], by_province["61"], by_province["62"]) == ("Asia/Jakarta",) * 3
    assert (by_province["51"], by_province["63"], by_province["71"]) == ("Asia/Makassar",) * 3
    assert (by_province["81"], by_province["91"], by_province["96"]) == ("Asia/Jayapura",) * 3


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("semarang", "33.74"),  # joined, so before Kabupaten Semarang
        ("kab semarang", "33.22"),
        ("Kabupaten Semarang", "33.22"),
        ("  SEMARANG, kota ", "33.74"),
        ("Sémàrang", "33.74"),
        ("semar", "33.74"),
        ("tembalang", "33.74"),
        ("tembalang semarang", "33.74"),
        ("denpa", "51.71"),
        ("bali", "51.71"),
        ("papua", "91.71"),
        ("jayapura utara", "91.71"),
        ("kab. jayapura", "91.03"),
        ("gunung kidul", "34.03"),
        ("gunungkidul", "34.03"),
        ("pangkalpinang", "19.71"),
        ("bau-bau", "74.72"),
        ("baubau", "74.72"),
        ("fak fak", "92.03"),
        ("kota solok", "13.72"),
        ("solo", "33.72"),
        ("jogja", "34.71"),
        ("jaksel", "31.74"),
        ("jakarta selatan", "31.74"),
        ("kepulauan seribu", "31.01"),
        ("toba samosir", "12.12"),
        ("sidoarjo", "35.15"),
    ],
)
def test_a_region_is_found_by_what_people_type(catalogue: Catalogue, typed: str, first: str) -> None:
    assert catalogue.find_regions(typed)[0].region.code.text == first


def test_a_district_that_led_to_the_region_is_named(catalogue: Catalogue) -> None:
    (hit,) = catalogue.find_regions("tembalang")
    assert (hit.region.name, hit.district) == ("Kota Semarang", "Tembalang")


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zzzz", "kabupaten", "di", "<script>"])
def test_nothing_to_find_is_nothing(catalogue: Catalogue, typed: str) -> None:
    assert catalogue.find_regions(typed) == ()


def test_every_region_is_found_by_its_own_name(catalogue: Catalogue) -> None:
    missing = [
        region.name
        for region in catalogue.regions
        if region.code not in {hit.region.code for hit in catalogue.find_regions(region.name, limit=3)}
    ]
    assert not missing


@given(st.text(max_size=90), st.integers(1, 20))
def test_whatever_is_typed_the_answer_is_short_and_without_doubles(
    catalogue: Catalogue, typed: str, limit: int
) -> None:
    codes = [hit.region.code for hit in catalogue.find_regions(typed, limit=limit)]
    assert len(codes) <= limit and len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("digits", "region", "district"),
    [
        ("337401", "33.74", "Semarang Tengah"),
        ("3374", "33.74", ""),
        ("33 74 01 17", "33.74", "Semarang Tengah"),
        ("337499", "33.74", ""),
        ("917101", "91.71", "Jayapura Utara"),
    ],
)
def test_a_nik_suggests_where_it_was_given(catalogue: Catalogue, digits: str, region: str, district: str) -> None:
    suggested = catalogue.region_of_nik_prefix(digits)
    assert suggested is not None and (suggested.region.code.text, suggested.district) == (region, district)


@pytest.mark.parametrize("digits", ["", "337", "540101", "000000", "abcd", "337٤"])
def test_an_unknown_beginning_suggests_nothing(catalogue: Catalogue, digits: str) -> None:
    assert catalogue.region_of_nik_prefix(digits) is None


def test_who_has_not_joined_has_no_office_and_no_invented_contact(catalogue: Catalogue) -> None:
    others = [region for region in catalogue.regions if not region.joined]
    assert len(others) == 511
    assert not any(region.office or region.contacts or region.hours or region.changes for region in others)
    assert catalogue.national_contacts and all(c.source and c.date for c in catalogue.national_contacts)


def test_national_holidays_are_in_order_and_told_as_provisional(catalogue: Catalogue) -> None:
    days = [holiday.day for holiday in catalogue.national_holidays]
    assert days == sorted(set(days)) and date(2026, 8, 17) in days
    provisional = {holiday.day.year for holiday in catalogue.national_holidays if holiday.is_provisional}
    assert provisional == {2027}
