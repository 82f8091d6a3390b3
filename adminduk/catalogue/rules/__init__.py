"""Named rules with three answers: yes, no, or the officer decides. Importing this package registers them all."""

from adminduk.catalogue.rules import age, card, residence
from adminduk.catalogue.rules.registry import RULES, NamedRule, Parameters, Verdict, apply_rule

__all__ = ["RULES", "NamedRule", "Parameters", "Verdict", "age", "apply_rule", "card", "residence"]
