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
PRINT_JOB = {"job_id": NONE}
PRODUCT = {"product_id": NONE}

PUBLIC: dict[str, Row] = {
    "health": Row(everybody(200)),
    "citizen:report_where": Row(everybody(200)),
    "citizen:report_look": Row(everybody(200)),
    "citizen:report": Row(everybody(200), arguments=PLACE),
    "citizen:report_sent": Row(everybody(302), arguments=PLACE),
    "citizen:survey_results": Row(everybody(200), arguments=PLACE),
    "citizen:home": Row(everybody(200)),
    "citizen:find_region": Row(everybody(200)),
    "citizen:region": Row(everybody(200), arguments=PLACE),
    "citizen:board": Row(everybody(200), arguments=PLACE),
    "citizen:board_csv": Row(everybody(200), arguments=PLACE),
    "citizen:service": Row(everybody(200), arguments=SERVICE),
    "citizen:requirements": Row(everybody(200), arguments=SERVICE),
    "citizen:begin": Row(everybody(303), "post", arguments=SERVICE),
    "citizen:help": Row(everybody(200)),
    "citizen:rounds": Row(everybody(200), arguments=PLACE),
    "citizen:round": Row(everybody(404), arguments=PLACE | {"round_id": NONE}),
    "citizen:round_file": Row(everybody(404), arguments=PLACE | {"round_id": NONE}),
    "citizen:privacy": Row(everybody(200)),
    "citizen:language": Row(everybody(303), "post"),
    "citizen:theme": Row(everybody(303), "post"),
    "citizen:status": Row(everybody(200)),
    "citizen:status_of": Row(everybody(200), arguments={"number": "KTP-2611-000000-00"}),
    "citizen:sign_in": Row(everybody(200, owner=302, other=302)),
    "citizen:code": Row(everybody(410, owner=302, other=302), arguments=CHALLENGE),
    "citizen:resend_code": Row(everybody(410), "post", arguments=CHALLENGE),
    "citizen:sign_out": Row(everybody(303), "post"),
    "officer:sign_in": Row(
        everybody(
            200, **dict.fromkeys(("officer", "colleague", "head", "admin", "operator", "inspector", "foreign"), 302)
        )
    ),
    "officer:invitation": Row(everybody(410), arguments={"token": "x"}),
    "citizen:halls": Row(everybody(200), arguments=PLACE),
    "citizen:hall": Row(everybody(200), arguments=PLACE),
    "citizen:screen": Row(everybody(200), arguments=PLACE),
    "citizen:check_in": Row(everybody(200), arguments=PLACE),
    "citizen:ticket": Row(everybody(200)),
    "demo:start": Row(everybody(200)),
    "demo:citizen": Row(everybody(503), "post"),
    "demo:officer": Row(everybody(404), "post"),
    "demo:document": Row(everybody(503), arguments={"key": "lost_card", "name": "kk.heic"}),
    "demo:mailbox": Row(everybody(503)),
    "demo:clock": Row(everybody(200)),
}

CITIZENS: dict[str, Row] = {
    "citizen:unmatched": Row(citizens(302)),
    "citizen:survey": Row(the_owner(302)),
    "citizen:collect": Row(the_owner(200)),
    "citizen:choose_delivery": Row(the_owner(422), "post"),
    "citizen:drop_delivery": Row(everybody(404, anonymous=IN), "post"),
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
    "citizen:appointment": Row(the_owner(200)),
    "citizen:appointment_day": Row(the_owner(302), arguments={"day": "2026-12-01"}),
    "citizen:appointment_hold": Row(the_owner(409), "post"),
    "citizen:appointment_confirm": Row(the_owner(302)),
    "citizen:appointment_let_go": Row(the_owner(303), "post"),
    "citizen:appointment_cancel": Row(the_owner(200)),
    "citizen:appointment_calendar": Row(the_owner(200)),
    "citizen:draw": Row(the_owner(302)),
    "citizen:draw_leave": Row(the_owner(303), "post"),
    "citizen:begin_anew": Row(the_owner(303), "post", "refused"),
}

