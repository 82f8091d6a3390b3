"""Send what was planned: messages about cases, and codes. Sent outside any transaction, marked afterwards.

A job that dies between sending and marking sends again with the same Message-ID, so that the receiver can tell.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.catalogue.messages import MessageText
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import EMAIL, Address, WaitingCode
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.notifications import queries as messages
from adminduk.modules.notifications.ports import OutgoingMail, OutgoingSms
from adminduk.usecases.outside import catalogue, mail, sms

SEND_CODE = "accounts.send_code"
SIGN_IN, ADDRESS, OLD_ADDRESS, CONSENT = "sign_in", "address", "old_address", "consent"
_EVENTS = {
    SIGN_IN: "sign_in_code",
    ADDRESS: "address_code",
    OLD_ADDRESS: "address_change_code",
    CONSENT: "family_consent_code",
}
# A mail server may be down over a long weekend: pauses grow to an hour, 120 attempts last more than four days.
_ATTEMPTS_FOR_MESSAGES = 120
# A code is worth nothing after five minutes; the job ends itself then.
_ATTEMPTS_FOR_CODES = 20


@jobs.job(notifications.DELIVER, attempts=_ATTEMPTS_FOR_MESSAGES)
def deliver(actor: Actor, *, message_id: str) -> None:
    """Send one planned message; nothing if it was sent or cancelled meanwhile. Raises Unavailable: try later.

    Before it is due it may still be cancelled, from then on no more: nobody reads of a decision that was undone.
    """
    (region,) = actor.regions
    wanted = UUID(message_id)
    with acting_as(actor):
        message = messages.find_planned(wanted, region_id=region)
    if message is None:
        return
    if message.due_at > clock.now():
        raise Unavailable("message: not_due")
    address = Address(message.channel, message.address)
    text = catalogue().message(message.event, message.language).fill(**message.params)
    try:
        _send(text, to=address, message_id=message_id, language=message.language)
    except RefusedByOutside:
        with acting_as(actor):
            notifications.mark_undeliverable(wanted, region_id=region)
            accounts.mark_undeliverable(message.owner_id, address=address)
    else:
        with acting_as(actor):
            notifications.mark_sent(wanted, region_id=region, at=clock.now())


@jobs.job(SEND_CODE, attempts=_ATTEMPTS_FOR_CODES)
def send_code(actor: Actor, *, challenge_id: str) -> None:
    """Send the code of a challenge that still waits for it. Raises Unavailable: try later, as long as it waits."""
    now = clock.now()
    with acting_as(actor):
        code = account_queries.find_waiting_code(UUID(challenge_id), at=now)
    if code is None:
        return
    content = code.content
    address = Address(content["address"]["channel"], content["address"]["value"])
    try:
        _send(_code_text(code, now), to=address, message_id=challenge_id, language=content["language"])
    except RefusedByOutside:
        if content.get("account"):
            with acting_as(actor):
                accounts.mark_undeliverable(UUID(content["account"]), address=address)


def _code_text(code: WaitingCode, now: datetime) -> MessageText:
    minutes = max(1, round((code.ends_at - now).total_seconds() / 60))
    text = catalogue().message(_EVENTS[code.purpose], code.content["language"])
    return text.fill(code=code.content["code"], minutes=minutes, **code.content.get("words", {}))


def _send(text: MessageText, *, to: Address, message_id: str, language: str) -> None:
    """E-mail carries the whole text, SMS the short form."""
    if to.channel == EMAIL:
        headers = {"Content-Language": language}
        mail().send(
            OutgoingMail(to=to.value, subject=text.subject, body=text.body, message_id=message_id, headers=headers)
        )
    else:
        sms().send(OutgoingSms(to_e164=to.value, text=text.short, message_id=message_id))
