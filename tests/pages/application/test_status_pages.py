"""Status with and without sign-in, corrections, objection, applying anew."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from adminduk.foundation import clock
from adminduk.kernel.actor import Actor
from adminduk.modules.notifications.types import GIVEN_UP_AFTER
from adminduk.usecases import look_up, review_decisions
from adminduk.usecases.review_decisions import Asked
from tests.making import Owner
from tests.pages.application import walking
from tests.pages.application.walking import photograph, press, text_of
from tests.pages.officer.clients import browser_of
from tests.usecases import citizen
from tests.usecases.reviewing import every_tick, release_of, staff
from tests.usecases.stand_ins import Register
from tests.usecases.test_after_sending import KK, PLACE, asked_to_mend, case_of, refused, settle, taken_by_officer

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def owner(register: Register) -> Owner:
    return citizen.somebody(register)


@pytest.fixture
def client(owner: Owner) -> Client:
    return walking.signed_in(owner)


def looked_up(owner: Owner, sent: UUID, **changes: object) -> dict[str, object]:
    born = owner.identity.birth_date
    fields = {"lahir-hari": born.day, "lahir-bulan": born.month, "lahir-tahun": born.year}
    return {"nomor": citizen.number_of(owner.actor, sent), **fields, **changes}


def approve(actor: Actor, sent: UUID) -> None:
    ticked = every_tick(case_of(actor, sent))
    review_decisions.approve(taken_by_officer(sent), sent, ticked=ticked, key="", at=clock.now())


class TestANewOne:
    """ "Buat permohonan" asks for the region only when nothing tells it."""

    def test_nothing_is_known(self, client: Client) -> None:
        assert 'href="/">Buat permohonan' in client.get("/permohonan/").content.decode()

    def test_the_page_of_a_region_was_seen(self, client: Client) -> None:
        client.get("/d/51.71/")
        assert 'href="/d/51.71/">Buat permohonan' in client.get("/permohonan/").content.decode()

    def test_there_is_an_application(self, owner: Owner, client: Client) -> None:
        client.get("/d/51.71/")
        citizen.start(owner.actor)
        assert 'href="/d/33.74/">Buat permohonan' in client.get("/permohonan/").content.decode()


class TestOwnStatus:
    def test_after_approval_it_says_what_truly_comes(self, owner: Owner, client: Client) -> None:
        sent = citizen.sent(owner.actor)
        approve(owner.actor, sent)
        settle()
        page = text_of(client.get(f"/permohonan/{sent}/status"))
        assert "Disetujui" in page
        assert "Menunggu dicetak" in page
        assert "Tarik permohonan ini" not in page

    def test_a_decision_that_may_be_undone_is_not_told(self, owner: Owner, client: Client) -> None:
        sent = citizen.sent(owner.actor)
        approve(owner.actor, sent)
        page = text_of(client.get(f"/permohonan/{sent}/status"))
        assert "Giliran kantor" in page
        assert "Disetujui" not in page
        assert "Disetujui" not in text_of(client.get("/permohonan/"))

    def test_a_refusal_says_why_on_which_basis_and_what_to_do(self, owner: Owner, client: Client) -> None:
        sent = refused(owner.actor)
        page = text_of(client.get(f"/permohonan/{sent}/status"))
        assert "KK milik orang lain" in page
        assert "Dasar:" in page
        assert "Ajukan keberatan" in page
        assert "Ajukan lagi dengan data ini" in page

    def test_a_message_that_could_not_be_sent_is_not_on_its_way(self, owner: Owner, client: Client) -> None:
        sent = citizen.sent(owner.actor)
        assert "sedang dikirim" in text_of(client.get(f"/permohonan/{sent}/status"))
        clock.move_forward(GIVEN_UP_AFTER + timedelta(minutes=1))
        page = text_of(walking.signed_in(owner).get(f"/permohonan/{sent}/status"))
        assert "gagal dikirim" in page and "sedang dikirim" not in page
        head = text_of(browser_of(staff(role="head")).get("/petugas/kepala"))
        assert "Permohonan diterima" in head and "gagal dikirim" in head

    def test_not_matched_it_says_so(self, register: Register, owner: Owner, client: Client) -> None:
        register.is_down = True
        draft = citizen.complete_draft(owner.actor, by_hand=True)
        press(client, f"/permohonan/{draft}/periksa", benar="ya")
        assert "Belum dicocokkan" in text_of(client.get(f"/permohonan/{draft}/terkirim"))
        page = text_of(client.get(f"/permohonan/{draft}/status"))
        assert "Menunggu data kependudukan" in page and "Menunggu pencocokan" in page
        assert page.index("Data dicocokkan") < page.index("Petugas memeriksa") < page.index("KTP-el dicetak")
        assert "Menunggu pencocokan" in text_of(client.get("/permohonan/"))
        assert "Diperiksa kantor" not in page + text_of(client.get("/permohonan/"))
        head = browser_of(staff(role="head"))
        assert "1 menunggu data kependudukan" in text_of(head.get("/petugas/kepala"))
        assert "sudah diperiksa" not in text_of(head.get("/petugas/"))


class TestCorrections:
    def test_item_by_item_and_back(self, owner: Owner, client: Client) -> None:
        sent = asked_to_mend(owner.actor, KK, PLACE)
        page = text_of(client.get(f"/permohonan/{sent}/perbaiki"))
        assert "Pasar yang mana?" in page
        assert "Buram" in page
        assert press(client, f"/permohonan/{sent}/perbaiki").status_code == 422
        group = client.get(f"/permohonan/{sent}/isi/kehilangan").content.decode()
        assert 'name="tempat_hilang"' in group
        assert 'name="sebab_hilang"' not in group
        answer = press(client, f"/permohonan/{sent}/isi/kehilangan", lanjut="1", tempat_hilang="Pasar Johar")
        assert answer["Location"] == f"/permohonan/{sent}/perbaiki"
        document = client.get(f"/permohonan/{sent}/dokumen/kk").content.decode()
        first = document.split('name="hapus" value="')[1].split('"')[0]
        press(client, f"/permohonan/{sent}/dokumen/kk", hapus=first)
        answer = press(client, f"/permohonan/{sent}/dokumen/kk", lanjut="1", berkas=photograph())
        assert answer["Location"] == f"/permohonan/{sent}/perbaiki"
        assert press(client, f"/permohonan/{sent}/perbaiki")["Location"] == f"/permohonan/{sent}/status"
        assert "Perbaikan dikirim" in text_of(client.get(f"/permohonan/{sent}/status"))

    def test_the_new_picture_takes_the_place_of_the_old_one(self, owner: Owner, client: Client) -> None:
        sent = asked_to_mend(owner.actor, KK)
        page = f"/permohonan/{sent}/dokumen/kk"
        first = client.get(page).content.decode()
        old = first.split('name="hapus" value="')[1].split('"')[0]
        assert f'name="ganti" value="{old}"' in first and f"{page}?ganti={old}#berkas" in first
        assert 'name="ganti"' not in client.get(f"{page}?tambah").content.decode()
        press(client, page, lanjut="1", ganti=old, berkas=photograph())
        after = client.get(page).content.decode()
        assert after.count('name="hapus"') == 1 and old not in after
        assert 'name="ganti"' not in after  # it has come: what is chosen now is one page more

    def test_lacking_pages_are_added(self, owner: Owner, client: Client) -> None:
        sent = asked_to_mend(owner.actor, Asked("document", "kk", "pages_missing", ""))
        assert 'name="ganti"' not in client.get(f"/permohonan/{sent}/dokumen/kk").content.decode()

    def test_an_officer_looks_again_afterwards(self, owner: Owner, client: Client) -> None:
        sent = asked_to_mend(owner.actor, KK)
        page = text_of(client.get(f"/permohonan/{sent}/status"))
        assert page.index("Menunggu perbaikan Anda") < page.index("Petugas memeriksa") < page.index("KTP-el dicetak")

    def test_nothing_else_can_be_opened(self, owner: Owner, client: Client) -> None:
        sent = asked_to_mend(owner.actor, PLACE)
        for page in ("dokumen/kk", "isi/layanan"):
            assert client.get(f"/permohonan/{sent}/{page}")["Location"] == f"/permohonan/{sent}/status"

    def test_an_old_tab_leads_to_the_status(self, owner: Owner, client: Client) -> None:
        sent = citizen.sent(owner.actor)
        for page in ("dokumen/kk", "isi/layanan", "isi/screening"):
            for answer in (client.get(f"/permohonan/{sent}/{page}"), press(client, f"/permohonan/{sent}/{page}")):
                assert answer["Location"] == f"/permohonan/{sent}/status"
        assert client.get(f"/permohonan/{sent}/dokumen/tidak_ada").status_code == 404


class TestEnding:
    def test_objection(self, owner: Owner, client: Client) -> None:
        sent = refused(owner.actor)
        assert press(client, f"/permohonan/{sent}/keberatan", words=" ").status_code == 422
        assert press(client, f"/permohonan/{sent}/keberatan", words="KK itu milik saya").status_code == 303
        page = text_of(client.get(f"/permohonan/{sent}/status"))
        assert "Keberatan diajukan" in page
        assert "Ajukan keberatan" not in page

    def test_anew(self, owner: Owner, client: Client) -> None:
        answer = press(client, f"/permohonan/{refused(owner.actor)}/lagi")
        draft = walking.application_in(answer)
        assert "Tercecer" in text_of(client.get(f"/permohonan/{draft}/periksa"))

    def test_withdrawn(self, owner: Owner, client: Client) -> None:
        sent = citizen.sent(owner.actor)
        assert press(client, f"/permohonan/{sent}/tarik")["Location"] == f"/permohonan/{sent}/status"
        assert "Ditarik" in text_of(client.get(f"/permohonan/{sent}/status"))


class TestWithoutSignIn:
    def test_a_correction_leads_to_sign_in_and_tells_no_words(self, owner: Owner) -> None:
        sent = asked_to_mend(owner.actor, PLACE)
        page = text_of(Client().post("/s/", looked_up(owner, sent)))
        assert "Masuk untuk memperbaiki" in page
        assert "Pasar yang mana?" not in page

    def test_a_refusal_leads_to_sign_in_and_tells_no_reason(self, owner: Owner) -> None:
        sent = refused(owner.actor)
        page = text_of(Client().post("/s/", looked_up(owner, sent)))
        assert "Ditolak" in page and "Masuk untuk membaca" in page
        reasons = release_of().refusal_reasons
        assert not any(reason.label.id in page for reason in reasons)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"nomor": "KTP-2611-000000-00"}, "Ada huruf atau angka yang salah"),
            ({"nomor": "tidak ada"}, "Nomor permohonan belum benar"),
            ({"lahir-hari": "31", "lahir-bulan": "2"}, "tidak ada di kalender"),
            ({"lahir-tahun": "1971"}, "Nomor dan tanggal lahir tidak cocok"),
        ],
    )
    def test_what_does_not_fit(self, owner: Owner, changes: dict[str, object], said: str) -> None:
        answer = Client().post("/s/", looked_up(owner, citizen.sent(owner.actor), **changes))
        assert answer.status_code == 422
        assert said in text_of(answer)

    def test_a_draft_is_not_found(self, owner: Owner) -> None:
        answer = Client().post("/s/", looked_up(owner, citizen.start(owner.actor)))
        assert answer.status_code == 422

    def test_guessing_birth_dates_ends(self, owner: Owner) -> None:
        fields = looked_up(owner, citizen.sent(owner.actor))
        for year in range(1950, 1950 + look_up.OF_NUMBER.times):
            written = str(fields["nomor"]).replace("-", "-" if year % 2 else " ")  # one number, however it is written
            assert Client().post("/s/", {**fields, "nomor": written, "lahir-tahun": year}).status_code == 422
        assert Client().post("/s/", fields).status_code == 429
