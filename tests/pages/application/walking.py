"""A browser without JavaScript, in the test's own process."""

from __future__ import annotations

import re
from typing import Protocol
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.making import Owner
from tests.usecases import citizen

_TAGS = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


def signed_in(owner: Owner) -> Client:
    """A browser in which the owner has signed in."""
    client = Client()
    session = client.session
    session["citizen"] = {"id": str(owner.actor.id), "epoch": 0}
    session.save()
    return client


def begun(client: Client, *, service_id: str = "ktp_el_hilang", region: str = "33.74", **answers: str) -> HttpResponse:
    """Answer the first questions of a service and press "Mulai untuk saya", once more where something was refused."""
    typed = answers or citizen.SCREENING
    response = press(client, f"/d/{region}/{service_id}/mulai", **typed)
    return press(client, "/permohonan/mulai") if response["Location"] == "/permohonan/mulai" else response


def press(client: Client, path: str, **fields: object) -> HttpResponse:
    """Send a form with a fresh key."""
    response = client.post(path, {"key": str(uuid4()), **fields})
    assert isinstance(response, HttpResponse)
    return response


class HasContent(Protocol):
    """An answer."""

    @property
    def content(self) -> bytes: ...


def text_of(response: HasContent) -> str:
    """What the page says, without marks."""
    return " ".join(_TAGS.sub(" ", response.content.decode()).split())


def application_in(response: HttpResponse) -> UUID:
    """Which application a redirect leads to."""
    found = re.search(r"/permohonan/([0-9a-f-]{36})/", response["Location"])
    assert found, response["Location"]
    return UUID(found[1])


def photograph(data: bytes | None = None, name: str = "foto.jpg") -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, data or citizen.picture(), content_type="image/jpeg")


def as_form(raw: dict[str, str]) -> dict[str, str]:
    """Dates go into three fields."""
    fields = dict(raw)
    for name, value in raw.items():
        parts = value.split("-")
        if len(parts) == 3 and all(part.isdigit() for part in parts):
            day, month, year = parts if len(parts[2]) == 4 else reversed(parts)
            fields |= {f"{name}-hari": day, f"{name}-bulan": month, f"{name}-tahun": year}
    return fields


def fill_in(client: Client, application_id: UUID) -> None:
    """Answer every page of questions and send every document that Kota Semarang asks for."""
    home = f"/permohonan/{application_id}"
    for group_id, raw in citizen.ANSWERS.items():
        if group_id != "pernyataan":
            answer = press(client, f"{home}/isi/{group_id}", lanjut="1", **as_form(raw))
            assert answer.status_code == 303, text_of(answer)
    for requirement_id in citizen.DOCUMENTS:
        answer = press(client, f"{home}/dokumen/{requirement_id}", lanjut="1", berkas=photograph())
        assert answer.status_code == 303, text_of(answer)
