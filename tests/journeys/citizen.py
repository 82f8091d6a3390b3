"""What a citizen does, act by act, in the browser."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.people import Person
from tests.journeys.visitor import Visitor

_MOST_PAGES = 20  # a form with more would be one that never ends
_NUMBER = re.compile(r"[A-Z]{3}-[0-9A-Z\-]+")

LOST = {"pernah_punya": "pernah", "data_berubah": "tidak", "surat_polisi": "sudah", "kk_di_sini": "di_sini"}
ANSWERS = {
    "data_benar": "semua_benar",
    "sebab_hilang": "dicuri",
    "tanggal_hilang": "20-11-2026",
    "tempat_hilang": "Pasar Johar",
    "bantuan": "tidak",
    "cara_terima": "ambil",
    "bagian_rusak": "patah",
    "tempat_lahir": "Semarang",
    "alamat": "Jalan Contoh 1",
    "status_kawin": "kawin",
    "pekerjaan": "Guru",
}
PAPERS = {
    "kk": "kk",
    "surat_kehilangan": "surat_kehilangan_kepolisian",
    "ktp_rusak": "ktp_rusak",
    "akta_lahir": "akta_kelahiran",
}


@dataclass
class Citizen:
    """A person of the stories with a browser. `address`: where codes and news go; else an e-mail of this test's own."""

    visitor: Visitor
    person: Person
    address: str = ""
    home: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.address = self.address or f"{self.person.key.replace('_', '-')}-{secrets.token_hex(3)}@contoh.example"

    # --- before sign-in -------------------------------------------------------------------------------------------

    def find_region(self, typed: str) -> None:
        """Type a part of the region's name, and choose it."""
        self.visitor.open("/")
        self.visitor.page.get_by_role("search").get_by_role("searchbox").fill(typed)
        self.visitor.press("Cari", "Search")
        self.visitor.follow(self.person.region_name, self.person.region_name)

    def see_requirements(
        self, service: tuple[str, str], screening: dict[str, str], *, is_for_family: bool = False
    ) -> None:
        """Choose a service, answer the first questions, see what is needed, and begin."""
        self.visitor.follow(*service)
        for name, value in screening.items():
            self.visitor.page.check(f"input[name={name}][value={value}]")
        self.visitor.press("Lihat syarat saya", "Show what I need")
        if is_for_family:
            self.visitor.press("Untuk anggota KK saya", "For somebody on my KK")
        else:
            self.visitor.press("Mulai untuk saya", "Begin for myself")

    # --- sign-in --------------------------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """Four answers, an address, and the code that came to it."""
        had = self._count_messages()
        self.give_answers()
        self.type_code(people.code_in(self.messages(had + 1)[-1]))

    def give_answers(self) -> None:
        """As on the Kartu Keluarga."""
        year, month, day = self.person.birth_date.split("-")
        typed = {"nik": self.person.nik, "no_kk": self.person.no_kk, "name": self.person.name.title()}
        typed |= {"birth_date-hari": day, "birth_date-bulan": month, "birth_date-tahun": year, "address": self.address}
        for name, value in typed.items():
            self.visitor.page.fill(f"input[name={name}]", value)
        self.visitor.press("Kirim kode", "Send code")

    def type_code(self, code: str) -> None:
        """Paste it with a space in the middle, as some do."""
        self.visitor.page.fill("input[name=code]", f"{code[:3]} {code[3:]}")
        self.visitor.press("Masuk", "Sign in")

    def messages(self, count: int = 1) -> list[dict[str, str]]:
        """At least so many messages to the citizen, oldest first."""
        if "@" in self.address:
            return people.mails(self.visitor.portal, self.address, count=count)
        return people.texts(self.visitor.portal, self.address, count=count)

    def _count_messages(self) -> int:
        look = self.visitor.portal.mails_to if "@" in self.address else self.visitor.portal.texts_to
        return len(look(self.address))

    # --- the form -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """For oneself: the first question follows at once, after a page of its own while the register is silent."""
        if self.visitor.path == "/permohonan/mulai":
            self.visitor.press("Mulai untuk saya", "Begin for myself")
        self.home, asked, _ = self.visitor.path.partition("isi/")
        assert asked, self.visitor.path

    def fill_in(self, **changes: str) -> None:
        """From the list of its pages through the whole form, until everything is there to be checked."""
        self.visitor.open(self.home)
        self.visitor.follow("Mulai mengisi", "Start")
        self.finish(**changes)

    def finish(self, **changes: str) -> None:
        """From this page of the form to the last."""
        answers = ANSWERS | changes
        for _ in range(_MOST_PAGES):
            if self.visitor.path.endswith("/periksa"):
                return
            self.do_page(answers)
        raise AssertionError(f"the form does not end: {self.visitor.path}")

    def do_page(self, answers: dict[str, str]) -> None:
        """Answer what this page asks, and go on."""
        if "/dokumen/" in self.visitor.path:
            self.choose_paper()
        else:
            self.answer(answers)
        self.visitor.press("Lanjut", "Continue")

    def answer(self, answers: dict[str, str]) -> None:
        """Fill in every field of the page that has an answer."""
        page = self.visitor.page
        for name, value in answers.items():
            if page.locator(f"input[name='{name}-hari']").count():
                for part, text in zip(("hari", "bulan", "tahun"), value.split("-"), strict=True):
                    page.fill(f"input[name='{name}-{part}']", text)
                continue
            choice = page.locator(f"input[name='{name}'][value='{value}']")
            if choice.count() and choice.get_attribute("type") in ("radio", "checkbox"):
                choice.check()
            elif page.locator(f"[name='{name}']").count():
                page.fill(f"[name='{name}']", value)

    def choose_paper(self) -> None:
        """The document that the page asks for, if the person has one."""
        requirement = self.visitor.path.rpartition("/")[2]
        kind = PAPERS.get(requirement, requirement)
        if kind in self.person.papers:
            paper = people.paper_of(self.visitor.portal, self.person, kind)
            self.visitor.page.set_input_files("input[type=file]", paper)

    def send(self) -> str:
        """State that it is true, send; returns the number on the receipt."""
        self.visitor.page.check("input[name=benar]")
        self.visitor.press("Kirim permohonan", "Send the application")
        number = _NUMBER.search(self.visitor.page.locator(".number").first.inner_text())
        assert number, self.visitor.heading()
        return number.group()

    def apply(self, service: tuple[str, str], screening: dict[str, str], **answers: str) -> str:
        """From the first page to the receipt."""
        self.find_region(self.person.region_name.split()[-1][:5].lower())
        self.see_requirements(service, screening)
        self.sign_in()
        self.begin()
        self.fill_in(**answers)
        return self.send()

    def see_status(self, badge: str) -> None:
        """The own status page says so."""
        self.visitor.open(f"{self.home}status")
        expect(self.visitor.page.locator(".badge").first).to_have_text(badge)
