"""What the courier reports: tracking numbers, failed attempts, delivered, brought back; by hand or from his file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.deliveries import actions as deliveries
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import WITH_COURIER, ParcelAct, ParcelState
from adminduk.modules.deliveries.types import Parcel
from adminduk.modules.handovers.types import OldCard
from adminduk.modules.issuance import queries as products
from adminduk.usecases import fulfil, notify
from adminduk.usecases.at_counter import put_at_counter
from adminduk.usecases.case_record import record
from adminduk.usecases.hand_over import region_of_operator
from adminduk.usecases.old_card import take_in
from adminduk.usecases.outside import catalogue

MOST_LINES: Final = 2000
LONGEST_FILE: Final = 500_000
_YES: Final = frozenset({"ya", "y", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Reported:
    """What the courier says of one card. No act: only its tracking number."""

    act: ParcelAct | None
    day: date
    tracking: str = ""
    old_card_taken: bool | None = None


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line of the file that was not taken over, and why."""

    line: int
    code: str
    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines changed something, how many said what was known, and which were not understood."""

    changed: int
    known: int
    problems: tuple[LineProblem, ...]


def report(actor: Actor, application_id: UUID, said: Reported, *, key: str, at: datetime) -> bool:
    """Take over what the courier says of one card; False where it was known already.

    Raises NotFound; DomainError: parcel_not_possible, tracking_taken, old_card_missing.
    """
    region_id = region_of_operator(actor)
    return once(actor, key, lambda: str(_take_over(actor, application_id, said, region_id=region_id, at=at))) == "True"


def import_file(actor: Actor, content: bytes, *, today: date, at: datetime) -> Imported:
    """Take over the courier's file line by line; sent twice it changes nothing the second time.

    Columns by their names: nomor or resi, status, tanggal (2026-12-31 or 31-12-2026), kartu_lama. Raises NotFound;
    DomainError: courier_file (no such columns, no text, too long).
    """
    region_id, changed, known, problems = region_of_operator(actor), 0, 0, []
    for number, line in enumerate(_lines(content), start=2):
        try:
            said, application_id = _read(actor, line, region_id=region_id, today=today)
            if report(actor, application_id, said, key="", at=at):
                changed += 1
            else:
                known += 1
        except DomainError as refusal:
            code = "parcel_unknown" if isinstance(refusal, NotFound) else refusal.code
            problems.append(LineProblem(number, code, refusal.params))
    return Imported(changed, known, tuple(problems))


def _lines(content: bytes) -> Sequence[Mapping[str, str]]:
    if len(content) > LONGEST_FILE:
        raise DomainError("courier_file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DomainError("courier_file") from None
    head = text.partition("\n")[0]
    sheet = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = {name.strip().lower() for name in sheet.fieldnames or ()}
    if "status" not in names or not names & {"nomor", "resi"}:
        raise DomainError("courier_file")
    lines = [{(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if k} for row in sheet]
    if len(lines) > MOST_LINES:
        raise DomainError("courier_file")
    return lines


def _read(actor: Actor, line: Mapping[str, str], *, region_id: int, today: date) -> tuple[Reported, UUID]:
    act = catalogue().courier_status(line.get("status", ""))
    if act is None:
        raise DomainError("courier_status")
    tracking = line.get("resi", "").lstrip("'")[:40]
    taken = line.get("kartu_lama", "").lower()
    said = Reported(
        act=ParcelAct(act) if act != "tracking" else None,
        day=_day(line.get("tanggal", ""), today=today),
        tracking=tracking,
        old_card_taken=taken in _YES if taken else None,
    )
    with acting_as(actor):
        if line.get("nomor"):
            case = cases.find_by_number(ApplicationNumber.parse(line["nomor"].lstrip("'")).text, region_id=region_id)
            found = parcels.find_parcel(case.id, region_id=region_id) if case else None
        else:
            found = parcels.find_by_tracking(tracking, region_id=region_id) if tracking else None
    if found is None:
        raise NotFound("parcel")
    return said, found.application_id


def _day(text: str, *, today: date) -> date:
    parts = text.replace("/", "-").split("-")
    try:
        day = date.fromisoformat(text) if len(parts[0]) == 4 else date(int(parts[2]), int(parts[1]), int(parts[0]))
    except (ValueError, IndexError):
        raise DomainError("date_format") from None
    if day > today:
        raise DomainError("date_format")
    return day


def _take_over(actor: Actor, application_id: UUID, said: Reported, *, region_id: int, at: datetime) -> bool:
    case = cases.get_case(application_id, lock=True)
    parcel = parcels.get_parcel(application_id, region_id=region_id, lock=True)
    is_new = bool(said.tracking) and said.tracking != parcel.tracking
    if is_new:
        deliveries.set_tracking(parcel, said.tracking)
        record("delivery.tracking", case, actor=actor, at=at)
    if said.act is None or _is_known(parcel, said):
        return is_new
    if parcel.state not in WITH_COURIER:
        raise DomainError("parcel_not_possible")
    if said.act is ParcelAct.DELIVER and parcel.old_card == OldCard.TAKEN_IN and said.old_card_taken is None:
        raise DomainError("old_card_missing")
    if said.old_card_taken is not None:
        deliveries.note_old_card(parcel, is_taken=said.old_card_taken)
    if said.old_card_taken and parcel.site_id is not None:
        take_in(case, site_id=parcel.site_id, actor=actor, at=at)
    to = deliveries.move(parcel, said.act, actor_id=actor.id, at=at, day=said.day)
    record(f"delivery.{to}", case, actor=actor, at=at)
    _follow(case, parcel, to, actor=actor, at=at)
    return True


def _is_known(parcel: Parcel, said: Reported) -> bool:
    """Whether the courier says again what he has said: his file grows from day to day."""
    if said.act is ParcelAct.FAIL:
        return parcel.last_attempt_on is not None and said.day <= parcel.last_attempt_on
    ends = {ParcelAct.DELIVER: ParcelState.DELIVERED, ParcelAct.RETURN: ParcelState.BACK}
    return said.act is not None and parcel.state == ends.get(said.act)


def _follow(case: Case, parcel: Parcel, to: ParcelState, *, actor: Actor, at: datetime) -> None:
    """What the person is told, and where the card goes on."""
    assert parcel.product_id is not None, "a courier has only what has been printed"
    assert parcel.site_id is not None, "and it came from somewhere"
    if to is ParcelState.FAILED:
        notify.tell("delivery_failed", case=case, at=at, courier=parcel.courier)
    elif to is ParcelState.RETURNING:
        notify.tell("delivery_returning", case=case, at=at, courier=parcel.courier)
    elif to is ParcelState.BACK:
        old_card = OldCard.NONE if parcel.old_card_taken else OldCard(parcel.old_card)
        put_at_counter("delivery_back", case, parcel.product_id, site_id=parcel.site_id, old_card=old_card, at=at)
    elif to is ParcelState.DELIVERED:
        notify.tell("delivery_done", case=case, at=at, time=at)
        product = products.get_product(parcel.product_id, region_id=case.region_id)
        fulfil.advance(product.id, region_id=case.region_id, step_id=product.step_id, actor=actor, at=at)
