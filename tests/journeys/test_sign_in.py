"""Signing in as a person does it: in a browser, with the code from the mailbox or the telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, OpenPage
from tests.portal import Portal

CODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")


def story(portal: Portal, key: str) -> dict[str, str]:
    """A person of the stories whom the register knows."""
    (found,) = [one for one in portal.register.get("/story") if one["key"] == key]
    return {name: str(value) for name, value in found.items()}


def fill_in(page: Page, person: dict[str, str], address: str) -> None:
    year, month, day = person["birth_date"].split("-")
    for name, value in {
        "#nik": person["nik"],
        "#no_kk": person["no_kk"],
        "#name": person["name"],
        "#birth_date": day,
        "#birth_date-bulan": month,
        "#birth_date-tahun": year,
        "#address": address,
    }.items():
        page.fill(name, value)
    page.get_by_role("button", name="Kirim kode").click()


def code_from(letters: list[dict[str, str]], part: str) -> str:
    found = CODE.search(letters[0][part])
    assert found
    return found.group()


def wait_for_letters(page: Page, portal: Portal, address: str) -> list[dict[str, str]]:
    """What arrived; the worker needs a moment."""
    for _ in range(600):
        letters = portal.mails_to(address) if "@" in address else portal.texts_to(address)
        if letters:
            return letters
        page.wait_for_timeout(100)  # nothing tells a browser that a letter has arrived
    raise AssertionError("no letter came within a minute")


@pytest.mark.parametrize("javascript", [True, False])
def test_with_the_code_from_the_mailbox(portal: Portal, open_page: OpenPage, javascript: bool) -> None:
    page = open_page(base_url=portal.base_url, size=PHONE, javascript=javascript)
    page.goto("/masuk/?daerah=33.74")
    fill_in(page, story(portal, "lost_card"), f"warga-{javascript}@contoh.example".lower())
    code = code_from(wait_for_letters(page, portal, f"warga-{javascript}@contoh.example".lower()), "subject")
    page.get_by_label("Kode 6 angka").fill(f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Permohonan saya")


def test_with_the_code_from_the_telephone(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(base_url=portal.base_url)
    page.goto("/masuk/?daerah=91.71")
    fill_in(page, story(portal, "damaged_card"), "0812 7700 5678")
    code = code_from(wait_for_letters(page, portal, "+6281277005678"), "text")
    page.get_by_label("Kode 6 angka").fill(code)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).to_have_url(f"{portal.base_url}/permohonan/")


def test_two_minutes_before_the_end_one_button_goes_on(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(base_url=portal.base_url)
    page.clock.install()
    page.goto("/masuk/?daerah=33.74")
    fill_in(page, story(portal, "lost_card"), "lama@contoh.example")
    page.get_by_label("Kode 6 angka").fill(code_from(wait_for_letters(page, portal, "lama@contoh.example"), "subject"))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/permohonan/")  # and until its script counts
    warning = page.get_by_role("dialog")
    page.clock.fast_forward("27:00")
    expect(warning).not_to_be_visible()
    page.clock.fast_forward("02:00")
    expect(warning).to_be_visible()
    with page.expect_response("**/akun/perpanjang") as answer:
        warning.get_by_role("button", name="Lanjut").click()
    assert answer.value.status == 204
    expect(warning).not_to_be_visible()
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("heading", name="Anda sudah keluar")).to_be_visible()
