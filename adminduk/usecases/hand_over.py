"""At the counter: a code and a look at who stands there, then the card; or a new code, or a free reprint."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import Nik
from adminduk.kernel.names import PersonName
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.codes import code_of
from adminduk.modules.handovers.types import IdentityPaper, OldCard, Pickup, PickupState, Receipt, Recipient, WrongPrint
from adminduk.modules.issuance import queries as products
from adminduk.usecases import fulfil, notify
from adminduk.usecases.case_record import record
from adminduk.usecases.old_card import take_in
from adminduk.usecases.print_jobs import spoil_passed
from adminduk.usecases.review import refuse_own_family

TRIES = Limit("pickup_code", 5, timedelta(hours=1))
PRINTING = "printing"
_SPOILED = {WrongPrint.DAMAGED: "scratched", WrongPrint.CHIP: "chip"}  # how the ledger says it


@dataclass(frozen=True, slots=True)
class CardAtCounter:
    """What the operator sees once the code was right."""

    case: Case
    pickup: Pickup


def region_of_operator(actor: Actor) -> int:
    """Whose cards the actor hands over. Raises NotFound for everybody but operators."""
    if actor.kind is not ActorKind.OPERATOR:
        raise NotFound("card")
    return actor.regions[0]


def find(actor: Actor, *, number: str, code: str, at: datetime) -> UUID:
    """The card with this number, if the code is right; a wrong one is counted and stays in the trail.

    Raises NotFound; DomainError: number_shape, number_check, card_not_here, pickup_code_wrong, too_often, own_family.
    """
    region_id, wanted = region_of_operator(actor), ApplicationNumber.parse(number)
    spend(TRIES, wanted.text)
    with acting_as(actor):
        case, pickup = _waiting(actor, wanted, region_id=region_id)
        is_right = _fits(pickup, code)
        record("card.find" if is_right else "card.code_wrong", case, actor=actor, at=at)
    if not is_right:
        raise DomainError("pickup_code_wrong")
    return pickup.product_id


def read(actor: Actor, product_id: UUID, *, code: str, at: datetime) -> CardAtCounter:
    """The card and whose it is; each look is recorded. Raises NotFound; DomainError: card_not_here, own_family."""
    region_id = region_of_operator(actor)
    with acting_as(actor):
        case, pickup = _opened(actor, product_id, region_id=region_id, code=code)
        record("card.read", case, actor=actor, at=at)
        return CardAtCounter(case, pickup)


def hand_over(actor: Actor, product_id: UUID, *, code: str, receipt: Receipt, key: str, at: datetime) -> None:
    """Give the card away and end the step; the owner is told who took it.

    Raises NotFound; DomainError: receipt_wrong with problems, pickup_code_wrong, card_not_here, own_family.
    """
    region_id = region_of_operator(actor)
    _refuse_incomplete(receipt)

    def act() -> str:
        case, pickup = _opened(actor, product_id, region_id=region_id, code=code, lock=True)
        if pickup.old_card is not OldCard.NONE and receipt.old_card is OldCard.NONE:
            raise DomainError("receipt_wrong", problems=(Problem("old_card_missing", "old_card"),))
        handovers.hand_over(product_id, receipt, region_id=region_id, at=at)
        if receipt.old_card is OldCard.TAKEN_IN:
            take_in(case, site_id=pickup.site_id, actor=actor, at=at)
        _note("handed_over", pickup, actor, at, reason=str(receipt.recipient))
        record("card.hand_over", case, actor=actor, at=at, reason=str(receipt.recipient))
        notify.tell(f"card_handed_{receipt.recipient}", case=case, at=at, time=at)
        product = products.get_product(product_id, region_id=region_id)
        fulfil.advance(product_id, region_id=region_id, step_id=product.step_id, actor=actor, at=at)
        return ""

    once(actor, key, act)


def _refuse_incomplete(receipt: Receipt) -> None:
    problems = []
    if receipt.recipient is not Recipient.SELF:
        problems += _problems_of("name", lambda: PersonName.parse(receipt.name))
    if receipt.recipient is Recipient.AGENT:
        problems += _problems_of("nik", lambda: Nik.parse(receipt.nik))
        if not receipt.has_power_of_attorney:
            problems.append(Problem("power_of_attorney_missing", "has_power_of_attorney"))
    if problems:
        raise DomainError("receipt_wrong", problems=tuple(problems))


def _problems_of(field: str, parse: object) -> list[Problem]:
    try:
        parse()  # type: ignore[operator]
    except DomainError as refusal:
        return [Problem(refusal.code, field, refusal.params)]
    return []


def renew_code(actor: Actor, *, number: str, identity: IdentityPaper, key: str, at: datetime) -> str:
    """A new code for who has lost his, after a look at his papers; the owner is told, the old code is worthless.

    Raises NotFound; DomainError: number_shape, number_check, card_not_here, own_family.
    """
    region_id, wanted = region_of_operator(actor), ApplicationNumber.parse(number)

    def act() -> str:
        case, pickup = _waiting(actor, wanted, region_id=region_id, lock=True)
        handovers.renew_code(pickup.product_id, region_id=region_id)
        code = code_of(pickup.product_id, generation=pickup.generation + 1)
        _note("new_code", pickup, actor, at, reason=str(identity))
        record("card.new_code", case, actor=actor, at=at, reason=str(identity))
        notify.tell("pickup_code_new", case=case, at=at, code=code)
        return code

    return once(actor, key, act)


def wrong_print(actor: Actor, product_id: UUID, *, code: str, reason: WrongPrint, key: str, at: datetime) -> None:
    """The card is not as it should be: it goes back to printing, free of charge, and its owner is told.

    Raises NotFound; DomainError: pickup_code_wrong, card_not_here, own_family.
    """
    region_id = region_of_operator(actor)

    def act() -> str:
        case, pickup = _opened(actor, product_id, region_id=region_id, code=code, lock=True)
        _note("wrong_print", pickup, actor, at, reason=str(reason))
        record("card.wrong_print", case, actor=actor, at=at, reason=str(reason))
        spoil_passed(actor, product_id, region_id=region_id, reason=_SPOILED.get(reason, "wrong_data"), at=at)
        fulfil.back_to(product_id, region_id=region_id, kind=PRINTING, reason=str(reason), actor=actor, at=at)
        notify.tell("card_reprint", case=case, at=at)
        return ""

    once(actor, key, act)


def _waiting(actor: Actor, number: ApplicationNumber, *, region_id: int, lock: bool = False) -> tuple[Case, Pickup]:
    case = cases.find_by_number(number.text, region_id=region_id)
    if case is None:
        raise NotFound("application")
    refuse_own_family(actor, case)
    if lock:
        case = cases.get_case(case.id, lock=True)
    pickup = pickups.find_of_application(case.id, region_id=region_id)
    if pickup is None or pickup.state is not PickupState.READY:
        raise DomainError("card_not_here")
    return case, pickup


def _opened(actor: Actor, product_id: UUID, *, region_id: int, code: str, lock: bool = False) -> tuple[Case, Pickup]:
    """Case and card; locked in the order of the way after approval: the case first."""
    seen = pickups.get_pickup(product_id, region_id=region_id)
    case = cases.get_case(seen.application_id, lock=lock)
    pickup = pickups.get_pickup(product_id, region_id=region_id, lock=lock)
    refuse_own_family(actor, case)
    if pickup.state is not PickupState.READY:
        raise DomainError("card_not_here")
    if not _fits(pickup, code):
        raise DomainError("pickup_code_wrong")
    return case, pickup


def _fits(pickup: Pickup, code: str) -> bool:
    right = code_of(pickup.product_id, generation=pickup.generation)
    return hmac.compare_digest(right.encode(), "".join(code.split()).encode())


def _note(act: str, pickup: Pickup, actor: Actor, at: datetime, *, reason: str) -> None:
    handovers.note(
        pickup.product_id,
        act,
        region_id=pickup.region_id,
        owner_id=pickup.owner_id,
        actor_id=actor.id,
        at=at,
        reason=reason,
    )
