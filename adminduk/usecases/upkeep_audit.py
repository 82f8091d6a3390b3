"""The audit trail's sequencer and its checkpoints outside the database."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.audit import actions as audit
from adminduk.modules.audit import queries as trail
from adminduk.modules.audit.checkpoints import BadCheckpoint, Checkpoint
from adminduk.modules.audit.queries import ChainState, Mark
from adminduk.modules.audit.tree import GrowingTree
from adminduk.usecases.outside import checkpoints

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a region's audit trail. `bad_lines` are numbers of checkpoints that are not ours, from 1."""

    state: ChainState
    checkpoints: int
    bad_lines: tuple[int, ...]

    @property
    def is_intact(self) -> bool:
        return self.state.is_intact and not self.bad_lines


@jobs.job("upkeep.chain", every_minutes=1)
def chain(actor: Actor) -> None:
    """Number and hash all entries that wait."""
    (region,) = actor.regions
    chained = audit.BATCH
    while chained == audit.BATCH:
        with acting_as(actor):
            chained = audit.chain_pending(region)


@jobs.job("upkeep.checkpoint", every_minutes=10)
def checkpoint(actor: Actor) -> None:
    """Sign the state of the chain and write it outside, if it has grown. Raises Unavailable."""
    (region,) = actor.regions
    line = checkpoints().last(region)
    before = _read(line, region)
    tree = GrowingTree(before.tree.size, list(before.tree.subtrees)) if before else GrowingTree()
    with acting_as(actor):
        length, head = trail.chain_head(region)
        for leaf in trail.list_leaves(region, after=tree.size, upto=length):
            tree.add(leaf)
    if tree.size != length:
        log.error("the audit chain is shorter than its checkpoint", extra={"region": region})
        return
    if before is None or length > before.length:
        checkpoints().append(region, Checkpoint(region, length, head, tree, clock.now()).to_line())


def verify(actor: Actor) -> Verdict:
    """Recompute a region's chain and compare it with every checkpoint. Raises Unavailable."""
    (region,) = actor.regions
    lines = checkpoints().read(region)
    read = [_read(line, region) for line in lines]
    good = [entry for entry in read if entry is not None]
    marks = [Mark(entry.length, entry.head, entry.tree.root) for entry in good]
    with acting_as(actor):
        state = trail.verify_chain(region, marks=marks)
    bad = tuple(number for number, entry in enumerate(read, 1) if entry is None)
    return Verdict(state=state, checkpoints=len(good), bad_lines=bad)


def _read(line: str | None, region: int) -> Checkpoint | None:
    """None for no line, and for one that is not ours: then the tree is built anew from the first leaf."""
    try:
        found = Checkpoint.from_line(line) if line else None
    except BadCheckpoint:
        return None
    return found if found and found.region_id == region else None
