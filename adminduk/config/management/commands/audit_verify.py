"""`adminduk audit_verify`: recompute every region's audit trail and compare it with the signed checkpoints."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from adminduk.foundation.jobs import system_actor
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.kernel.identifiers import RegionCode
from adminduk.usecases import outside, upkeep_audit
from adminduk.usecases.upkeep_audit import Verdict


class Command(BaseCommand):
    help = "One line per region; ends with 1 if a trail was changed, shortened, or does not fit its checkpoints."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", help="only this one, for example 33.74")

    def handle(self, *args: Any, **options: Any) -> None:
        is_intact = True
        try:
            for region in _regions(options["region"]):
                verdict = upkeep_audit.verify(system_actor(region))
                is_intact &= verdict.is_intact
                self.stdout.write(f"{RegionCode.from_number(region)} {_in_words(verdict)}")
        except (DomainError, Unavailable) as error:
            raise CommandError(str(error)) from None
        if not is_intact:
            sys.exit(1)


def _regions(wanted: str | None) -> list[int]:
    if wanted:
        return [RegionCode.parse(wanted).number]
    joined = {region.code.number for region in outside.catalogue().joined_regions}
    return sorted(joined | set(outside.checkpoints().regions()))


def _in_words(verdict: Verdict) -> str:
    state = verdict.state
    told = f"{state.length} entries, {verdict.checkpoints} checkpoints, {state.waiting} waiting to be chained"
    if verdict.is_intact:
        return f"intact: {told}"
    faults = []
    if state.broken_at is not None:
        faults.append(f"does not verify from entry {state.broken_at} on")
    if state.unchained:
        faults.append(f"{state.unchained} entries lost their place")
    if verdict.bad_lines:
        faults.append(f"checkpoint {verdict.bad_lines[0]} is not ours")
    return f"NOT INTACT: {'; '.join(faults)} ({told})"
