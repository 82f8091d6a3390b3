"""Who gets what from each address: the one table. An address that is missing here fails.

What a person gets: a status, IN or DESK for "sign in first" as citizen or as staff. POSTs carry a key and nothing else:
whoever may come in is told what lacks, or is led on, and whoever may not learns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tests.access.scene import PEOPLE, State

IN, DESK = "/masuk/", "/petugas/masuk"
Outcome = int | str


@dataclass(frozen=True, slots=True)
class Row:
    """An address, how it is asked, and what each of PEOPLE gets."""

    outcomes: Mapping[str, Outcome]
    method: Literal["get", "post"] = "get"
    state: State = "held"
    arguments: Mapping[str, str] = field(default_factory=dict)
    is_looked_up: bool = False  # everybody has first tried to find the application by its number


def everybody(status: Outcome, **others: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys(PEOPLE, status) | others


def citizens(status: Outcome, **others: Outcome) -> dict[str, Outcome]:
    """Whoever has signed in as citizen."""
    return everybody(404, anonymous=IN, owner=status, other=status) | others


def the_owner(status: Outcome) -> dict[str, Outcome]:
    return everybody(404, anonymous=IN, owner=status)


def staff(**statuses: Outcome) -> dict[str, Outcome]:
    """Citizens and whoever is not named learn nothing."""
    return everybody(404, anonymous=DESK) | statuses


def deciders(status: Outcome, **others: Outcome) -> dict[str, Outcome]:
    """Officers and head, each in his own region."""
    return staff(officer=status, colleague=status, head=status, foreign=status) | others


def the_holder(status: Outcome, others_of_the_office: Outcome = 409) -> dict[str, Outcome]:
    return staff(officer=status, colleague=others_of_the_office, head=others_of_the_office)


NONE = "0190b5a0-0000-7000-8000-000000000000"
PLACE = {"code": "33.74"}
SERVICE = PLACE | {"service_id": "ktp_el_hilang"}
CHALLENGE = {"challenge_id": NONE}

PUBLIC: dict[str, Row] = {
    "health": Row(everybody(200)),
    "citizen:home": Row(everybody(200)),
    "citizen:find_region": Row(everybody(200)),
    "citizen:region": Row(everybody(200), arguments=PLACE),
    "citizen:service": Row(everybody(200), arguments=SERVICE),
    "citizen:requirements": Row(everybody(200), arguments=SERVICE),
    "citizen:begin": Row(everybody(303), "post", arguments=SERVICE),
    "citizen:help": Row(everybody(200)),
    "citizen:privacy": Row(everybody(200)),
    "citizen:language": Row(everybody(303), "post"),
    "citizen:theme": Row(everybody(303), "post"),
    "citizen:status": Row(everybody(200)),
    "citizen:status_of": Row(everybody(200), arguments={"number": "KTP-2611-000000-00"}),
    "citizen:sign_in": Row(everybody(200, owner=302, other=302)),
    "citizen:code": Row(everybody(410, owner=302, other=302), arguments=CHALLENGE),
    "citizen:resend_code": Row(everybody(410), "post", arguments=CHALLENGE),
    "citizen:sign_out": Row(everybody(303), "post"),
    "officer:sign_in": Row(everybody(200, **dict.fromkeys(("officer", "colleague", "head", "admin", "foreign"), 302))),
    "officer:invitation": Row(everybody(410), arguments={"token": "x"}),
    "demo:start": Row(everybody(200)),
    "demo:citizen": Row(everybody(503), "post"),
    "demo:officer": Row(everybody(404), "post"),
    "demo:document": Row(everybody(503), arguments={"key": "lost_card", "name": "kk.heic"}),
    "demo:mailbox": Row(everybody(503)),
    "demo:clock": Row(everybody(200)),
}

CITIZENS: dict[str, Row] = {
    "citizen:unmatched": Row(citizens(302)),
    "citizen:account": Row(citizens(200)),
    "citizen:sign_out_everywhere": Row(citizens(303), "post"),
    "citizen:extend_session": Row(citizens(303), "post"),
    "citizen:looks": Row(citizens(200)),
    "citizen:export": Row(citizens(200), "post"),
    "citizen:change_address": Row(citizens(200)),
    "citizen:old_address_code": Row(citizens(410), arguments=CHALLENGE),
    "citizen:new_address_code": Row(citizens(410), arguments=CHALLENGE),
    "citizen:applications": Row(citizens(200)),
    "citizen:start": Row(citizens(302)),
    "citizen:consent": Row(the_owner(200), state="consent"),
    "citizen:consent_code": Row(the_owner(422), state="consent", arguments=CHALLENGE),
    "citizen:resend_consent_code": Row(the_owner(422), "post", "consent", CHALLENGE),
    "citizen:application": Row(the_owner(200), state="draft"),
    "citizen:form_group": Row(the_owner(200), state="draft", arguments={"group_id": "kehilangan"}),
    "citizen:document": Row(the_owner(200), state="draft", arguments={"requirement_id": "kk"}),
    "citizen:uploads": Row(citizens(412), "post", "draft", {"requirement_id": "kk"}),
    "citizen:upload": Row(citizens(412), arguments={"requirement_id": "kk", "upload_id": NONE}),
    "citizen:page_list": Row(the_owner(200), state="draft", arguments={"requirement_id": "kk"}),
    "citizen:picture": Row(the_owner(200)),
    "citizen:check": Row(the_owner(200), state="draft"),
    "citizen:receipt": Row(the_owner(200)),
    "citizen:own_status": Row(the_owner(200)),
    "citizen:corrections": Row(the_owner(200), state="correction"),
    "citizen:withdraw": Row(the_owner(200)),
    "citizen:object": Row(the_owner(200), state="refused"),
    "citizen:begin_anew": Row(the_owner(303), "post", "refused"),
}

STAFF: dict[str, Row] = {
    "officer:sign_out": Row(deciders(303, admin=303), "post"),
    "officer:queue": Row(deciders(200, admin=302)),
    "officer:take_next": Row(deciders(303), "post"),
    "officer:case": Row(the_holder(200) | {"head": 200}),
    "officer:approve": Row(the_holder(422), "post"),
    "officer:ask_corrections": Row(the_holder(200)),
    "officer:refuse": Row(the_holder(200)),
    "officer:undo": Row(staff(), "post"),
    "officer:hand_back": Row(the_holder(303), "post"),
    "officer:escalate": Row(the_holder(422) | {"head": 422}, "post"),
    "officer:note": Row(the_holder(422) | {"head": 422}, "post"),
    "officer:confirm_match": Row(the_holder(422) | {"head": 422}, "post"),
    "officer:still_here": Row(the_holder(204) | {"foreign": 409}, "post"),
    "officer:picture": Row(the_holder(200) | {"head": 200}),
    "officer:pieces": Row(the_holder(200) | {"head": 200}),
    "officer:say": Row(the_holder(422) | {"head": 422}, "post", arguments={"page_id": NONE}),
    "officer:search": Row(deciders(200)),
    "officer:looked_up": Row(staff(officer=200, colleague=200, head=200), is_looked_up=True),
    "officer:counter": Row(deciders(200)),
    "officer:head": Row(staff(head=200)),
    "officer:office": Row(staff(head=200, admin=200)),
    "officer:invite": Row(staff(admin=422), "post"),
    "officer:invite_again": Row(staff(admin=303), "post"),
    "officer:set_active": Row(staff(admin=303), "post"),
    "officer:set_family": Row(staff(admin=303), "post"),
    "officer:set_hours": Row(staff(head=422, admin=422), "post"),
    "officer:close_on": Row(staff(head=422, admin=422), "post"),
    "officer:open_on": Row(staff(head=409, admin=409), "post"),
    "officer:incident": Row(staff(head=422, admin=422), "post"),
}

TABLE = PUBLIC | CITIZENS | STAFF
