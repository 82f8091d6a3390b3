"""An adult member of the family agrees, by a code of his own, to an application that somebody makes for him."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from adminduk.foundation import clock, limits
from adminduk.foundation.idempotency import once
from adminduk.foundation.limits import Limit
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.names import PersonName
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import Address, Person
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.usecases import codes
from adminduk.usecases.case_record import record
from adminduk.usecases.deliver import CONSENT
from adminduk.usecases.outside import catalogue

PER_APPLICATION: Final = Limit("consent_application", times=8, window=codes.CODES_PER_ADDRESS_AND_DAY.window)


def get_waiting_case(actor: Actor, application_id: UUID) -> Case:
    """The actor's draft that still needs the member's word. Raises NotFound."""
    with acting_as(actor):
        case = cases.get_case(application_id)
    if not case.needs_consent or case.state is not State.DRAFT or case.owner_id != actor.id:
        raise NotFound("application")
    return case


def begin(actor: Actor, application_id: UUID, *, address: Address, language: str, key: str) -> UUID:
    """Send the member a code: to the address of his account if he has one, whatever is typed, else to `address`.

    Returns the challenge's id. Raises NotFound; DomainError: too_often, address_of_applicant (the typed address is the
    applicant's own, who would be agreeing with himself).
    """
    case = get_waiting_case(actor, application_id)
    with acting_as(actor):
        applicant = account_queries.get_person(actor.id)
    if address.key == applicant.address.key:
        raise DomainError("address_of_applicant")
    limits.spend(PER_APPLICATION, str(application_id))
    codes.spend_on_address(address)
    member = _account_of(case)
    at = clock.now()
    content = {
        "application": str(application_id),
        "address": codes.address_json(member.address if member else address),
        "language": member.language if member else language,
        "account": str(member.id) if member else "",
        "region": case.region_id,
        "job_region": case.region_id,
        "target": codes.target("consent", str(application_id)),
        "words": {
            "service": catalogue().service(case.service_id).title.get(language),
            "applicant": ".".join(PersonName(applicant.identity.name).initials) + ".",
        },
    }

    def act() -> str:
        challenge_id = codes.send(CONSENT, content=content, region_id=case.region_id, at=at)
        record("case.ask_consent", case, actor=actor, at=clock.now())
        return str(challenge_id)

    return UUID(once(actor, f"{key}|{codes.target(address.key)}" if key else "", act))


def confirm(actor: Actor, application_id: UUID, challenge_id: UUID, *, code: str, key: str) -> None:
    """The member has typed his code: from now on the application may be sent.

    Raises NotFound; DomainError: code_format, code_wrong (left), code_ended, too_often, address_taken.
    """

    def act(content: Mapping[str, Any]) -> bool:
        if content["application"] != str(application_id):
            raise DomainError("code_ended")
        case = cases.get_case(application_id, lock=True)
        if not case.needs_consent:
            return True
        if not content["account"]:
            accounts.claim_address(codes.address_of(content), no_kk_index=case.kk_index)
        applications.mark_consented(case.id, region_id=case.region_id)
        record("case.consent", case, actor=actor, at=clock.now())
        return True

    codes.redeem(challenge_id, purpose=CONSENT, code=code, key=key, actor=actor, act=act)


def resend(challenge_id: UUID, *, key: str) -> UUID:
    """Send the member a new code, once per key. Raises DomainError: code_ended, too_often."""
    return codes.resend(challenge_id, purpose=CONSENT, key=key)


def waiting_page(challenge_id: UUID) -> codes.CodePage:
    """What the code's page shows. Raises DomainError("code_ended")."""
    return codes.page(challenge_id, purpose=CONSENT)


def _account_of(case: Case) -> Person | None:
    account_id = account_queries.find_matched_id(case.subject["nik"])
    if account_id is None:
        return None
    with acting_as(Actor(kind=ActorKind.CITIZEN, id=account_id, regions=())):
        return account_queries.get_person(account_id)
