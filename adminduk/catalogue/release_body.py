"""What a release keeps: the national definition with a region's changes resolved, whole, as canonical JSON."""

from __future__ import annotations

import msgspec

from adminduk.catalogue.conditions import Value
from adminduk.catalogue.schema import Service
from adminduk.catalogue.text import Text
from adminduk.catalogue.types import Level


class SettledValue(msgspec.Struct, frozen=True, kw_only=True):
    """A setting as it holds in the region. `legal_basis` by title; `since` ISO date, empty for national."""

    value: bool | int
    level: Level
    legal_basis: str
    since: str


class KeptReason(msgspec.Struct, frozen=True, kw_only=True):
    """A coded reason with its words, as they were when the case began."""

    code: str
    label: Text
    advice: Text
    legal_basis: str
    applies_to: tuple[str, ...]


class ReleaseBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a case needs of its definition for as long as it lives.

    `rule_texts` maps rule → code → words. `legal_bases` maps key → title. `region_facts` are region_delivery and
    region_register.
    """

    region: str
    region_name: str
    service: Service
    settings: dict[str, SettledValue]
    region_facts: dict[str, Value]
    legal_bases: dict[str, str]
    rule_texts: dict[str, dict[str, Text]]
    refusal_reasons: tuple[KeptReason, ...]
    correction_reasons: tuple[KeptReason, ...]