STAFF: dict[str, Row] = {
    "officer:sign_out": Row(deciders(303, admin=303, operator=303, inspector=303), "post"),
    "officer:queue": Row(deciders(200, admin=302, operator=302, inspector=302)),
    "officer:operations": Row(staff(head=200, operator=200)),
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
    "officer:printing": Row(staff(head=200, operator=200)),
    "officer:begin_batch": Row(staff(head=422, operator=422), "post"),
    "officer:add_printer": Row(staff(), "post"),
    "officer:check_card": Row(staff(), arguments=PRINT_JOB),
    "officer:card_face": Row(staff(), arguments=PRINT_JOB | {"side": "depan"}),
    "officer:decide_check": Row(staff(), "post", arguments=PRINT_JOB),
    "officer:end_jam": Row(staff(), "post", arguments=PRINT_JOB),
    "officer:end_silence": Row(staff(), "post", arguments=PRINT_JOB),
    "officer:ahead": Row(staff(), arguments=PRODUCT),
    "officer:move_ahead": Row(staff(), "post", arguments=PRODUCT),
    "officer:decide_stopped": Row(staff(head=422), "post", arguments=PRODUCT),
    "officer:stock": Row(staff(head=200, operator=200)),
    "officer:stock_site": Row(staff(), arguments={"site_id": NONE}),
    "officer:act_on_stock": Row(staff(head=409, operator=409), "post", arguments={"site_id": NONE}),
    "officer:print_watch": Row(staff(head=200)),
    "officer:hall_choose": Row(staff(head=200, operator=200)),
    "officer:hall_sit": Row(staff(head=303, operator=409), "post"),  # the head has sat down there
    "officer:hall_leave": Row(staff(head=303, operator=303), "post"),
    "officer:hall_desk": Row(staff(head=303, operator=303)),
    "officer:hall_next": Row(staff(head=409, operator=409), "post"),
    "officer:hall_ticket": Row(staff(head=409, operator=409), "post"),
    "officer:front_desks": Row(staff(head=303, operator=303)),
    "officer:front_desk": Row(staff(head=200, operator=200)),
    "officer:take_number": Row(staff(head=409, operator=409), "post"),
    "officer:check_in": Row(staff(head=422, operator=422), "post"),
    "officer:ticket": Row(staff(head=200, operator=200)),
    "officer:leave_queue": Row(staff(head=303, operator=303), "post"),
    "officer:hall_setup": Row(staff(head=200, admin=200)),
    "officer:add_counter": Row(staff(head=422, admin=422), "post"),
    "officer:change_counter": Row(staff(head=422, admin=422), "post"),
    "officer:head": Row(staff(head=200)),
    "officer:office": Row(staff(head=200, admin=200)),
    "officer:invite": Row(staff(admin=422), "post"),
    "officer:invite_again": Row(staff(admin=303), "post"),
    "officer:set_active": Row(staff(admin=303), "post"),
    "officer:set_family": Row(staff(admin=303), "post"),
    "officer:appointments": Row(deciders(200, operator=200, admin=200)),
    "officer:sites": Row(staff(head=200, admin=200)),
    "officer:site_add": Row(staff(head=422, admin=422), "post"),
    "officer:site": Row(staff(head=200, admin=200)),
    "officer:site_change": Row(staff(head=422, admin=422), "post"),
    "officer:site_set_active": Row(staff(head=409, admin=409), "post"),
    "officer:site_main": Row(staff(head=303, admin=303), "post"),
    "officer:site_cards": Row(staff(head=422, admin=422), "post"),
    "officer:site_printer": Row(staff(head=409, admin=409), "post", arguments={"printer_id": NONE}),
    "officer:site_capacity": Row(staff(head=409, admin=409), "post"),
    "officer:site_breaks": Row(staff(head=303, admin=303), "post"),
    "officer:site_close": Row(staff(head=422, admin=422), "post"),
    "officer:site_open": Row(staff(head=409, admin=409), "post"),
    "officer:set_hours": Row(staff(head=422, admin=422), "post"),
    "officer:close_on": Row(staff(head=422, admin=422), "post"),
    "officer:open_on": Row(staff(head=409, admin=409), "post"),
    "officer:incident": Row(staff(head=422, admin=422), "post"),
}

