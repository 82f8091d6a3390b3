"""Compare what somebody says about himself with what the register, or his account, knows."""

from __future__ import annotations

from adminduk.kernel.names import are_same_name
from adminduk.modules.accounts.ports import RegisterPerson
from adminduk.modules.accounts.types import Identity


def identity_in(person: RegisterPerson) -> Identity:
    """The four answers as the register writes them."""
    return Identity(nik=person.nik, no_kk=person.no_kk, name=person.name, birth_date=person.birth_date)


def agree(one: Identity, other: Identity) -> bool:
    """Whether all four answers agree; of names only the words count, not case, accents or marks.

    All four are compared each time, so that the time taken does not tell which one differs.
    """
    answers = (
        one.nik == other.nik,
        one.no_kk == other.no_kk,
        one.birth_date == other.birth_date,
        are_same_name(one.name, other.name),
    )
    return all(answers)
