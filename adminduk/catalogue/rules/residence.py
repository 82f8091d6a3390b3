"""Whether the person belongs to the region in which he applies."""

from __future__ import annotations

from datetime import date

from adminduk.catalogue.conditions import Facts
from adminduk.catalogue.rules.registry import Parameters, Verdict, named_rule


@named_rule("resident", "lives_elsewhere", "residence_unknown")
def resident_of_region(facts: Facts, today: date, nothing: Parameters) -> Verdict:
    """The office of the address on the Kartu Keluarga decides.

    Elsewhere is not a refusal by machine: recording and reprinting outside the domicile is lawful where no data
    change, so the officer decides. Source: the ministerial regulation on KTP-el outside the domicile.
    """
    is_resident = facts.get("is_resident")
    if is_resident is True:
        return Verdict("yes", "resident")
    return Verdict("officer", "lives_elsewhere" if is_resident is False else "residence_unknown")
