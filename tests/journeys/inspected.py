"""Which journey inspects which pages: the one table, by the names of the addresses.

A page that is missing here fails (tests/access/test_inspected.py); a journey that no longer inspects what stands beside
it fails too (conftest.py). So it holds also when files run in processes of their own, or only some of them. Some of the
journeys run with --full alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

INSPECTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "test_from_the_first_page_to_the_decision": (
            "citizen:home citizen:find_region citizen:region citizen:service citizen:requirements citizen:sign_in "
            "citizen:code citizen:application citizen:form_group citizen:document citizen:check "
            "citizen:receipt citizen:own_status citizen:corrections officer:sign_in officer:queue officer:case "
            "officer:ask_corrections"
        ),
        "test_rare_pages_are_looked_at": (
            "citizen:help citizen:privacy citizen:status citizen:status_of citizen:looks citizen:report_where "
            "citizen:withdraw citizen:account citizen:applications citizen:change_address "
            "citizen:old_address_code citizen:new_address_code citizen:survey_results officer:survey "
            "officer:invitation officer:uncollected officer:new_code officer:hand_over officer:card"
        ),
        "test_a_report_is_seen_by_the_inspector_and_by_nobody_of_the_office": (
            "citizen:report citizen:report_sent citizen:report_look officer:reports officer:report"
        ),
        "test_handed_over_by_code_and_asked_how_it_was": "citizen:collect citizen:survey",
        "test_printed_and_delivered_after_one_failed_attempt": "officer:deliveries officer:manifest officer:labels",
        "test_blank_cards_are_out_for_two_days_and_nobody_loses_his_place": (
            "citizen:board officer:check_card officer:stock_site"
        ),
        "test_a_card_goes_ahead_for_a_reason_that_everybody_can_count": "officer:ahead",
        "test_pages_of_stock_and_printing_are_looked_at": "officer:printing officer:stock officer:print_watch",
        "test_a_wish_is_entered_drawn_and_can_be_checked": "citizen:rounds citizen:round citizen:draw",
        "test_walk_ins_and_appointments_at_one_counter": (
            "citizen:halls citizen:hall citizen:screen citizen:ticket officer:ticket officer:hall_desk "
            "officer:hall_choose officer:front_desk"
        ),
        "test_every_page_of_the_hall_in_english": "officer:front_desks officer:hall_setup citizen:check_in",
        "test_invited_booked_changed_and_moved": (
            "citizen:appointment citizen:appointment_day citizen:appointment_confirm citizen:appointment_cancel "
            "officer:appointments"
        ),
        "test_a_first_card_from_the_application_into_the_hand": "citizen:visit",
        "test_a_place_is_added_closed_and_opened_again_by_its_admin": "officer:sites officer:site",
        "test_typed_and_from_a_list_where_the_centre_has_no_interface": (
            "officer:operations officer:recording officer:record_person officer:record_import"
        ),
        "test_a_double_record_reaches_an_officer_and_is_not_printed": (
            "officer:record_attention officer:record_attended"
        ),
        "test_five_people_of_a_village_are_visited": "officer:visits officer:trip officer:trip_pack",
        "test_every_page_of_an_officer": "officer:refuse officer:search officer:looked_up officer:counter",
        "test_every_page_of_the_head_and_of_the_admin": "officer:head officer:office",
        "test_the_register_is_down_and_answers_later": "citizen:unmatched",
        "test_an_adult_daughter_agrees_by_a_code_of_her_own": "citizen:start citizen:consent citizen:consent_code",
        "test_refused_undone_refused_and_objected_to": "citizen:object",
        "test_a_newcomer_tries_the_whole_story": "demo:start demo:mailbox demo:clock",
    }
)


def pages_of(journey: str) -> frozenset[str]:
    """The pages that this test inspects on a phone and at a desk, as a person comes to them."""
    return frozenset(INSPECTED.get(journey, "").split())
