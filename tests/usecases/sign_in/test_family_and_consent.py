"""Who is on one's Kartu Keluarga, and an adult member's own word."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts.types import Address
from adminduk.modules.applications import queries as cases
from adminduk.usecases import consent, family, own_data
from tests.making import fresh_address
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.sign_in.door import Door
from tests.usecases.sign_in.homes import Home, citizen, draft_for, make_home
from tests.usecases.stand_ins import SEMARANG


@pytest.fixture
def home(door: Door, address: Address) -> Home:
    return make_home(door, address)


def test_members_are_listed_with_masked_names(home: Home) -> None:
    members = family.list_members(home.actor, region=SEMARANG)
    assert [(m.masked_name, m.is_adult, m.is_self) for m in members] == [
        ("B••• R•••••", True, True),
        ("S••• R•••••", True, False),
        ("A••", False, False),
    ]


def test_a_form_names_a_member_without_his_nik(home: Home) -> None:
    members = family.list_members(home.actor, region=SEMARANG)
    assert not any(str(home.wife.nik) in member.token for member in members)
    assert family.find_member(home.actor, members[1].token, region=SEMARANG).nik == home.wife.nik


def test_nobody_outside_the_family_is_found(door: Door, home: Home) -> None:
    stranger = accounts.nik_index(str(door.somebody("Orang Lain").nik)).hex()
    with pytest.raises(NotFound):
        family.find_member(home.actor, stranger, region=SEMARANG)


def test_who_is_not_compared_sees_nobody(door: Door) -> None:
    identity = door.somebody()
    door.register.is_down = True
    actor = citizen(door.come_in(identity, fresh_address()))
    door.register.is_down = False
    with pytest.raises(DomainError, match="not_matched"):
        family.list_members(actor, region=SEMARANG)
    with pytest.raises(DomainError, match="not_matched"):
        own_data.list_looks(actor)


def test_the_register_is_down(door: Door, home: Home) -> None:
    door.register.is_down = True
    with pytest.raises(DomainError, match="family_unknown"):
        family.list_members(home.actor, region=SEMARANG)


def test_each_look_at_the_family_stands_in_the_members_own_log(door: Door, home: Home) -> None:
    family.list_members(home.actor, region=SEMARANG)
    wife = citizen(door.come_in(home.wife, fresh_address()))
    assert "family.list" in {look.act for look in own_data.list_looks(wife)}


def ask(home: Home, case_id: UUID, address: Address) -> UUID:
    challenge = consent.begin(home.actor, case_id, address=address, language="id", key=str(uuid4()))
    run_waiting_jobs()
    return challenge


def is_waiting(home: Home, case_id: UUID) -> bool:
    with acting_as(home.actor):
        return cases.get_case(case_id).needs_consent


def test_until_a_member_agrees_neither_list_nor_export_tells_about_him(home: Home) -> None:
    case_id = draft_for(home.wife, home)
    with acting_as(home.actor):
        assert cases.get_case(case_id).name_for_owner == "S••• R•••••"
    exported = "".join(own_data.export(home.actor))
    assert home.owner.name in exported
    assert home.wife.name not in exported and str(home.wife.nik) not in exported


def test_a_member_agrees_by_a_code_of_his_own(door: Door, home: Home) -> None:
    case_id, hers = draft_for(home.wife, home), fresh_address()
    challenge = ask(home, case_id, hers)
    assert "B.R." in door.letters.to(hers.value)[-1]
    consent.confirm(home.actor, case_id, challenge, code=door.letters.code_for(hers.value), key=str(uuid4()))
    assert not is_waiting(home, case_id)


def test_the_applicant_does_not_agree_with_himself(home: Home, address: Address) -> None:
    case_id = draft_for(home.wife, home)
    for own in (address, Address("email", address.value.replace("@", "+2@"))):
        with pytest.raises(DomainError, match="address_of_applicant"):
            ask(home, case_id, own)


def test_a_member_with_an_account_is_asked_there(door: Door, home: Home) -> None:
    hers, typed = fresh_address(), fresh_address()
    door.come_in(home.wife, hers)
    before = len(door.letters.to(hers.value))
    ask(home, draft_for(home.wife, home), typed)
    assert len(door.letters.to(hers.value)) == before + 1
    assert door.letters.to(typed.value) == []


def test_the_address_of_another_family_does_not_count(door: Door, home: Home) -> None:
    theirs = fresh_address()
    door.come_in(door.somebody("Orang Lain"), theirs)
    case_id = draft_for(home.wife, home)
    challenge = ask(home, case_id, theirs)
    with pytest.raises(DomainError, match="address_taken"):
        consent.confirm(home.actor, case_id, challenge, code=door.letters.code_for(theirs.value), key="")
    assert is_waiting(home, case_id)


def test_a_code_for_one_application_does_not_open_another(door: Door, home: Home) -> None:
    case_id, hers = draft_for(home.wife, home), fresh_address()
    challenge = ask(home, case_id, hers)
    code = door.letters.code_for(hers.value)
    with pytest.raises(DomainError, match="code_ended"):
        consent.confirm(home.actor, uuid7(), challenge, code=code, key="")
    assert is_waiting(home, case_id)


def test_nobody_asks_for_another_persons_application(door: Door, home: Home) -> None:
    case_id = draft_for(home.wife, home)
    stranger = citizen(door.come_in(door.somebody("Orang Lain"), fresh_address()))
    with pytest.raises(NotFound):
        consent.begin(stranger, case_id, address=fresh_address(), language="id", key="")
