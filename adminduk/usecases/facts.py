"""What a case knows about its person: from the register's answer, or only what the person typed.

Facts are JSON as they are (dates are ISO text) and are kept encrypted with the case, no more than it needs.
"""

from __future__ import annotations

from datetime import date

from adminduk.catalogue.conditions import Fact
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts.ports import RegisterPerson
from adminduk.modules.accounts.types import Identity
from adminduk.usecases.outside import catalogue

SELF, FAMILY = "self", "family"


def facts_of(person: RegisterPerson, *, region: RegionCode, today: date, applies_for: str = SELF) -> dict[str, Fact]:
    """The facts of somebody whom the register knows. `today` is local to the office in `region`."""
    return {
        "is_matched": True,
        "is_resident": person.region == region if person.region else None,
        "applies_for": applies_for,
        "today": today.isoformat(),
        "name": person.name,
        "birth_place": person.birth_place,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "religion": person.religion,
        "marital_status": person.marital_status,
        "occupation": person.occupation,
        "blood_type": person.blood_type,
        "address": person.address,
        "rt": person.rt,
        "rw": person.rw,
        "village_name": person.village_name,
        "district_name": person.district_name,
        "region_name": person.region_name,
        "province_name": person.province_name,
        "family_relation": person.family_relation,
        **catalogue().card_facts(person.card_status),
    }


def unmatched_facts(identity: Identity, *, today: date, applies_for: str = SELF) -> dict[str, Fact]:
    """The facts of somebody who is not compared with the register yet: only what he typed himself."""
    return {
        "is_matched": False,
        "applies_for": applies_for,
        "today": today.isoformat(),
        "name": identity.name,
        "birth_date": identity.birth_date.isoformat(),
    }
