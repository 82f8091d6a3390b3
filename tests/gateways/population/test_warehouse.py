"""The gateway against the register as a process: what it answers, and every way in which it may fail."""

from __future__ import annotations

import logging
import time
from datetime import date

import pytest

from adminduk.foundation.logs import JsonFormatter
from adminduk.gateways.population import ManualRegister, RegisterByRegion, WarehouseRegister, from_environment
from adminduk.gateways.population.breaker import FAILURES_TO_OPEN, CircuitBreaker
from adminduk.gateways.population.warehouse import WarehouseLogin
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.ports import NoAccess, RegisterUnavailable
from sandbox.population_register.population import build
from tests.processes import SandboxProcess, free_port

SEMARANG = RegionCode.parse("33.74")
LOGIN = "adminduk:demo:demo"
NOBODY = Nik.parse("3374011708909999")


@pytest.fixture
def register(register_process: SandboxProcess) -> WarehouseRegister:
    return from_environment(url=register_process.url, login=LOGIN)


@pytest.fixture
def stories(register_process: SandboxProcess) -> dict[str, dict[str, str]]:
    return {story["key"]: story for story in register_process.get("/story")}


def _fails(register: WarehouseRegister, nik: Nik = NOBODY) -> str:
    with pytest.raises(RegisterUnavailable) as refused:
        register.find_person(nik, region=SEMARANG)
    return refused.value.code


def test_a_person_is_found(register: WarehouseRegister, stories: dict[str, dict[str, str]]) -> None:
    told = stories["lost_card"]
    person = register.find_person(Nik.parse(told["nik"]), region=SEMARANG)
    assert person is not None
    assert (person.name, person.birth_date.isoformat()) == (told["name"], told["birth_date"])
    assert (person.sex, person.rt, person.rw) == ("P", "004", "007")
    assert (person.region, person.district_code, person.village_code) == (SEMARANG, "33.74.11", "33.74.11.1007")
    assert (person.family_relation, person.card_status) == ("ISTRI", "CARD_ISSUED")


def test_every_story_is_as_told(register: WarehouseRegister, stories: dict[str, dict[str, str]]) -> None:
    for told in stories.values():
        person = register.find_person(Nik.parse(told["nik"]), region=SEMARANG)
        if told["key"] == "dead":
            assert person is None
            continue
        assert person is not None
        assert (person.name, str(person.no_kk), str(person.region)) == (told["name"], told["no_kk"], told["region"])
        assert person.card_status == told["card_status"]


def test_nobody_is_found(register: WarehouseRegister) -> None:
    assert register.find_person(NOBODY, region=SEMARANG) is None


def test_a_family_comes_head_first(register: WarehouseRegister, stories: dict[str, dict[str, str]]) -> None:
    told = stories["adult_daughter"]
    family = register.list_family(NoKk.parse(told["no_kk"]), nik=Nik.parse(told["nik"]), region=SEMARANG)
    assert [person.family_relation for person in family] == ["KEPALA KELUARGA", "ISTRI", "ANAK", "ANAK"]


def test_a_family_is_told_only_to_its_members(register: WarehouseRegister, stories: dict[str, dict[str, str]]) -> None:
    family, stranger = stories["lost_card"], stories["damaged_card"]
    found = register.list_family(NoKk.parse(family["no_kk"]), nik=Nik.parse(stranger["nik"]), region=SEMARANG)
    assert found == ()


def test_a_number_of_two_people_finds_nobody(register: WarehouseRegister) -> None:
    doubled = [nik for nik, people in build(start_day=date.today()).by_nik.items() if len(people) > 1]
    assert doubled
    assert all(register.find_person(Nik.parse(nik), region=SEMARANG) is None for nik in doubled)


@pytest.mark.parametrize(
    ("mode", "code"),
    [("wrong_login", "login"), ("wrong_address", "address"), ("quota", "quota")],
)
def test_errors_inside_http_200(
    register: WarehouseRegister, register_process: SandboxProcess, mode: str, code: str
) -> None:
    register_process.switch(mode)
    assert _fails(register) == code


def test_wrong_credentials(register_process: SandboxProcess) -> None:
    assert _fails(from_environment(url=register_process.url, login="adminduk:demo:other")) == "login"


def test_down(register: WarehouseRegister, register_process: SandboxProcess) -> None:
    register_process.switch("down")
    assert _fails(register) in ("no_connection", "http_status")


