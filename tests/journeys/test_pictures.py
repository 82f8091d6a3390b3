"""A picture's way through the portal, with the real checker: what will not do is told, and nobody is kept out."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from random import Random

import pytest
from pi_heif import register_heif_opener
from PIL import Image, ImageFilter
from playwright.sync_api import FilePayload, Locator, expect

from benchmarks.papers.kinds import family_card
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
    register_heif_opener()
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


def look_at(one: Citizen, name: str, *sizes: tuple[int, int]) -> None:
    """The page as it is now, or at each of these sizes: axe finds nothing, nothing is too wide. It is photographed."""
    page = one.visitor.page
    seen_at = page.viewport_size
    assert seen_at is not None
    for width, height in sizes or ((seen_at["width"], seen_at["height"]),):
        page.set_viewport_size({"width": width, "height": height})
        if folder := os.environ.get(inspection.SCREENSHOTS):
            page.screenshot(path=f"{folder}/foto-{name}-{width}.png", full_page=True)
        assert inspection.violations(page) == []
    assert inspection.too_wide(page, inspection.NARROWEST) == []
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


@SIZES
def test_a_wrong_document(citizen: MakeCitizen, size: tuple[int, int]) -> None:
    dian = begun(citizen("moved", size=size), LOST, acts.LOST)
    document(dian, "kk", paper(dian, "surat_kehilangan_kepolisian"))
    says(dian, "yang diminta Kartu Keluarga.")
    dian.visitor.open(f"{dian.home}periksa")
    expect(dian.visitor.page.locator("main")).to_contain_text("Lihat lagi sebelum mengirim")
    look_at(dian, "periksa")


def sheet(number: int) -> FilePayload:
    """A sheet of a family card for twelve people, of which there are two, on a table."""
    drawn = family_card.draw(Random(7), is_unseen=False, page=number, pages=2).sheet.picture.convert("RGB")
    drawn.thumbnail((1840, 1840))
    table = Image.new("RGB", (2000, 1480), "#7a6046")
    table.paste(drawn, ((table.width - drawn.width) // 2, (table.height - drawn.height) // 2))
    out = io.BytesIO()
    table.save(out, "JPEG", quality=88)
    return {"name": f"lembar-{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@SIZES
def test_a_family_card_of_two_pages(citizen: MakeCitizen, size: tuple[int, int]) -> None:
    dian = begun(citizen("moved", size=size), LOST, acts.LOST)
    document(dian, "kk", sheet(1))
    listed = dian.visitor.page.locator("#daftar")
    expect(listed).to_contain_text("Halaman 2 belum ada. Foto juga halaman itu.", timeout=READ_WITHIN)
    expect(pages(dian)).to_have_class("read")
    look_at(dian, "halaman-kurang")
    dian.visitor.open(f"{dian.home}periksa")
    expect(dian.visitor.page.locator("main")).to_contain_text("Halaman 2 belum ada.")
    look_at(dian, "periksa-halaman-kurang")

    document(dian, "kk", sheet(2))
    expect(pages(dian)).to_have_class(["read", "read"], timeout=READ_WITHIN)
    expect(dian.visitor.page.locator("#daftar[data-reading]")).to_have_count(0, timeout=READ_WITHIN)  # to the last line
    expect(listed).not_to_contain_text("belum ada")
    dian.visitor.press("Turunkan halaman 1", "Move down page 1")
    expect(pages(dian)).to_have_class(["read", "read"])
    dian.visitor.open(f"{dian.home}periksa")
    expect(dian.visitor.page.locator("main")).to_contain_text("NIK pemohon tidak ditemukan di sini.")
    expect(dian.visitor.page.locator("main")).not_to_contain_text("Halaman 2 belum ada")
    look_at(dian, "periksa-kk-orang-lain")


def test_a_pdf(citizen: MakeCitizen) -> None:
    suminah = begun(citizen("single_name"), BROKEN, SCREENING_OF_BROKEN)
    assert suminah.person.papers["kk"].endswith(".pdf")
    document(suminah, "kk", paper(suminah, "kk"))
    says(suminah, "Terbaca jelas.")
    look_at(suminah, "pdf", PHONE, DESK)


def test_heic_and_a_damaged_card_as_it_is(citizen: MakeCitizen) -> None:
    dewi = begun(citizen("damaged_card"), BROKEN, SCREENING_OF_BROKEN)
    whole = paper(dewi, "ktp_rusak")
    assert whole["name"].endswith(".heic")
    document(dewi, "ktp_rusak", whole)
    says(dewi, "Terbaca jelas.")
    look_at(dewi, "heic", PHONE, DESK)
    # the card is broken so badly that no picture of it will do
    broken = blurred(whole)
    dewi.visitor.press("Hapus halaman 1", "Delete page 1")
    document(dewi, "ktp_rusak", broken)
    says(dewi, "Tulisan buram.")
    expect(dewi.visitor.page.get_by_role("button", name="Kirim apa adanya")).to_have_count(0)
    dewi.visitor.follow("Foto lagi", "Take it again")
    send(dewi, broken)
    says(dewi, "Foto ini sudah pernah ditolak.")
    look_at(dewi, "apa-adanya", PHONE, DESK)
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
