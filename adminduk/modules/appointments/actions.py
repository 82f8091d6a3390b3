"""Write capacity and appointments. A place is taken in one statement, under the slot's lock and a unique index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import run
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.appointments.models import BreakInterval, CapacityInterval, SiteClosure
from adminduk.modules.appointments.queries import lock_slot, lock_week, needs_context
from adminduk.modules.appointments.states import State, sources_of
from adminduk.modules.appointments.types import Booking, Break, Capacity, FreeSlot, Holder, Kind, Need

HOLD = timedelta(minutes=10)
_LAPSE = """
UPDATE appointments_appointment SET state = 'lapsed', held_until = NULL, changed_at = %(at)s
WHERE region_id = %(region)s AND state = 'held' AND {condition}"""
_ENDED = """site_id = %(site)s AND kind = %(kind)s AND day = %(day)s AND starts = %(starts)s
    AND held_until <= %(at)s"""
_TAKE = """
INSERT INTO appointments_appointment (id, region_id, owner_id, application_id, subject_index, site_id, kind, day,
    starts, minutes, place, starts_at, state, held_until, group_id, needs, reason, made_at, changed_at)
SELECT %(id)s, %(region)s::int, %(owner)s, %(application)s, %(subject)s, %(site)s::uuid, %(kind)s::text,
    %(day)s::date, %(starts)s::time, %(minutes)s, free.number, %(starts_at)s, %(state)s::text, %(held_until)s,
    %(group)s, %(needs)s, '', %(at)s::timestamptz, %(at)s::timestamptz
FROM generate_series(1, %(places)s::int) AS free (number)
WHERE NOT EXISTS (
    SELECT FROM appointments_appointment o
    WHERE o.region_id = %(region)s::int AND o.site_id = %(site)s::uuid AND o.kind = %(kind)s::text
        AND o.day = %(day)s::date AND o.starts = %(starts)s::time AND o.place = free.number
        AND o.state IN ('held', 'booked', 'arrived'))
