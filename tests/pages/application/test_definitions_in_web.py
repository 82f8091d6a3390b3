"""Every example of every definition walks through the web channel, those of a service outside the package too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.release import Release
from adminduk.catalogue.schema import Example, Service
from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications import queries as cases
from adminduk.modules.notifications import queries as messages
from adminduk.usecases import outside, review, review_decisions
from adminduk.usecases.review_decisions import Asked
from tests.catalogue.papers.pages import sample_page
from tests.pages.application import definitions, walking
from tests.pages.application.walking import press, text_of
from tests.usecases import citizen, readers, reviewing
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
CATALOGUE = definitions.all_definitions()
EXAMPLES = [
    pytest.param(service, example, id=f"{service.id}: {example.name}")
    for service in CATALOGUE.services
    for example in service.examples
]


def catalogue() -> Catalogue:
    """Named in the settings of these tests."""
    return CATALOGUE


@pytest.fixture(autouse=True)
def definitions_outside_too(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from django.conf import settings

    monkeypatch.setattr(settings, "CATALOGUE", "tests.pages.application.test_definitions_in_web.catalogue")
    outside.forget()
    yield
    monkeypatch.undo()
    outside.forget()


@pytest.mark.parametrize(("service", "example"), EXAMPLES)
def test_an_example_comes_to_what_it_expects(
    register: Register, monkeypatch: pytest.MonkeyPatch, service: Service, example: Example
) -> None:
    noon = datetime.combine(datetime.fromisoformat(example.today), time(5), tzinfo=UTC)
    release = CATALOGUE.example_release(service.id, example)

    def as_in_example(self: Catalogue, service_id: str, *_: object, **__: object) -> Release:
        return release

    monkeypatch.setattr(clock, "now", lambda: noon)
    monkeypatch.setattr(Catalogue, "release", as_in_example)
    client = walking.signed_in(definitions.somebody_like(example, register, CATALOGUE))
    begun = walking.begun(client, service_id=service.id, **example.screening)
    if example.expect.decision == "no":
        assert begun.status_code == 422
        assert "Dasar:" in text_of(begun)
        return
    draft = walking.application_in(begun)
    asked = definitions.fill_in(client, draft, example, service)
    assert set(asked) == set(example.expect.documents)
    sent = press(client, f"/permohonan/{draft}/periksa", **definitions.typed(example, service))
    assert sent["Location"] == f"/permohonan/{draft}/terkirim", text_of(sent)
    whose = "Giliran kantor" if example.facts["is_matched"] is True else "Menunggu data kependudukan"
    assert whose in text_of(client.get(f"/permohonan/{draft}/status"))


def test_a_fourth_service_is_filled_from_photographs_too(register: Register) -> None:
    client = walking.signed_in(citizen.somebody(register))
    screening = {"kk_sudah_baru": "ya", "kartu_lama_ada": "ya", "kk_di_sini": "di_sini"}
    draft = walking.application_in(walking.begun(client, service_id="ktp_el_perubahan_data", **screening))
    form = f"/permohonan/{draft}/isi/yang_berubah"
    press(client, form, lanjut="1", data_diubah=["nama"])
    with readers.in_place() as reader:
        reader.page = sample_page(CATALOGUE.papers, "akta_kelahiran")
        proof = {"jenis": "akta_kelahiran", "berkas": walking.photograph()}
        press(client, f"/permohonan/{draft}/dokumen/bukti_nama", kirim="1", **proof)
        readers.read_all()
    page = client.get(form).content.decode()
    assert page.count("Dibaca dari foto, periksa.") == 1
    assert 'value="CITRA AYU LESTARI"' in page


def test_a_fourth_service_of_one_file_goes_all_the_way(register: Register) -> None:
    """Region by name, several choices, a document of two pages; correction, approval, messages."""
    owner = citizen.somebody(register)
    client = walking.signed_in(owner)
    assert "KTP-el karena data berubah" in text_of(client.get("/d/33.74/"))
    draft = walking.application_in(
        walking.begun(
            client, service_id="ktp_el_perubahan_data", kk_sudah_baru="ya", kartu_lama_ada="ya", kk_di_sini="di_sini"
        )
    )
    form = f"/permohonan/{draft}/isi/yang_berubah"
    press(client, form, lanjut="1", data_diubah=["alamat"])
    answer = press(client, form, lanjut="1", data_diubah=["alamat"], daerah_asal="denpasar", pindah_ke_berapa="3")
    assert answer["Location"].endswith("/isi/kartu_lama"), text_of(answer)
    assert b'value="Kota Denpasar"' in client.get(form).content
    press(client, f"/permohonan/{draft}/isi/kartu_lama", lanjut="1", cip_terbaca="tidak")
    press(client, f"/permohonan/{draft}/dokumen/kk", lanjut="1", berkas=walking.photograph())
    one_page = press(client, f"/permohonan/{draft}/dokumen/surat_pindah", kirim="1", berkas=walking.photograph())
    assert one_page.status_code == 303
    assert "Belum lengkap" in text_of(client.get(f"/permohonan/{draft}/periksa"))
    press(client, f"/permohonan/{draft}/dokumen/surat_pindah", lanjut="1", berkas=walking.photograph())
    check = text_of(client.get(f"/permohonan/{draft}/periksa"))
    assert "Kota Denpasar" in check
    assert press(client, f"/permohonan/{draft}/periksa", benar="ya")["Location"].endswith("/terkirim")

    officer = reviewing.staff()
    assert review.take_next(officer, at=clock.now()) == draft
    item = Asked("question", "pindah_ke_berapa", "unclear", "Sebutkan lagi")
    review_decisions.ask_corrections(officer, draft, items=(item,), key="", at=clock.now())
    press(client, form, lanjut="1", pindah_ke_berapa="4")
    assert press(client, f"/permohonan/{draft}/perbaiki")["Location"].endswith("/status")

    assert review.take_next(officer, at=clock.now()) == draft
    with acting_as(owner.actor):
        case = cases.get_case(draft)
    assert case.answers["pindah_ke_berapa"] == 4
    outcome = review_decisions.approve(officer, draft, ticked={"kk_baru", "pindah"}, key="", at=clock.now())
    assert outcome == "printing"
    with acting_as(owner.actor):
        told = [m.event for m in messages.list_of_application(draft, region_id=SEMARANG.number)]
    assert told == ["application_received", "correction_requested", "correction_received", "approved_printing"]
