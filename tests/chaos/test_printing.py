"""Printer, register and worker are killed while cards are printed: none is lost, and none is printed twice."""

from __future__ import annotations

import signal
import time
from collections import Counter
from datetime import date
from typing import Any

import pytest

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.modules.accounts.types import Identity
from adminduk.modules.applications import actions as applications
from adminduk.modules.blanks.types import Balance
from tests import database as test_database
from tests.making import make_owner, system
from tests.portal import Portal
from tests.processes import SandboxProcess
from tests.usecases.approving import make_begun
from tests.usecases.floor import Floor
from tests.usecases.reviewing import STRICT

FEW, MANY = 4, 20  # cards of each of the three batches
WITHIN = 240.0  # seconds until a card that is not printed is called lost; the portal looks around each minute
SPARE = 5
_JOBS = "SELECT serial, product_id, state FROM printing_job WHERE site_id = %s"


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    return MANY if request.config.getoption("full") else FEW


def put(floor: Floor, raw: dict[str, Any]) -> None:
    """An approved case of somebody whom the register knows in the line of `floor`."""
    born = date.fromisoformat(raw["birth_date"])
    identity = Identity(Nik.parse(raw["nik"]), NoKk.parse(raw["no_kk"]), raw["name"], born)
    case, product = make_begun(make_owner(STRICT, identity=identity))
    known = {name: case.facts[name] for name in ("is_matched", "card", "biometrics")}
    with acting_as(system(STRICT)):
        applications.store_facts(case.id, region_id=STRICT, facts=known)
    floor.take_over(product)


def jobs(floor: Floor) -> list[tuple[Any, ...]]:
    """Serial, product and state of each print job of the place."""
    with test_database.superuser_connection() as above:
        return above.execute(_JOBS, [floor.site]).fetchall()


def serials(printer: SandboxProcess) -> list[int]:
    """What the printer has printed since it was made, by its own word; a card that it printed twice stands twice."""
    return [int(serial) for serial in printer.get("/jobs")["serials"]]


def wait_until_printed(floor: Floor, count: int) -> None:
    deadline = time.monotonic() + WITHIN
    while (printed := sum(state == "printed" for _, _, state in jobs(floor))) < count:
        assert time.monotonic() < deadline, f"{count - printed} of {count} cards were lost"
        time.sleep(0.1)  # worker and printer do it


def test_kills_in_the_middle_of_printing(portal: Portal, card_printer_process: SandboxProcess, count: int) -> None:
    printer, register = card_printer_process, portal.register
    floor = Floor(cards=3 * count + SPARE)
    for raw in register.get(f"/people?region=33.74&age=30&count={3 * count}"):
        put(floor, raw)
    before = Counter(serials(printer))
    floor.begin(count)
    wait_until_printed(floor, 1)
    for process in (printer, register):
        process.stop(signal.SIGKILL)
    portal.kill(portal.worker)
    floor.begin(count)
    for process in (printer, register):
        process.start()
    portal.start(portal.worker)
    wait_until_printed(floor, 2 * count)
    printer.switch("late")  # prints, and hangs up before it answers
    floor.begin(count)
    wait_until_printed(floor, 2 * count + 1)
    portal.kill(portal.worker)
    printer.switch("normal")
    portal.start(portal.worker)
    wait_until_printed(floor, 3 * count)
    made = jobs(floor)
    assert len({product for _, product, _ in made}) == len(made) == 3 * count
    assert Counter(serials(printer)) - before == Counter(serial for serial, _, _ in made)
    assert floor.balance() == Balance(floor.site, stock=SPARE, printed=3 * count)