ORDER BY free.number LIMIT 1
ON CONFLICT DO NOTHING"""
_SET = "UPDATE appointments_appointment SET state = %s, held_until = NULL, changed_at = %s"


def hold(free: FreeSlot, *, holder: Holder, group_id: UUID, at: datetime) -> UUID:
    """Keep a place for ten minutes; what the same person held before is given back.

    Must act as the system: a citizen does not see whose holds have ended. Raises DomainError("slot_taken").
    """
    lock_slot((free.slot.site_id, free.slot.kind, free.slot.day, free.slot.starts))
    given = {"at": at, "region": holder.region_id, "subject": holder.subject_index}
    run(_LAPSE.format(condition="subject_index = %(subject)s"), given)
    return _take(free, holder=holder, state=State.HELD, group_id=group_id, needs=frozenset(), at=at)


def book(free: FreeSlot, *, holder: Holder, needs: frozenset[Need], group_id: UUID | None = None, at: datetime) -> UUID:
    """Give a place at once, without a hold: by the office, or by lot; `group_id` where a family comes together.

    Must act as the system. Raises DomainError("slot_taken"), also when the person has an appointment already.
    """
    lock_slot((free.slot.site_id, free.slot.kind, free.slot.day, free.slot.starts))
    return _take(free, holder=holder, state=State.BOOKED, group_id=group_id or uuid7(), needs=needs, at=at)


def _take(
    free: FreeSlot, *, holder: Holder, state: State, group_id: UUID, needs: frozenset[Need], at: datetime
) -> UUID:
    slot, booking_id = free.slot, uuid7()
    given: dict[str, object] = {
        "id": booking_id, "region": holder.region_id, "owner": holder.owner_id,
        "application": holder.application_id, "subject": holder.subject_index, "site": slot.site_id,
        "kind": slot.kind, "day": slot.day, "starts": slot.starts, "minutes": slot.minutes, "places": slot.places,
        "starts_at": free.starts_at, "state": state, "held_until": at + HOLD if state is State.HELD else None,
        "group": group_id, "needs": _sealed(booking_id, holder.region_id, needs), "at": at,
    }  # fmt: skip
    run(_LAPSE.format(condition=_ENDED), given)
    if not run(_TAKE, given):
        raise DomainError("slot_taken")
    return booking_id


def _sealed(booking_id: UUID, region_id: int, needs: Iterable[Need]) -> bytes | None:
    words = sorted(str(need) for need in needs)
    return crypto.encrypt_json(words, context=needs_context(booking_id, region_id)) if words else None


def confirm(booking: Booking, *, needs: frozenset[Need], at: datetime) -> None:
    """Make a hold firm; an appointment that the person had before is given back in the same breath.

    Must act as the system: perhaps somebody else of the family has booked the one before. Raises
    DomainError("hold_ended") when the ten minutes are over.
    """
    run(
        f"{_SET} WHERE region_id = %s AND subject_index = %s AND state = 'booked'",
        [State.CHANGED, at, booking.region_id, booking.subject_index],
    )
    changed = run(
        "UPDATE appointments_appointment SET state = 'booked', held_until = NULL, changed_at = %s, needs = %s"
        " WHERE id = %s AND region_id = %s AND state = 'held' AND held_until > %s AND NOT EXISTS ("
        "SELECT FROM appointments_appointment o WHERE o.region_id = appointments_appointment.region_id"
        " AND o.subject_index = appointments_appointment.subject_index AND o.state = 'arrived')",
        [at, _sealed(booking.id, booking.region_id, needs), booking.id, booking.region_id, at],
    )
    if not changed:
        raise DomainError("hold_ended")


def let_go(application_id: UUID, *, region_id: int, at: datetime) -> None:
    """Give back what is held for an application, if anything is."""
    run(
        _LAPSE.format(condition="application_id = %(application)s"),
        {"at": at, "region": region_id, "application": application_id},
    )


def move_to(booking: Booking, state: State, *, reason: str = "", at: datetime) -> None:
    """What becomes of an appointment. Raises DomainError("appointment_over") when it cannot come to that any more."""
    changed = run(
        f"{_SET}, reason = %s WHERE id = %s AND region_id = %s AND state = ANY (%s)",
        [state, at, reason[:120], booking.id, booking.region_id, [str(one) for one in sources_of(state)]],
    )
    if not changed:
        raise DomainError("appointment_over")


def end_of_application(application_id: UUID, *, region_id: int, state: State, at: datetime) -> bool:
    """End what stands or is held for an application; True if an appointment stood."""
    let_go(application_id, region_id=region_id, at=at)
    return bool(
        run(
            f"{_SET} WHERE application_id = %s AND region_id = %s AND state = ANY (%s)",
            [state, at, application_id, region_id, [str(one) for one in sources_of(state)]],
        )
    )


def note_reminder(booking_id: UUID, *, region_id: int, at: datetime) -> bool:
    """Remember that somebody was reminded; False if he was before."""
    return bool(
        run(
            "UPDATE appointments_appointment SET reminded_at = %s"
            " WHERE id = %s AND region_id = %s AND reminded_at IS NULL AND state = 'booked'",
            [at, booking_id, region_id],
        )
    )


def replace_capacity(region_id: int, *, site_id: UUID, kind: Kind, rows: Iterable[Capacity]) -> None:
    """Set the week of a place, one who saves after the other. Appointments that stand, stay."""
    lock_week(site_id)
    CapacityInterval.objects.filter(region_id=region_id, site_id=site_id, kind=kind).delete()
    CapacityInterval.objects.bulk_create(
        CapacityInterval(
            region_id=region_id, site_id=site_id, kind=kind, weekday=row.weekday, opens=row.opens,
            closes=row.closes, minutes=row.minutes, places=row.places,
        )
        for row in rows
    )  # fmt: skip


def replace_breaks(region_id: int, *, site_id: UUID, rows: Iterable[Break]) -> None:
    """Set the week's breaks of a place, one who saves after the other. Appointments that stand, stay."""
    lock_week(site_id)
    BreakInterval.objects.filter(region_id=region_id, site_id=site_id).delete()
    BreakInterval.objects.bulk_create(
        BreakInterval(region_id=region_id, site_id=site_id, weekday=row.weekday, begins=row.begins, ends=row.ends)
        for row in rows
    )


def close(
    region_id: int,
    *,
    site_id: UUID,
    day: date,
    span: tuple[time, time] | None,
    reason: str,
    at: datetime,
) -> UUID:
    """A place receives nobody on a day, or in a part of it."""
    begins, ends = span or (None, None)
    row = SiteClosure(
        region_id=region_id, site_id=site_id, day=day, begins=begins, ends=ends, reason=reason,
        made_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    return row.id


def lift_closure(closure_id: UUID, *, region_id: int, at: datetime) -> bool:
    """The place receives people again; who was moved stays moved. False if it was lifted before."""
    rows = SiteClosure.objects.filter(id=closure_id, region_id=region_id, lifted_at__isnull=True)
    return bool(rows.update(lifted_at=at))


def forget_old(region_id: int, *, before: date) -> int:
    """Delete appointments of days before this; returns how many."""
    return run("DELETE FROM appointments_appointment WHERE region_id = %s AND day < %s", [region_id, before])


def wait_for(slot_key: tuple[UUID, Kind, date, time]) -> None:
    """Take the lock of a slot before others, for acts that take several slots in one order."""
    lock_slot(slot_key)
