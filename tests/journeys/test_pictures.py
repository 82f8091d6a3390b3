"""A picture's way through the portal, with the real checker: what will not do is told, and nobody is kept out."""

from __future__ import annotations

import io
import os
from collections.abc import Callable

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import FilePayload, Locator, expect

from tests.browser import DESK, PHONE
from tests.journeys import citizen as acts
from tests.journeys import inspection, people
from tests.journeys.citizen import Citizen
from tests.journeys.conftest import MakeCitizen

LOST, BROKEN = ("KTP-el hilang", "Lost KTP-el"), ("KTP-el rusak", "Damaged KTP-el")
READ_WITHIN = 180_000  # milliseconds; a second of a quiet core
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
SCREENING_OF_BROKEN = {
    "pernah_punya": "pernah",
    "kartu_ada": "ada",
    "data_berubah": "tidak",
    "kk_di_sini": "di_sini",
}


def begun(one: Citizen, service: tuple[str, str], screening: dict[str, str]) -> Citizen:
    """Signed in, with a draft; from here on every page is looked at."""
    one.visitor.is_looked_at = False
    one.find_region(one.person.region_name.split()[-1][:5].lower())
    one.see_requirements(service, screening)
    one.sign_in()
    one.begin()
    one.visitor.is_looked_at = True
    return one


def paper(one: Citizen, kind: str) -> FilePayload:
    return people.paper_of(one.visitor.portal, one.person, kind)


