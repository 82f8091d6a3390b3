"""One complete application for a lost KTP-el, as a person does it: start, sign in, answers, three photographs, send."""

from __future__ import annotations

import html
import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

from benchmarks.browser import Browser, Form, Page, Upload

REGION = "51.71"  # the lean one: Kartu Keluarga and police letter are enough
_SCREENING = {"pernah_punya": "pernah", "data_berubah": "tidak", "surat_polisi": "sudah", "kk_di_sini": "di_sini"}
_ANSWERS = {
    "tempat_lahir": "Denpasar",  # asked only while the register is silent
    "alamat": "Jalan Contoh 1, RT 001/RW 002, Dangin Puri, Denpasar Utara",
    "status_kawin": "kawin",
    "pekerjaan": "Guru",
    "data_benar": "semua_benar",
    "sebab_hilang": "tercecer",
    "tanggal_hilang-hari": "20",
    "tanggal_hilang-bulan": "11",
    "tanggal_hilang-tahun": "2025",
    "tempat_hilang": "Pasar",
    "telepon": "",
    "bantuan": "tidak",
    "cara_terima": "ambil",
}
# Two pages of the Kartu Keluarga, one letter of the police: "Kirim foto ini" stays on the page, "Lanjut" goes on.
_SENDING = (("kirim", "/dokumen/kk"), ("lanjut", "/dokumen/surat_kehilangan"), ("lanjut", "/periksa"))
_CODE = re.compile(r"\b([0-9]{6})\b")
_CODE_WITHIN = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional person of the stand-in's population, and the address that he uses."""

    nik: str
    no_kk: str
    name: str
    birth_date: str
    email: str

    @classmethod
    def of(cls, raw: dict[str, Any], *, email: str) -> Person:
        return cls(raw["nik"], raw["no_kk"], raw["name"], raw["birth_date"], email)


def apply_for_card(browser: Browser, person: Person, photographs: tuple[bytes, ...], *, mailbox_url: str) -> str:
    """Walk the whole way; returns the address of the application. `photographs` are three.

    The page that an answer leads to is the one that is filled in next, as a person does it.
    """
    query = "&".join(f"{name}={value}" for name, value in _SCREENING.items())
    page = browser.get(f"/d/{REGION}/ktp_el_hilang/syarat?{query}", step="requirements")
    page = browser.post(page.form("/mulai"), step="to sign-in")
    page = sign_in(browser, page, person, mailbox_url=mailbox_url)
    if page.url.endswith("/masuk/belum-dicocokkan"):  # the register is silent: told so, he goes on
        page = browser.get(_way_on(page), step="not compared yet")
        page = browser.post(page.form("/permohonan/mulai"), step="begin")
    address = _led("/isi/data_diri", page).url.removesuffix("/isi/data_diri")
    for leads_to in ("/isi/kehilangan", "/isi/layanan", "/dokumen/kk"):
        page = _led(leads_to, browser.post(page.form("/isi/"), step="answers", **_fitting(page.form("/isi/"))))
    for photograph, (button, leads_to) in zip(photographs, _SENDING, strict=True):
        page = _led(leads_to, _attach(browser, page, photograph, button))
    page = _led("/terkirim", browser.post(page.form("/periksa"), step="send", benar="ya"))
    browser.get(f"{address}/status", step="status")
    return address


def sign_in(browser: Browser, page: Page, person: Person, *, mailbox_url: str) -> Page:
    """The four answers, and the code that arrives by mail (waiting for it is nobody's CPU and not counted)."""
    year, month, day = person.birth_date.split("-")
    born = {"birth_date-hari": day, "birth_date-bulan": month, "birth_date-tahun": year}
    answers = {"nik": person.nik, "no_kk": person.no_kk, "name": person.name, **born}
    answers |= {"address": person.email, "channel": "email"}
    page = browser.post(page.form("/masuk/"), step="sign in", **answers)
    code = _await_code(f"{mailbox_url}/messages?to={person.email}&count=1")
    return browser.post(page.form("/masuk/kode/"), step="code, and begin", code=code)


def _way_on(page: Page) -> str:
    link = re.search(r'<a class="button[^"]*" href="([^"]+)"', page.body)
    if link is None:
        raise LookupError(f"{page.url} shows no way on")
    return html.unescape(link.group(1))


def _await_code(url: str) -> str:
    deadline = time.monotonic() + _CODE_WITHIN
    while time.monotonic() < deadline:
        with urlopen(url, timeout=30) as answer:
            messages = json.load(answer)
        if messages and (found := _CODE.search(messages[0]["subject"])):
            return found.group(1)
        time.sleep(0.1)  # the mailbox tells nobody that something came
    raise LookupError("no code came by mail")


def _fitting(form: Form) -> dict[str, str]:
    return {name: value for name, value in _ANSWERS.items() if name in form.fields or name in form.choices}


def _led(where: str, page: Page) -> Page:
    if not page.url.endswith(where):
        raise LookupError(f"led to {page.url} instead of {where}")
    return page


def _attach(browser: Browser, page: Page, photograph: bytes, button: str) -> Page:
    form = next(form for form in page.forms() if "/dokumen/" in form.action and "key" in form.fields)
    field = re.search(r'<input[^>]*type="file"[^>]*>', page.body)
    name = re.search(r'name="([^"]+)"', field.group()) if field else None
    if name is None:
        raise LookupError(f"{page.url} has no field for a file")
    return browser.upload(form, name.group(1), Upload("foto.jpg", photograph), step="photograph", **{button: "1"})
