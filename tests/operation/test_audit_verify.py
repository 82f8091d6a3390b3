"""Tampering by whoever rules the database is found, because checkpoints stand outside of it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.audit import actions as audit
from adminduk.usecases import upkeep_audit
from tests import database as test_database
from tests.operation.commands import run_command

REGION = 3374
SYSTEM = jobs.system_actor(REGION)


def add_entries(count: int) -> None:
    """As many acts, chained and signed."""
    with acting_as(SYSTEM):
        for _ in range(count):
            audit.record("look", actor=SYSTEM, at=clock.now(), region_id=REGION, about=("application", uuid4()))
    upkeep_audit.chain(SYSTEM)
    upkeep_audit.checkpoint(SYSTEM)


def checkpoint_file() -> Path:
    return settings.ENVIRONMENT.data_dir / "checkpoints" / f"{REGION}.jsonl"


@pytest.fixture
def trail(database: None) -> None:
    """Three checkpoints over ten entries."""
    for count in (3, 1, 6):
        add_entries(count)
    assert len(checkpoint_file().read_text().splitlines()) == 3
    assert upkeep_audit.verify(SYSTEM).is_intact


def rule_the_database(*statements: str) -> None:
    """What a superuser does who knows how the chain is made."""
    with test_database.superuser_connection() as above:
        above.execute("SET session_replication_role = replica")
        for statement in statements:
            above.execute(statement)


FORGET_FROM_8 = (
    "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_link WHERE number >= 8)",
    "DELETE FROM audit_link WHERE number >= 8",
)


def test_a_shortened_chain_that_is_sound_in_itself_is_found(trail: None) -> None:
    rule_the_database(*FORGET_FROM_8)
    assert upkeep_audit.verify(SYSTEM).state.broken_at == 8


def test_a_chain_that_was_rewritten_from_the_beginning_is_found(trail: None) -> None:
    rule_the_database(
        "UPDATE audit_entry SET reason = 'nothing happened'",
        "INSERT INTO audit_pending (entry_id, region_id) SELECT entry_id, region_id FROM audit_link",
        "DELETE FROM audit_link",
    )
    upkeep_audit.chain(SYSTEM)  # with the product's own code: every hash is right
    assert upkeep_audit.verify(SYSTEM).state.broken_at == 3


def test_a_chain_rewritten_and_signed_anew_does_not_fit_the_old_checkpoints(trail: None) -> None:
    test_a_chain_that_was_rewritten_from_the_beginning_is_found(trail)
    add_entries(1)
    assert not upkeep_audit.verify(SYSTEM).is_intact


def test_entries_that_lost_their_place_are_found(trail: None) -> None:
    with acting_as(SYSTEM):
        audit.record("look", actor=SYSTEM, at=clock.now(), region_id=REGION, about=("application", uuid4()))
    rule_the_database("DELETE FROM audit_pending")
    assert upkeep_audit.verify(SYSTEM).state.unchained == 1


@pytest.mark.parametrize("change", [("root", "0" * 64), ("length", "9"), ("at", "2020")])
def test_a_changed_checkpoint_is_found(trail: None, change: tuple[str, str]) -> None:
    lines = checkpoint_file().read_text().splitlines()
    start = lines[1].index(f'"{change[0]}": ') + len(change[0]) + 4
    lines[1] = lines[1][:start] + change[1] + lines[1][start + len(change[1]) :]
    checkpoint_file().write_text("\n".join(lines) + "\n")
    assert upkeep_audit.verify(SYSTEM).bad_lines == (2,)


def test_a_line_cut_off_by_a_power_cut_does_not_spoil_the_next(trail: None) -> None:
    whole = checkpoint_file().read_text()
    checkpoint_file().write_text(whole[:-20])
    add_entries(1)
    verdict = upkeep_audit.verify(SYSTEM)
    assert (verdict.checkpoints, verdict.bad_lines, verdict.state.is_intact) == (3, (3,), True)


def test_nothing_new_nothing_written(trail: None) -> None:
    upkeep_audit.checkpoint(SYSTEM)
    assert len(checkpoint_file().read_text().splitlines()) == 3


def test_the_command_says_one_line_a_region_and_ends_with_1_where_it_is_not_intact(trail: None) -> None:
    sound = run_command("audit_verify")
    assert (sound.returncode, len(sound.stdout.splitlines())) == (0, 3)
    assert "33.74 intact: 10 entries, 3 checkpoints, 0 waiting" in sound.stdout
    rule_the_database(*FORGET_FROM_8)
    changed = run_command("audit_verify", "--region", "33.74")
    assert changed.returncode == 1
    assert changed.stdout.startswith("33.74 NOT INTACT: does not verify from entry 8 on")
