"""Nobody of the synthetic population is lost on the way through the gateway."""

from __future__ import annotations

from datetime import date

from adminduk.gateways.population.answer import read_person
from sandbox.population_register.answers import record
from sandbox.population_register.population import build


def test_everybody_can_be_read() -> None:
    today = date(2026, 11, 24)
    for person in build(start_day=today).people():
        read = read_person(record(person), today=today)
        assert (str(read.nik), str(read.no_kk), read.name) == (person.nik, person.no_kk, person.name)
        assert (read.birth_date, read.sex, read.village_code) == (person.birth_date, person.sex, person.village)
        assert (read.card_status, read.family_relation) == (person.card_status, person.relation)