def changed(picture: FilePayload, change: Callable[[Image.Image], Image.Image], name: str = "foto.jpg") -> FilePayload:
    """The same picture, spoiled."""
    with Image.open(io.BytesIO(picture["buffer"])) as opened:
        out = io.BytesIO()
        change(opened.convert("RGB")).save(out, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def blurred(picture: FilePayload) -> FilePayload:
    """So that nobody can read it."""
    return changed(picture, lambda image: image.filter(ImageFilter.GaussianBlur(image.width / 320)))


def document(one: Citizen, requirement: str, *pictures: FilePayload) -> None:
    """Open the page of a document and send pictures."""
    one.visitor.open(f"{one.home}dokumen/{requirement}")
    send(one, *pictures)


def send(one: Citizen, *pictures: FilePayload) -> None:
    """Choose pictures, see them, and press the button, also in spite of the phone's own warning."""
    page = one.visitor.page
    page.set_input_files("input[type=file]", list(pictures))
    drawn = sum(picture["mimeType"] == "image/jpeg" for picture in pictures)
    expect(page.locator(".tray li img")).to_have_count(drawn, timeout=READ_WITHIN)
    page.locator("button[name=kirim]").click()
    expect(page.locator(".tray")).to_have_count(0, timeout=READ_WITHIN)  # the page has come again
    expect(page.locator(".pages > li").first).to_be_visible()


def pages(one: Citizen) -> Locator:
    return one.visitor.page.locator(".pages > li")


def look_at(one: Citizen, name: str) -> None:
    """The page as it is now: axe finds nothing, nothing is too wide. It is photographed where that is wanted."""
    page = one.visitor.page
    if folder := os.environ.get(inspection.SCREENSHOTS):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{folder}/foto-{name}-{width}.png", full_page=True)
    assert inspection.violations(page) == []
    seen_at = page.viewport_size
    assert inspection.too_wide(page, inspection.NARROWEST) == []
    if seen_at:
        page.set_viewport_size(seen_at)


def says(one: Citizen, words: str) -> None:
    """The list of pages comes to say so by itself."""
    expect(one.visitor.page.locator(".pages")).to_contain_text(words, timeout=READ_WITHIN)


@SIZES
def test_blurred_then_good(citizen: MakeCitizen, size: tuple[int, int]) -> None:
    dian = begun(citizen("moved", size=size), LOST, acts.LOST)
    good = paper(dian, "kk")
    document(dian, "kk", blurred(good))
    says(dian, "Tulisan buram.")
    expect(pages(dian)).to_have_class("refused")
    look_at(dian, "buram")
    dian.visitor.follow("Foto lagi", "Take it again")
    send(dian, good)
    says(dian, "Terbaca jelas.")
    expect(pages(dian)).to_have_count(1)
    look_at(dian, "terbaca")


def test_a_wrong_document(citizen: MakeCitizen) -> None:
    dian = begun(citizen("moved"), LOST, acts.LOST)
    document(dian, "kk", paper(dian, "surat_kehilangan_kepolisian"))
    says(dian, "yang diminta Kartu Keluarga.")
    dian.visitor.open(f"{dian.home}periksa")
    expect(dian.visitor.page.locator("main")).to_contain_text("Lihat lagi sebelum mengirim")
    look_at(dian, "periksa")


def test_a_family_card_of_two_pages(citizen: MakeCitizen) -> None:
    dian = begun(citizen("moved"), LOST, acts.LOST)
    whole = paper(dian, "kk")
    document(dian, "kk", whole, changed(whole, lambda image: image.rotate(180), "lembar-2.jpg"))
    expect(pages(dian)).to_have_count(2)
    dian.visitor.press("Turunkan halaman 1", "Move down page 1")
    expect(pages(dian)).to_have_count(2)
    says(dian, "Terbaca jelas.")


def test_a_pdf(citizen: MakeCitizen) -> None:
    suminah = begun(citizen("single_name"), BROKEN, SCREENING_OF_BROKEN)
    assert suminah.person.papers["kk"].endswith(".pdf")
    document(suminah, "kk", paper(suminah, "kk"))
    says(suminah, "Terbaca jelas.")


def test_heic_and_a_damaged_card_as_it_is(citizen: MakeCitizen) -> None:
    dewi = begun(citizen("damaged_card"), BROKEN, SCREENING_OF_BROKEN)
    assert dewi.person.papers["ktp_rusak"].endswith(".heic")
    document(dewi, "ktp_rusak", paper(dewi, "ktp_rusak"))
    expect(pages(dewi)).to_have_count(1)
    # the card is broken so badly that no picture of it will do
    broken = blurred(paper(dewi, "kk"))
    document(dewi, "kk", broken)
    says(dewi, "Tulisan buram.")
    expect(dewi.visitor.page.get_by_role("button", name="Kirim apa adanya")).to_have_count(0)
    dewi.visitor.follow("Foto lagi", "Take it again")
    send(dewi, broken)
    says(dewi, "Foto ini sudah pernah ditolak.")
    look_at(dewi, "apa-adanya")
    dewi.visitor.press("Kirim apa adanya halaman 1", "Send it as it is page 1")
    says(dewi, "Dikirim apa adanya. Petugas memeriksanya sendiri.")


@SIZES
def test_without_javascript(citizen: MakeCitizen, size: tuple[int, int]) -> None:
    dian = begun(citizen("moved", javascript=False, size=size), LOST, acts.LOST)
    good = paper(dian, "kk")
    dian.visitor.open(f"{dian.home}dokumen/kk")
    dian.visitor.page.set_input_files("input[type=file]", blurred(good))
    dian.visitor.press("Kirim foto ini", "Send this photograph")
    expect(pages(dian)).to_have_count(1)
    reload_until(dian, "Tulisan buram.")
    dian.visitor.follow("Foto lagi", "Take it again")
    dian.visitor.page.set_input_files("input[type=file]", good)
    dian.visitor.press("Kirim foto ini", "Send this photograph")
    reload_until(dian, "Terbaca jelas.")
    expect(pages(dian)).to_have_count(1)
    dian.visitor.press("Putar halaman 1", "Turn page 1")
    expect(pages(dian)).to_have_count(1)


def reload_until(one: Citizen, words: str) -> None:
    """Follow the link that a page has while it is being read."""
    for _ in range(120):
        if words in one.visitor.page.locator(".pages").inner_text():
            return
        one.visitor.page.get_by_role("link", name="Lihat hasil bacaan").click()
        one.visitor.page.reload()
        one.visitor.page.wait_for_timeout(1000)  # nobody tells a page without script
    raise AssertionError(f"{words!r} was not said: {one.visitor.page.locator('.pages').inner_text()}")
