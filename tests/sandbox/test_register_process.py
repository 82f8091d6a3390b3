"""The register as a process: the form of its answers, and its switches."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.processes import SandboxProcess, running

PATH = "/dukcapil/get_json/adminduk"
LOGIN = {"user_id": "demo", "password": "demo", "ip_user": "127.0.0.1"}


@pytest.fixture
def story(register_process: SandboxProcess) -> dict[str, Any]:
    return next(one for one in register_process.get("/story") if one["key"] == "lost_card")


def _ask(process: SandboxProcess, call: str, **question: str) -> list[dict[str, Any]]:
    page = process.post(f"{PATH}/{call}", {**LOGIN, **question})
    assert page["numberOfElements"] == page["totalElements"] == len(page["content"])
    assert (page["firstPage"], page["lastPage"], page["number"], page["sort"]) == (True, True, 0, None)
    content: list[dict[str, Any]] = page["content"]
    return content


def test_columns_of_a_person(register_process: SandboxProcess, story: dict[str, Any]) -> None:
    (record,) = _ask(register_process, "CALL_NIK", nik=story["nik"])
    assert record.keys() >= {
        *("NIK", "NO_KK", "NAMA_LGKP", "TMPT_LHR", "TGL_LHR", "JENIS_KLMIN", "AGAMA", "STATUS_KAWIN", "JENIS_PKRJN"),
        *("GOL_DARAH", "ALAMAT", "NO_RT", "NO_RW", "NO_PROP", "PROP_NAME", "NO_KAB", "KAB_NAME", "NO_KEC", "KEC_NAME"),
        *("NO_KEL", "KEL_NAME", "NAMA_LGKP_IBU", "EKTP_STATUS"),
    }


def test_the_other_form_of_the_path(register_process: SandboxProcess, story: dict[str, Any]) -> None:
    page = register_process.post("/dukcapil/get_json/3374/adminduk/call_nik", {**LOGIN, "nik": story["nik"]})
    assert page["content"][0]["NAMA_LGKP"] == story["name"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"nik": "3374011708909999"}, "Data Tidak Ditemukan"),
        ({"password": "x"}, "Login Gagal"),
        ({"ip_user": ""}, "IP Address Tidak Sesuai"),
    ],
)
def test_errors_come_inside_http_200(
    register_process: SandboxProcess, story: dict[str, Any], change: dict[str, str], text: str
) -> None:
    assert _ask(register_process, "CALL_NIK", **{"nik": story["nik"], **change}) == [{"RESPON": text}]


def test_the_dead_are_not_found(register_process: SandboxProcess) -> None:
    dead = next(one for one in register_process.get("/story") if one["key"] == "dead")
    assert _ask(register_process, "CALL_NIK", nik=dead["nik"]) == [{"RESPON": "Data Tidak Ditemukan"}]


def test_verdicts_without_values(register_process: SandboxProcess, story: dict[str, Any]) -> None:
    (verdicts,) = _ask(
        register_process,
        "CALL_VERIFY_BY_ELEMEN",
        nik=story["nik"],
        NAMA_LGKP=story["name"].lower(),
        TGL_LHR="1984-03-13",
        NO_RT="04",
        TRESHOLD="90",
    )
    assert verdicts == {
        "NIK": story["nik"],
        "NAMA_LGKP": "Sesuai (100)",
        "TGL_LHR": "Tidak Sesuai",
        "NO_RT": "Sesuai (100)",
    }


def test_stories_say_what_they_show(register_process: SandboxProcess) -> None:
    stories = register_process.get("/story")
    assert len(stories) >= 14
    for story in stories:
        assert story["shows"]["id"] and story["shows"]["en"]
        assert len(story["nik"]) == len(story["no_kk"]) == 16
        assert story["region"] in ("33.74", "51.71", "91.71")


def test_people_for_load_tests(register_process: SandboxProcess) -> None:
    people = register_process.get("/people?region=91.71&count=500&age=20")
    assert len({person["nik"] for person in people}) == 500
    assert {person["region"] for person in people} == {"91.71"}


def test_a_slow_answer_is_let_go_by_the_switch(register_process: SandboxProcess) -> None:
    register_process.switch("slow", seconds=0.2)
    started = time.monotonic()
    _ask(register_process, "CALL_NIK", nik="3374011708909999")
    assert time.monotonic() - started >= 0.2


def test_an_unknown_mode_is_refused(register_process: SandboxProcess) -> None:
    with pytest.raises(HTTPError):
        register_process.switch("explode")
    assert register_process.get("/health")["mode"] == "normal"


def test_health_answers_whatever_the_mode(register_process: SandboxProcess) -> None:
    register_process.switch("down")
    health = register_process.get("/health")
    assert (health["status"], health["mode"]) == ("ok", "down")
    assert health["people"] >= 20_000


def test_seed_and_day_can_be_chosen(tmp_path: Path) -> None:
    arguments = ("--start-day", "2030-05-06", "--seed", "3", "--people", "400", "--login", "a:b:c")
    with running("sandbox.population_register", tmp_path, *arguments) as process:
        assert process.get("/health")["start_day"] == "2030-05-06"
        born = {story["key"]: story["birth_date"] for story in process.get("/story")}
        assert born["seventeen_today"] == "2013-05-06"
        assert _ask(process, "CALL_NIK", nik="x") == [{"RESPON": "Login Gagal"}]
