"""Everything that is written down about a person has words for him to read."""

from __future__ import annotations

import re
from pathlib import Path

from adminduk.channels.citizen_web.look_words import ACTORS, ACTS
from adminduk.kernel.actor import ActorKind

USECASES = Path(__file__).parents[3] / "adminduk" / "usecases"
_ACT = re.compile(r'"((?:account|appointment|case|family|recording|register|visit)\.[a-z_]+)"')


def test_each_act_has_words() -> None:
    written = {act for path in USECASES.glob("*.py") for act in _ACT.findall(path.read_text("utf-8"))}
    assert written
    assert written - set(ACTS) == set()


def test_each_kind_of_actor_has_words() -> None:
    assert {kind.value for kind in ActorKind} == set(ACTORS)
