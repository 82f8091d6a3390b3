"""A place with a past: cards of people whom the register knows, printed on as many open days as expectations need.

Without a browser, but by the use cases, the running worker and the printer, as every card.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.gateways import population
from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.ports import RegisterPerson
from adminduk.modules.accounts.types import Identity
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications.types import Case
from adminduk.modules.printing import forecast
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.types import JobState, JobView
from adminduk.readmodels.stock_board import calendar_within
from adminduk.usecases import outside, print_cards
from adminduk.usecases.facts import facts_of
from tests.journeys.later import later, wait_for_worker
from tests.making import Owner, make_owner, system
from tests.portal import Portal
from tests.usecases.approving import make_approved
from tests.usecases.reviewing import STRICT, staff

SEMARANG = RegionCode.from_number(STRICT)
ADULT = timedelta(days=18 * 366)


def known_adults(portal: Portal) -> dict[str, RegisterPerson]:
    """Recorded people of the stories' families by their names, as the register tells of them."""
    found = {}
    register = population.from_environment(url=portal.register.url, login=settings.ENVIRONMENT.register_login)
    for told in portal.register.get("/story"):
        if told["region"] == SEMARANG.text:
            for person in register.list_family(NoKk.parse(told["no_kk"]), nik=Nik.parse(told["nik"]), region=SEMARANG):
                is_recorded = outside.catalogue().card_facts(person.card_status)["biometrics"] == "stored"
                if is_recorded and person.birth_date <= _today() - ADULT:
                    found[person.name] = person
    return found


def approved_without_browser(person: RegisterPerson) -> tuple[Owner, Case]:
    """Whoever the register knows is printed, and nobody else."""
    owner = make_owner(STRICT, identity=Identity(person.nik, person.no_kk, person.name, person.birth_date))
    case = make_approved(owner)
    facts = dict(case.facts) | facts_of(person, region=SEMARANG, today=_today())
    with acting_as(system(STRICT)):
        applications.store_facts(case.id, region_id=STRICT, facts=facts)
    wait_for_worker()
    return owner, case


def print_on_past_days() -> None:
    """One card of the line on each of so many open days; then it is the day after the last of them."""
    operator, left = staff(STRICT, "operator"), forecast.FEWEST_DAYS
    while left:
        if _is_open_today():
            _print_next(operator)
            left -= 1
        later(timedelta(days=1))


def _today() -> date:
    return clock.today("Asia/Jakarta")


def _is_open_today() -> bool:
    with acting_as(system(STRICT)):
        return calendar_within(outside.catalogue().region(SEMARANG)).opens_on(_today())


def _print_next(operator: Actor) -> None:
    with acting_as(operator):
        (printer,) = (
            one for site in line.list_lines(STRICT) for one in line.list_printers(STRICT, site_id=site.site_id)
        )
    print_cards.begin_batch(operator, printer_id=printer.id, count=1, key=str(uuid4()), at=clock.now())
    wait_for_worker()
    with acting_as(operator):
        (job,) = line.list_open_jobs(STRICT, site_id=printer.site_id)
    print_cards.accept(operator, _printed(job).id, key=str(uuid4()), at=clock.now())


def _printed(job: JobView) -> JobView:
    assert job.state is JobState.PRINTED, job
    return job
