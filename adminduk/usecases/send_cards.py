"""The operator gives cards to the courier: a list, its file and its labels, and the moment at which he takes them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.deliveries import actions as deliveries
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import ParcelAct, ParcelState
from adminduk.modules.deliveries.types import Manifest, Parcel
from adminduk.modules.offices import queries as offices
from adminduk.usecases import notify
from adminduk.usecases.case_record import record
from adminduk.usecases.choose_delivery import address_of
from adminduk.usecases.hand_over import region_of_operator
from adminduk.usecases.queue_at_counter import day_in

PREFIX: Final = "KRM"  # kirim
COLUMNS: Final = ("daftar", "nomor", "nama", "alamat", "ongkos_dibayar_ke_kurir", "kartu_lama_diambil", "resi")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Label:
    """One card on a list, with what stands on its envelope."""

    parcel: Parcel
    case: Case
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedManifest:
    """A list with everything on it."""

    manifest: Manifest
    labels: tuple[Label, ...]


def list_waiting(actor: Actor, *, site_id: UUID, key: str, at: datetime) -> UUID:
    """Put what waits for one courier at a place on one list. Raises NotFound; DomainError("no_parcels")."""
    region_id = region_of_operator(actor)

    def act() -> str:
        site = offices.get_site(site_id, region_id=region_id)
        waiting = parcels.list_in(region_id, ParcelState.WAITING, lock=True)
        here = [parcel for parcel in waiting if parcel.site_id == site.id]
        if not here:
            raise DomainError("no_parcels")
        # A region may have changed its courier: nobody is given what another has named his price for.
        here = [parcel for parcel in here if parcel.courier == here[0].courier][:_MOST_AT_ONCE]
        manifest_id = uuid7()
        deliveries.make_manifest(
            manifest_id,
            region_id=region_id,
            site_id=site.id,
            number=ApplicationNumber.new(PREFIX, today=day_in(region_id, at=at)).text,
            courier=here[0].courier,
            parcels=len(here),
            made_by=actor.id,
            at=at,
        )
        for parcel in here:
            deliveries.put_on(parcel, manifest_id=manifest_id)
            deliveries.move(parcel, ParcelAct.LIST, actor_id=actor.id, at=at)
            record("delivery.list", cases.get_case(parcel.application_id), actor=actor, at=at)
        return str(manifest_id)

    return UUID(once(actor, key, act))


def open_manifest(actor: Actor, manifest_id: UUID, *, at: datetime, act: str = "delivery.read") -> OpenedManifest:
    """A list with names and addresses; the look is recorded for each person on it. Raises NotFound."""
    region_id = region_of_operator(actor)
    with acting_as(actor):
        manifest = parcels.get_manifest(manifest_id, region_id=region_id)
        labels = []
        for parcel in parcels.list_of_manifest(manifest_id, region_id=region_id):
            case = cases.get_case(parcel.application_id)
            record(act, case, actor=actor, at=at)
            labels.append(Label(parcel, case, address_of(case)))
        return OpenedManifest(manifest, tuple(labels))


def as_csv(opened: OpenedManifest) -> str:
    """The courier's file. A cell that a spreadsheet would take for a formula is written as text."""
    written = io.StringIO()
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for label in opened.labels:
        taken = "ya" if label.parcel.old_card == "taken_in" else "tidak"
        row = (
            opened.manifest.number,
            label.case.number,
            label.case.subject["name"],
            ", ".join(label.address),
            str(label.parcel.cost_rupiah),
            taken,
            label.parcel.tracking,
        )
        sheet.writerow([harmless(cell) for cell in row])
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell as text, also where it begins like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def mark_sent(actor: Actor, manifest_id: UUID, *, key: str, at: datetime) -> None:
    """The courier has taken what is on the list; each is told. Raises NotFound; DomainError("manifest_is_sent")."""
    region_id = region_of_operator(actor)

    def act() -> str:
        manifest = parcels.get_manifest(manifest_id, region_id=region_id)
        if manifest.sent_at:
            raise DomainError("manifest_is_sent")
        deliveries.mark_sent(manifest_id, region_id=region_id, at=at)
        for seen in parcels.list_of_manifest(manifest_id, region_id=region_id):
            case = cases.get_case(seen.application_id, lock=True)
            parcel = parcels.get_parcel(case.id, region_id=region_id, lock=True)
            if parcel.state is ParcelState.LISTED:
                deliveries.move(parcel, ParcelAct.SEND, actor_id=actor.id, at=at)
                record("delivery.send", case, actor=actor, at=at)
                notify.tell("delivery_sent", case=case, at=at, courier=parcel.courier)
        return ""

    once(actor, key, act)
