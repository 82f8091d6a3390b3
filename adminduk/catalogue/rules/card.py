"""What the national record says about the person's card and biometrics."""

from __future__ import annotations

from datetime import date

from adminduk.catalogue.conditions import Facts
from adminduk.catalogue.rules.registry import Parameters, Verdict, named_rule


@named_rule("no_card_yet", "has_card", "card_waiting", "card_unknown")
def not_yet_issued(facts: Facts, today: date, nothing: Parameters) -> Verdict:
    """One person has one KTP-el: a first card only for who has none. A card that is printed waits to be collected.

    Source: the law on population administration (one card to a resident).
    """
    card = facts.get("card")
    if card == "issued":
        return Verdict("no", "has_card")
    if card == "printed":
        return Verdict("no", "card_waiting")
    return (
        Verdict("yes", "no_card_yet")
        if card in ("none", "in_progress", "ready")
        else Verdict("officer", "card_unknown")
    )


@named_rule("recorded", "never_recorded", "record_again", "record_unknown")
def recorded_before(facts: Facts, today: date, nothing: Parameters) -> Verdict:
    """A card is printed anew from stored biometrics; who was never recorded asks for a first card instead.

    Source: the presidential regulation on requirements and procedures (replacement of a lost or damaged KTP-el).
    """
    biometrics = facts.get("biometrics")
    if biometrics == "stored":
        return Verdict("yes", "recorded")
    if biometrics == "missing":
        return Verdict("no", "never_recorded")
    return Verdict("officer", "record_again" if biometrics == "failed" else "record_unknown")


@named_rule("single_record", "double_record", "uniqueness_unknown", is_of_register=True)
def no_double_record(facts: Facts, today: date, nothing: Parameters) -> Verdict:
    """Biometrics that stand under another NIK too must be settled first; such a card is never printed by itself.

    Source: status DUPLICATE_RECORD of the national uniqueness check.
    """
    biometrics = facts.get("biometrics")
    if biometrics == "duplicate":
        return Verdict("officer", "double_record")
    known = ("stored", "missing", "in_progress", "failed")
    return Verdict("yes", "single_record") if biometrics in known else Verdict("officer", "uniqueness_unknown")