PRODUCT, VISIT, TRIP = {"product_id": NONE}, {"visit_id": NONE}, {"trip_id": NONE}
OUTSIDE = deciders(200, operator=200)  # who plans visits
WRONG = deciders(422, operator=422)
RECORDING: dict[str, Row] = {
    "citizen:visit": Row(citizens(404)),
    "officer:recording": Row(staff(operator=200, head=200)),
    "officer:record_person": Row(staff(), arguments=PRODUCT),
    "officer:record_begin": Row(staff(), "post", arguments=PRODUCT),
    "officer:record_finish": Row(staff(), "post", arguments=PRODUCT),
    "officer:record_status": Row(staff(), "post", arguments=PRODUCT),
    "officer:record_import": Row(OUTSIDE),
    "officer:record_attention": Row(deciders(200)),
    "officer:record_attended": Row(staff(), arguments=PRODUCT),
    "officer:visits": Row(OUTSIDE),
    "officer:visit_ask": Row(WRONG, "post"),
    "officer:visit_drop": Row(staff(), "post", arguments=VISIT),
    "officer:trip_make": Row(WRONG, "post"),
    "officer:trip": Row(staff(), arguments=TRIP),
    "officer:trip_add": Row(staff(), "post", arguments=TRIP),
    "officer:trip_take_out": Row(staff(), "post", arguments=TRIP | VISIT),
    "officer:trip_move": Row(staff(), "post", arguments=TRIP | VISIT),
    "officer:trip_results": Row(staff(), "post", arguments=TRIP),
    "officer:trip_pack": Row(staff(), arguments=TRIP),
}

# The inspectorate has its own page; nobody of the office has it, and what does not exist exists for nobody.
ONE_REPORT = {"report_id": NONE}
INSPECTORATE: dict[str, Row] = {
    "officer:reports": Row(staff(inspector=200)),
    "officer:report": Row(staff(), arguments=ONE_REPORT),
    "officer:report_note": Row(staff(), "post", arguments=ONE_REPORT),
    "officer:report_answer": Row(staff(), "post", arguments=ONE_REPORT),
    "officer:report_close": Row(staff(), "post", arguments=ONE_REPORT),
}
# Cards open with their code, which nobody here has given.
ONE_CARD, ONE_MANIFEST = {"product_id": NONE}, {"manifest_id": NONE}
HAND_OVER: dict[str, Row] = {
    "officer:survey": Row(staff(head=200)),
    "officer:hand_over": Row(staff(operator=200)),
    "officer:new_code": Row(staff(operator=200)),
    "officer:uncollected": Row(staff(operator=200)),
    "officer:card": Row(staff(), arguments=ONE_CARD),
    "officer:wrong_print": Row(staff(), "post", arguments=ONE_CARD),
    "officer:take_to_main": Row(staff(), "post", arguments=ONE_CARD),
    "officer:deliveries": Row(staff(operator=200)),
    "officer:make_manifest": Row(staff(operator=409), "post"),
    "officer:import_courier": Row(staff(operator=422), "post"),
    "officer:report_parcel": Row(staff(), "post"),
    "officer:manifest": Row(staff(), arguments=ONE_MANIFEST),
    "officer:manifest_csv": Row(staff(), arguments=ONE_MANIFEST),
    "officer:labels": Row(staff(), arguments=ONE_MANIFEST),
    "officer:send_manifest": Row(staff(), "post", arguments=ONE_MANIFEST),
}

TABLE = PUBLIC | CITIZENS | STAFF | RECORDING | INSPECTORATE | HAND_OVER

# What is asked by GET and is no page.
NO_PAGES = {
    "health": "JSON for those who watch the portal",
    "citizen:board_csv": "CSV",
    "citizen:round_file": "the file of a draw",
    "citizen:upload": "how far a file has come, for the script that sends it",
    "citizen:page_list": "a part of a page, for the script that waits for it",
    "citizen:picture": "JPEG",
    "citizen:appointment_calendar": "a file for calendars",
    "officer:picture": "JPEG",
    "officer:pieces": "pictures cut out of pages",
    "officer:card_face": "PNG",
    "officer:manifest_csv": "CSV",
    "demo:document": "the paper of somebody of the stories",
}
