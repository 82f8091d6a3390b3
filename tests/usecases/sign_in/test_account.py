"""The address that protects an account: changed by oneself, changed at the counter, told to the old one."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts.types import Address, Identity
from adminduk.usecases import account, own_data, sessions
from adminduk.usecases.sign_in import SignedIn
from tests.making import fresh_address, fresh_identity
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.reviewing import staff
from tests.usecases.sign_in.door import Door
from tests.usecases.sign_in.homes import REGION, citizen

REASON = "KK asli dan wajah cocok, ponsel hilang."


def change(door: Door, actor: Actor, old: Address, new: Address) -> int:
    """Both codes, one after the other."""
    first = account.begin_change(actor, address=new, key=str(uuid4()))
    run_waiting_jobs()
    second = account.authorise_change(actor, first, code=door.letters.code_for(old.value), key=str(uuid4()))
    run_waiting_jobs()
    epoch = account.finish_change(actor, second, code=door.letters.code_for(new.value), key=str(uuid4()))
    run_waiting_jobs()
    return epoch


def test_a_new_address_needs_both_codes_and_is_told_to_the_old_one(door: Door, address: Address) -> None:
    identity, new = door.somebody(), fresh_address()
    signed_in = door.come_in(identity, address)
    epoch = change(door, citizen(signed_in), address, new)
    assert "diganti" in door.letters.to(address.value)[-1]
    assert new.value not in door.letters.to(address.value)[-1]
    assert sessions.citizen_actor(signed_in.account_id, signed_in.epoch) is None
    assert sessions.citizen_actor(signed_in.account_id, epoch) is not None
    door.come_in(identity, new)


def test_the_code_of_the_new_address_alone_changes_nothing(door: Door, address: Address) -> None:
    signed_in, new = door.come_in(door.somebody(), address), fresh_address()
    first = account.begin_change(citizen(signed_in), address=new, key="")
    run_waiting_jobs()
    assert door.letters.to(new.value) == []
    code = door.letters.code_for(address.value)
    with pytest.raises(DomainError, match="code_ended"):
        account.finish_change(citizen(signed_in), first, code=code, key="")


def test_another_person_cannot_use_the_code(door: Door, address: Address) -> None:
    signed_in = door.come_in(door.somebody(), address)
    stranger = citizen(door.come_in(door.somebody("Orang Lain"), fresh_address()))
    first = account.begin_change(citizen(signed_in), address=fresh_address(), key="")
    run_waiting_jobs()
    with pytest.raises(DomainError, match="code_ended"):
        account.authorise_change(stranger, first, code=door.letters.code_for(address.value), key="")


def test_an_address_that_is_given_up_is_free_again(door: Door, address: Address) -> None:
    signed_in = door.come_in(door.somebody(), address)
    change(door, citizen(signed_in), address, fresh_address())
    assert door.come_in(door.somebody("Orang Lain"), address).is_matched


def test_a_taken_address_is_refused(door: Door, address: Address) -> None:
    signed_in, taken = door.come_in(door.somebody(), address), fresh_address()
    door.come_in(door.somebody("Orang Lain"), taken)
    with pytest.raises(DomainError, match="address_taken"):
        change(door, citizen(signed_in), address, taken)


def test_sign_out_everywhere(door: Door, address: Address) -> None:
    signed_in = door.come_in(door.somebody(), address)
    account.sign_out_everywhere(citizen(signed_in), key=str(uuid4()))
    assert sessions.citizen_actor(signed_in.account_id, signed_in.epoch) is None


# --- the counter ------------------------------------------------------------------------------------------------------


def rebind(officer: Actor, who: Identity, address: Address, *, is_shared: bool = False, reason: str = REASON) -> str:
    return account.rebind_at_counter(
        officer, nik=who.nik, no_kk=who.no_kk, address=address, reason=reason, is_shared=is_shared, key=str(uuid4())
    )


def test_the_counter_helps_who_lost_his_address(door: Door, address: Address) -> None:
    identity, new = door.somebody(), fresh_address()
    signed_in = door.come_in(identity, address)
    assert rebind(staff(REGION), identity, new) == account.REBOUND
    run_waiting_jobs()
    assert "diganti" in door.letters.to(address.value)[-1]
    assert sessions.citizen_actor(signed_in.account_id, signed_in.epoch) is None
    assert door.come_in(identity, new).account_id == signed_in.account_id
    looks = own_data.list_looks(citizen(signed_in))
    assert (looks[-1].act, [look.reason for look in looks if look.actor_kind == "officer"]) == (
        "account.send_code",
        [REASON],
    )


@pytest.mark.parametrize("reason", ["", "   ", "hilang", "x" * 201])
def test_the_counter_needs_a_reason(door: Door, address: Address, reason: str) -> None:
    identity = door.somebody()
    door.come_in(identity, address)
    with pytest.raises(DomainError, match="reason_needed"):
        rebind(staff(REGION), identity, fresh_address(), reason=reason)


def test_another_region_and_another_no_kk_find_nobody(door: Door, address: Address) -> None:
    identity = door.somebody()
    door.come_in(identity, address)
    with pytest.raises(NotFound):
        rebind(staff(5171), identity, fresh_address())
    with pytest.raises(NotFound):
        rebind(staff(REGION), replace(identity, no_kk=fresh_identity().no_kk), fresh_address())


def test_an_admin_has_no_part_in_it(door: Door, address: Address) -> None:
    identity = door.somebody()
    door.come_in(identity, address)
    admin = Actor(kind=ActorKind.ADMIN, id=uuid7(), regions=(REGION,))
    with pytest.raises(NotFound):
        rebind(admin, identity, fresh_address())


def test_two_families_share_an_address_by_the_offices_word(door: Door, address: Address) -> None:
    door.come_in(door.somebody(), address)
    grandmother = door.somebody("Nenek Rekaan")
    with pytest.raises(DomainError, match="address_taken"):
        door.come_in(grandmother, address)
    with pytest.raises(NotFound):
        rebind(staff(REGION), grandmother, address)
    assert rebind(staff(REGION), grandmother, address, is_shared=True) == account.ADMITTED
    assert door.come_in(grandmother, address).is_matched


# --- one's own data ---------------------------------------------------------------------------------------------------


def exported(signed_in: SignedIn) -> dict[str, object]:
    value = json.loads("".join(own_data.export(citizen(signed_in))))
    assert isinstance(value, dict)
    return value


def test_the_export_holds_what_we_hold(door: Door, address: Address) -> None:
    identity = door.somebody()
    value = exported(door.come_in(identity, address))
    assert value["account"] == {
        "identity": identity.to_json(),
        "is_matched": True,
        "address": {"channel": "email", "value": address.value},
        "language": "id",
        "is_undeliverable": False,
    }
    assert value["applications"] == []
    assert value["looks"]


def test_the_export_itself_is_seen(door: Door, address: Address) -> None:
    signed_in = door.come_in(door.somebody(), address)
    exported(signed_in)
    assert own_data.list_looks(citizen(signed_in))[0].act == "account.export"


def test_a_refused_address_is_shown(door: Door, address: Address) -> None:
    signed_in = door.come_in(door.somebody(), address)
    actor = citizen(signed_in)
    assert not account.get_account(actor).is_undeliverable
    with acting_as(actor):
        accounts.mark_undeliverable(signed_in.account_id, address=address)
    assert account.get_account(actor).is_undeliverable
