"""Before sending, the owner is told in words where his pages, his answers and the register differ for sure."""

from __future__ import annotations

import pytest

from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications import queries as cases
from tests.pages.application import walking
from tests.usecases import citizen, differences
from tests.usecases.differences import DIFFERENCES, Difference
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("one", DIFFERENCES, ids=lambda one: one.id)
def test_a_difference_is_told_before_sending(register: Register, one: Difference) -> None:
    owner = citizen.somebody(register)
    register.add(owner.identity, sex=owner.identity.nik.sex)
    register.is_down = not one.is_matched
    client = walking.signed_in(owner)
    draft = walking.application_in(walking.begun(client))
    with acting_as(owner.actor):
        case = cases.get_case(draft)
    differences.add_pages(case, owner, one)
    said = walking.text_of(client.get(f"/permohonan/{draft}/periksa"))
    assert ("Lihat lagi sebelum mengirim" in said) == bool(one.citizen)
    assert differences.told(one.citizen, owner).casefold() in said.casefold()
    assert "ANAK CONTOH" not in said
