"""A picture on its way, and what breaks: network, browser, session; what was acknowledged is not sent again."""

from __future__ import annotations

from functools import cache

from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.browser import DESK, PHONE
from tests.phone import photographs
from tests.phone.conftest import MakePhone
from tests.phone.test_choosing import SIZES

PART = 256 * 1024


@cache
def large(number: int = 1) -> FilePayload:
    """So much noise that even the small picture goes in several parts. Each number is another picture."""
    noisy = Image.blend(photographs.good(), Image.effect_noise(photographs.SIZE, 120).convert("RGB"), 0.35)
    return photographs.as_file(noisy, f"{number}.jpg")


def parts_of(bodies: list[tuple[str, int, bytes]]) -> list[int]:
    """Sizes of what went by PATCH."""
    return [size for method, size, _ in bodies if method == "PATCH"]


@SIZES
def test_a_broken_network_is_told_and_the_sending_goes_on_from_there(phone: MakePhone, size: tuple[int, int]) -> None:
    ratna = phone(size=size)
    ratna.lose_network_after(2)
    ratna.choose(large())
    ratna.press("Kirim foto ini")
    expect(ratna.page.get_by_text("Jaringan terputus. Foto tersimpan di HP ini.")).to_be_visible()
    ratna.photograph("broken")
    ratna.assert_accessible()
    (waiting,) = ratna.waiting()
    ratna.find_network()
    ratna.wait_for_pages(1)
    through = parts_of(ratna.bodies)
    assert max(through) <= PART
    assert sum(through[:2]) == 2 * PART
    assert sum(through) - waiting <= PART, "only the part that broke is sent again"
    assert ratna.waiting() == []


def test_a_closed_browser_loses_nothing(phone: MakePhone) -> None:
    ratna = phone(size=PHONE)
    ratna.lose_network_after(2)
    ratna.choose(large())
    ratna.press("Kirim foto ini")
    expect(ratna.page.get_by_text("Jaringan terputus.")).to_be_visible()
    context = ratna.page.context
    ratna.page.close()

    ratna.page = context.new_page()
    ratna.bodies.clear()
    ratna.listen(ratna.page)
    ratna.page.goto("/permohonan/")
    expect(ratna.page.get_by_text("Ada foto yang belum selesai dikirim.")).to_be_visible()
    ratna.assert_accessible()
    ratna.page.get_by_role("link", name="Lanjutkan kirim").click()
    expect(ratna.page.get_by_role("heading", name="1 foto belum selesai dikirim")).to_be_visible()
    ratna.photograph("waiting")
    ratna.assert_accessible()
    (waiting,) = ratna.waiting()
    ratna.press("Lanjutkan kirim")
    ratna.wait_for_pages(1)
    assert sum(parts_of(ratna.bodies)) == waiting - 2 * PART
    assert ratna.waiting() == []
    expect(ratna.page.locator("#belum-terkirim")).to_have_count(0)


def test_what_waits_may_be_deleted(phone: MakePhone) -> None:
    ratna = phone(size=DESK)
    ratna.lose_network_after(1)
    ratna.choose(large())
    ratna.press("Kirim foto ini")
    expect(ratna.page.get_by_text("Jaringan terputus.")).to_be_visible()
    ratna.page.unroute_all()
    ratna.open()
    ratna.photograph("waiting")
    ratna.press("Hapus")
    expect(ratna.page.locator("#belum-terkirim")).to_have_count(0)
    assert ratna.waiting() == []
    ratna.open()
    expect(ratna.page.locator("#belum-terkirim")).to_have_count(0)


def test_signing_out_deletes_what_waits(phone: MakePhone) -> None:
    ratna = phone()
    ratna.lose_network_after(1)
    ratna.choose(large())
    ratna.press("Kirim foto ini")
    expect(ratna.page.get_by_text("Jaringan terputus.")).to_be_visible()
    assert len(ratna.waiting()) == 1
    ratna.page.goto("/akun/")
    ratna.press("Keluar")
    ratna.page.wait_for_url("**/")
    assert ratna.page.evaluate("localStorage.length") == 0
    assert ratna.page.evaluate("indexedDB.databases()") == []


def test_a_small_picture_whose_form_broke_off_goes_in_parts(phone: MakePhone) -> None:
    ratna = phone()
    small = photographs.as_file(photographs.good().resize((900, 675)), quality=60)
    ratna.page.route(f"**{ratna.path}", lambda route: route.abort("connectionreset"), times=1)
    ratna.choose(small)
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(1)
    assert len(parts_of(ratna.bodies)) == 1
    assert ratna.waiting() == []


def test_an_ended_session_leads_to_sign_in_and_the_picture_waits(phone: MakePhone) -> None:
    ratna = phone()
    ratna.choose(large())
    kept = [cookie for cookie in ratna.page.context.cookies() if cookie.get("name") == "sesi"]
    ratna.page.context.clear_cookies(name="sesi")
    ratna.press("Kirim foto ini")
    ratna.page.wait_for_url("**/masuk/**")
    assert len(ratna.waiting()) == 1
    ratna.page.context.clear_cookies(name="sesi")
    ratna.page.context.add_cookies(kept)  # type: ignore[arg-type]
    ratna.open()
    ratna.press("Lanjutkan kirim")
    ratna.wait_for_pages(1)


def test_an_upload_that_the_server_has_forgotten_begins_anew(phone: MakePhone) -> None:
    from tests import database as test_database

    ratna = phone()
    ratna.lose_network_after(1)
    ratna.choose(large())
    ratna.press("Kirim foto ini")
    expect(ratna.page.get_by_text("Jaringan terputus.")).to_be_visible()
    with test_database.superuser_connection() as above:
        above.execute("UPDATE uploads_upload SET expires_at = now() - interval '1 second'")
    ratna.find_network()
    ratna.wait_for_pages(1)


def test_a_page_that_was_to_be_replaced_is_replaced_after_the_break(phone: MakePhone) -> None:
    ratna = phone()
    ratna.choose(photographs.as_file(photographs.good()))
    ratna.press("Kirim foto ini")
    ratna.wait_for_pages(1)
    (first,) = ratna.sent_pages()
    ratna.page.goto(f"{ratna.path}?ganti={first.id}")
    ratna.lose_network_after(1)
    ratna.choose(large())
    ratna.press("Kirim foto ini")
    expect(ratna.page.get_by_text("Jaringan terputus.")).to_be_visible()
    ratna.page.unroute_all()
    ratna.open()
    ratna.press("Lanjutkan kirim")
    expect(ratna.page.locator("#belum-terkirim")).to_have_count(0)
    ratna.wait_for_pages(1)
    (second,) = ratna.sent_pages()
    assert second.id != first.id


def test_a_page_too_many_is_told_and_waits(phone: MakePhone) -> None:
    ratna = phone()
    ratna.choose(large(1), large(2), large(3))
    ratna.press("Kirim foto ini")
    expect(ratna.page.locator("#berkas-problem").or_(ratna.page.locator(".summary-of-errors")).first).to_be_visible()
    assert len(ratna.sent_pages()) == 2
    expect(ratna.page.get_by_role("heading", name="1 foto belum selesai dikirim")).to_be_visible()
    ratna.photograph("one-too-many")
    ratna.assert_accessible()
    ratna.press("Hapus halaman 1")
    ratna.wait_for_pages(1)
    ratna.press("Lanjutkan kirim")
    ratna.wait_for_pages(2)
    assert ratna.waiting() == []
