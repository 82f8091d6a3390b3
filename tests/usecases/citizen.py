"""A citizen who applies for a lost card, step by step: what tests of later steps begin with."""

from __future__ import annotations

import io
import secrets
from uuid import UUID

from PIL import Image

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import queries as cases
from adminduk.usecases import apply, attach
from tests.making import Owner, make_owner
from tests.usecases.stand_ins import SEMARANG, Register

SCREENING = {"pernah_punya": "pernah", "data_berubah": "tidak", "surat_polisi": "sudah", "kk_di_sini": "di_sini"}
ANSWERS = {
    "data_diri": {"data_benar": "semua_benar"},
    "kehilangan": {"sebab_hilang": "tercecer", "tanggal_hilang": "20-11-2026", "tempat_hilang": "Pasar"},
    "layanan": {"telepon": "", "bantuan": "tidak", "cara_terima": "ambil"},
    "pernyataan": {"benar": "ya"},
}
BY_HAND = {
    "tempat_lahir": "Semarang",
    "alamat": "Jalan Contoh 1",
    "status_kawin": "kawin",
}
DOCUMENTS = ("kk", "surat_kehilangan", "akta_lahir", "pas_foto")


def picture() -> bytes:
    """A small JPEG, unlike every other."""
    out = io.BytesIO()
    Image.frombytes("RGB", (16, 12), secrets.token_bytes(16 * 12 * 3)).resize((320, 240)).save(out, "JPEG")
    return out.getvalue()


def somebody(register: Register, **changes: object) -> Owner:
    """A matched citizen of Kota Semarang whom the register knows."""
    owner = make_owner(SEMARANG.number)
    register.add(owner.identity, **changes)
    return owner


def start(actor: Actor, *, key: str = "", **changes: object) -> UUID:
    """Begin an application for a lost card in Kota Semarang."""
    wanted = {"service_id": "ktp_el_hilang", "region": SEMARANG, "screening": SCREENING} | changes
    return apply.start(actor, key=key, **wanted)  # type: ignore[arg-type]


def fill_in(actor: Actor, application_id: UUID, *, by_hand: bool = False) -> None:
    """Answer every group."""
    for group_id, raw in ANSWERS.items():
        typed = BY_HAND if by_hand and group_id == "data_diri" else raw
        assert apply.save_answers(actor, application_id, group_id=group_id, raw=typed) == ()


def send_documents(actor: Actor, application_id: UUID) -> None:
    """One page for each document that Kota Semarang asks for."""
    for requirement_id in DOCUMENTS:
        attach.attach(actor, application_id, requirement_id=requirement_id, kind="", data=picture())


def complete_draft(actor: Actor, *, by_hand: bool = False) -> UUID:
    """Everything but the sending."""
    application_id = start(actor)
    fill_in(actor, application_id, by_hand=by_hand)
    send_documents(actor, application_id)
    return application_id


def sent(actor: Actor) -> UUID:
    """A sent application."""
    return apply.submit(actor, complete_draft(actor), key="")


def number_of(actor: Actor, application_id: UUID) -> str:
    """What stands on the receipt."""
    with acting_as(actor):
        return cases.get_case(application_id).number