def test_nobody_listens() -> None:
    assert _fails(from_environment(url=f"http://127.0.0.1:{free_port()}", login=LOGIN)) == "no_connection"


def test_slow_ends_by_the_deadline(register: WarehouseRegister, register_process: SandboxProcess) -> None:
    register_process.switch("slow", seconds=30)
    started = time.monotonic()
    assert _fails(register) == "time_out"
    assert time.monotonic() - started < 5.5


@pytest.mark.parametrize(
    "kind",
    ["html", "half_json", "wrong_types", "someone_else", "huge", "not_a_page", "deep", "nothing", "many"],
)
def test_garbage_is_never_believed(
    register: WarehouseRegister,
    register_process: SandboxProcess,
    stories: dict[str, dict[str, str]],
    kind: str,
) -> None:
    told = stories["lost_card"]
    nik = Nik.parse(told["nik"])
    register_process.switch("garbage", kind=kind)
    assert _fails(register, nik) in ("garbage", "bad_record", "wrong_person")
    with pytest.raises(RegisterUnavailable):
        register.list_family(NoKk.parse(told["no_kk"]), nik=nik, region=SEMARANG)


def test_control_characters_and_endless_names_are_refused(
    register: WarehouseRegister, register_process: SandboxProcess
) -> None:
    register_process.switch("garbage", kind="control_characters")
    assert _fails(register) == "bad_record"


def test_it_recovers_by_itself(register: WarehouseRegister, register_process: SandboxProcess) -> None:
    register_process.switch("down")
    _fails(register)
    register_process.switch("normal")
    assert register.find_person(NOBODY, region=SEMARANG) is None


def test_the_breaker_spares_a_dead_register(register_process: SandboxProcess) -> None:
    now = [0.0]
    login = WarehouseLogin("adminduk", "demo", "demo", "127.0.0.1")
    register = WarehouseRegister(register_process.url, login, breaker=CircuitBreaker(monotonic=lambda: now[0]))
    register_process.switch("quota")
    assert [_fails(register) for _ in range(FAILURES_TO_OPEN + 2)] == ["quota"] * 5 + ["breaker_open"] * 2
    register_process.switch("normal")
    assert _fails(register) == "breaker_open"
    now[0] = 15.0
    assert register.find_person(NOBODY, region=SEMARANG) is None
    assert register.find_person(NOBODY, region=SEMARANG) is None


def test_one_odd_record_does_not_open_the_breaker(
    register_process: SandboxProcess, register: WarehouseRegister
) -> None:
    register_process.switch("garbage", kind="wrong_types")
    assert {_fails(register) for _ in range(FAILURES_TO_OPEN + 1)} == {"bad_record"}
    register_process.switch("normal")
    assert register.find_person(NOBODY, region=SEMARANG) is None


@pytest.mark.parametrize("mode", ["down", "quota", "garbage", "wrong_login"])
def test_nothing_about_anybody_is_logged(
    register: WarehouseRegister,
    register_process: SandboxProcess,
    stories: dict[str, dict[str, str]],
    caplog: pytest.LogCaptureFixture,
    mode: str,
) -> None:
    canary = stories["lost_card"]
    register_process.switch(mode)
    with caplog.at_level(logging.DEBUG):
        for _ in range(4):
            with pytest.raises(RegisterUnavailable) as refused:
                register.find_person(Nik.parse(canary["nik"]), region=SEMARANG)
            assert canary["nik"] not in repr(refused.value)
    assert caplog.records
    written = "".join(JsonFormatter().format(record) + repr(vars(record)) for record in caplog.records)
    for secret in (canary["nik"], canary["no_kk"], canary["name"], "TIRTO", "demo"):
        assert secret not in written


def test_a_person_does_not_show_himself(register: WarehouseRegister, stories: dict[str, dict[str, str]]) -> None:
    told = stories["lost_card"]
    shown = repr(register.find_person(Nik.parse(told["nik"]), region=SEMARANG))
    assert told["nik"] not in shown
    assert "RATNA" not in shown


def test_a_region_without_access(register: WarehouseRegister) -> None:
    both = RegisterByRegion(lambda region: region == SEMARANG, register, ManualRegister())
    assert both.find_person(NOBODY, region=SEMARANG) is None
    with pytest.raises(NoAccess):
        both.find_person(NOBODY, region=RegionCode.parse("91.71"))
    with pytest.raises(NoAccess):
        both.list_family(NoKk.parse("3374010501209999"), nik=NOBODY, region=RegionCode.parse("91.71"))
