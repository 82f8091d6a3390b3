"""Before a byte is sent: warnings, turning, order; what leaves the phone is small and says nothing about it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE
from tests.phone import photographs
from tests.phone.conftest import MakePhone

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@SIZES
def test_a_large_photograph_arrives_small_upright_and_without_its_past(phone: MakePhone, size: tuple[int, int]) -> None:
    ratna = phone(size=size)
    file = photographs.as_file(photographs.good())
    assert photographs.PLACE in file["buffer"] and len(file["buffer"]) > 1_000_000
    ratna.choose(file)
    expect(ratna.tray.locator(".caution")).to_have_count(0)
    ratna.photograph("chosen")
    ratna.assert_accessible()
    assert ratna.bodies == []
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(1)
    sent = b"".join(body for _, _, body in ratna.bodies)
    assert len(sent) < len(file["buffer"])
    assert photographs.PLACE not in sent and b"Telepon" not in sent
    assert photographs.opened(ratna.sent_picture()).size == (1500, 2000)
    assert ratna.waiting() == []


@SIZES
@pytest.mark.parametrize(
    ("name", "words"), [("blurred", "Tampak buram."), ("dark", "Terlalu gelap.")], ids=["blurred", "dark"]
)
def test_a_spoiled_photograph_is_told_before_it_leaves(
    phone: MakePhone, size: tuple[int, int], name: str, words: str
) -> None:
    ratna = phone(size=size)
    ratna.choose(photographs.as_file(getattr(photographs, name)()))
    expect(ratna.tray.locator(".caution")).to_contain_text([words])
    ratna.photograph(f"warned-{name}")
    ratna.assert_accessible()
    assert ratna.bodies == []
    ratna.press("Kirim tetap")
    ratna.wait_for_pages(1)


def test_a_warning_that_nobody_has_seen_stops_the_sending_once(phone: MakePhone) -> None:
    ratna = phone()
    ratna.page.set_input_files("#berkas", [photographs.as_file(photographs.blurred())])
    ratna.press("Lanjut")
    expect(ratna.page.get_by_text("Lihat dulu catatan pada foto.")).to_be_visible()
    assert ratna.bodies == []
    with ratna.page.expect_navigation():
        ratna.press("Lanjut")
    assert len(ratna.sent_pages()) == 1


def test_a_photograph_is_taken_again(phone: MakePhone) -> None:
    ratna = phone()
    ratna.choose(photographs.as_file(photographs.dark()))
    expect(ratna.tray.locator(".caution")).to_have_count(1)
    with ratna.page.expect_file_chooser() as chooser:
        ratna.press("Foto lagi foto 1")
    chooser.value.set_files([photographs.as_file(photographs.good())])
    expect(ratna.tray.locator("img")).to_have_count(1)
    expect(ratna.tray.locator(".caution")).to_have_count(0)
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(1)


def test_a_photograph_is_turned(phone: MakePhone) -> None:
    ratna = phone()
    ratna.choose(photographs.as_file(photographs.good()))
    image = ratna.tray.locator("img")
    expect(image).to_have_attribute("height", "2000")
    ratna.press("Putar foto 1")
    expect(image).to_have_attribute("width", "2000")
    expect(ratna.page.get_by_role("button", name="Putar foto 1", exact=True)).to_be_focused()
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(1)
    assert photographs.opened(ratna.sent_picture()).size == (2000, 1500)


def test_two_pages_go_in_the_order_that_was_chosen(phone: MakePhone) -> None:
    ratna = phone()
    upright = photographs.good().resize((1950, 2600))
    ratna.choose(photographs.as_file(photographs.good(), "satu.jpg"))
    ratna.choose(photographs.as_file(upright, "dua.jpg"))
    ratna.choose(photographs.as_file(upright, "tiga.jpg"))
    ratna.photograph("three-pages")
    ratna.press("Naikkan foto 2")
    expect(ratna.tray.locator("img").first).to_have_attribute("width", "2000")
    ratna.press("Hapus foto 3")
    expect(ratna.tray).to_have_count(2)
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(2)
    assert [(page.width, page.height) for page in ratna.sent_pages()] == [(2000, 1500), (1500, 2000)]


def test_what_the_browser_cannot_read_goes_as_it_is(phone: MakePhone) -> None:
    from tests.usecases.test_attach import pdf

    ratna = phone()
    ratna.choose({"name": "kk.pdf", "mimeType": "application/pdf", "buffer": pdf(1)})
    expect(ratna.tray).to_contain_text("kk.pdf")
    ratna.assert_accessible()
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(1)


def test_a_refusal_is_told_in_words_and_another_file_may_be_chosen(phone: MakePhone) -> None:
    ratna = phone()
    ratna.choose({"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"not a pdf" * 100})
    ratna.press("Kirim foto ini")
    expect(ratna.page.get_by_text("Kirim foto (JPEG, PNG, WebP, HEIC) atau PDF.").first).to_be_visible()
    assert ratna.page.title().startswith("Galat:")
    assert ratna.waiting() == []
    ratna.choose(photographs.as_file(photographs.good()))
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(1)


@SIZES
def test_a_portrait_has_a_guide(phone: MakePhone, size: tuple[int, int]) -> None:
    ratna = phone(requirement="pas_foto", size=size)
    ratna.photograph("portrait-page")
    ratna.choose(photographs.as_file(photographs.good()))
    expect(ratna.tray.locator("svg path")).to_have_count(1)
    ratna.photograph("portrait-chosen")
    ratna.assert_accessible()


def test_in_english(phone: MakePhone) -> None:
    ratna = phone(language="en")
    ratna.choose(photographs.as_file(photographs.dark()))
    expect(ratna.tray.locator(".caution")).to_contain_text(["Too dark."])
    ratna.press("Send anyway")
    ratna.wait_for_pages(1)
