"""Examples of definitions, walked by a browser without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from django.test import Client

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.loading import load_catalogue
from adminduk.catalogue.schema import Example, Service
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts.types import Identity
from tests.making import Owner, fresh_identity, make_owner
from tests.pages.application import walking
from tests.usecases.stand_ins import SEMARANG, Register

ROOT = Path(__file__).resolve().parents[3]
FOURTH = ROOT / "tests" / "data" / "fourth_service"
ELSEWHERE = RegionCode("51.71")


def all_definitions() -> Catalogue:
    """What is shipped, and the service outside the package."""
    return load_catalogue(ROOT / "definitions", (FOURTH,))


def somebody_like(example: Example, register: Register, catalogue: Catalogue) -> Owner:
    """A citizen whom the register describes as the example does; where it is silent there, it is down."""
    facts = example.facts
    born = date.fromisoformat(str(facts["birth_date"]))
    identity: Identity = replace(fresh_identity(), birth_date=born)
    owner = make_owner(SEMARANG.number, identity=identity)
    if facts.get("is_matched") is not True:
        register.is_down = True
        return owner
    lives = {True: SEMARANG, False: ELSEWHERE}.get(facts.get("is_resident"))  # type: ignore[call-overload]
    texts = ("birth_place", "address", "marital_status", "occupation", "blood_type", "religion", "sex")
    known = {name: str(facts.get(name, "")) for name in texts}
    register.add(identity, region=lives, card_status=_raw_status(example, catalogue), **known)
    return owner


def _raw_status(example: Example, catalogue: Catalogue) -> str:
    """A text of the register that means what the example says about card and biometrics."""
    wanted = {name: example.facts[name] for name in ("card", "biometrics") if name in example.facts}
    for raw in _STATUSES:
        meant = catalogue.card_facts(raw)
        if all(meant[name] == value for name, value in wanted.items()):
            return raw
    raise LookupError(f"no status of the register means {wanted}")


_STATUSES = (
    "CARD_ISSUED", "BELUM_REKAM", "PRINT_READY_RECORD", "CARD_PRINTED", "PROCESSING", "DUPLICATE_RECORD",
    "ENROLL_FAILURE_AT_CENTRAL", "BIO_CAPTURED", "TIDAK_DIKENAL",
)  # fmt: skip


def typed(example: Example, service: Service) -> dict[str, object]:
    """All answers as a form sends them."""
    given: dict[str, object] = {**example.screening, **example.answers}
    dates = {q.id for group in service.groups for q in group.questions if q.type == "date"}
    for name in dates & set(given):
        given |= walking.as_form({name: str(given[name])})
    return given


def fill_in(client: Client, draft: UUID, example: Example, service: Service) -> list[str]:
    """Follow "Lanjut" from page to page to the check. Returns the ids of the documents that were asked."""
    home, documents = f"/permohonan/{draft}", list[str]()
    path = client.get(f"{home}/").content.decode().split('class="button primary" href="')[1].split('"')[0]
    for _ in range(40):
        if path.endswith("/periksa"):
            return documents
        if "/dokumen/" in path:
            documents.append(path.rsplit("/", 1)[1])
            pages = next(d.min_pages for d in service.documents if d.id == documents[-1])
            fields: dict[str, object] = {"berkas": [walking.photograph() for _ in range(pages)]}
        else:
            fields = typed(example, service)
        answer = walking.press(client, path, lanjut="1", **fields)
        assert answer.status_code == 303, walking.text_of(answer)
        path = answer["Location"]
    raise AssertionError("the form does not end")
