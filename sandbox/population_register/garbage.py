"""Answers that no client should believe, for the switch "garbage"."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from typing import Any

from sandbox.population_register.answers import page, record
from sandbox.population_register.population import Population

_HUGE = 24 * 1024 * 1024


def kinds() -> tuple[str, ...]:
    """Names of the kinds, in the order in which they rotate."""
    return tuple(_KINDS)


def make(kind: str, population: Population, nik: str) -> tuple[bytes, str]:
    """Body and content type. Raises KeyError for an unknown kind."""
    return _KINDS[kind](population, nik)


def _json(value: object) -> tuple[bytes, str]:
    return json.dumps(value).encode(), "application/json"


def _true_record(population: Population, nik: str) -> dict[str, Any]:
    people = population.by_nik.get(nik) or next(iter(population.by_nik.values()))
    return {**record(people[0]), "NIK": nik}


def _html(population: Population, nik: str) -> tuple[bytes, str]:
    return b"<!doctype html><title>Login</title><h1>Sesi Anda berakhir</h1>", "text/html"


def _half_json(population: Population, nik: str) -> tuple[bytes, str]:
    body, content_type = _json(page([_true_record(population, nik)]))
    return body[: len(body) // 2], content_type


def _wrong_types(population: Population, nik: str) -> tuple[bytes, str]:
    wrong = {"NAMA_LGKP": ["A"], "TGL_LHR": 20091124, "JENIS_KLMIN": None, "NO_KK": {"value": 1}, "NO_RT": "dua"}
    return _json(page([{**_true_record(population, nik), **wrong}]))


def _someone_else(population: Population, nik: str) -> tuple[bytes, str]:
    """A whole and valid record: of another person, of another family."""
    asked = {person.no_kk for person in population.by_nik.get(nik, ())}
    other = next(people[0] for people in population.by_nik.values() if people[0].no_kk not in asked)
    return _json(page([record(other)]))


def _huge(population: Population, nik: str) -> tuple[bytes, str]:
    return b'{"content":[' + b" " * _HUGE + b"]}", "application/json"


def _control_characters(population: Population, nik: str) -> tuple[bytes, str]:
    true = _true_record(population, nik)
    true["NAMA_LGKP"] = f"\x00{true['NAMA_LGKP']}\r\nBcc: a@b.example\u202e" + "A" * 5000
    return _json(page([true]))


def _not_a_page(population: Population, nik: str) -> tuple[bytes, str]:
    return _json({"content": {"0": _true_record(population, nik)}})


def _nothing(population: Population, nik: str) -> tuple[bytes, str]:
    return b"", "application/json"


def _deep(population: Population, nik: str) -> tuple[bytes, str]:
    return b"[" * 100_000, "application/json"


def _many(population: Population, nik: str) -> tuple[bytes, str]:
    return _json(page([record(people[0]) for people in islice(population.by_nik.values(), 300)]))


_KINDS: dict[str, Callable[[Population, str], tuple[bytes, str]]] = {
    "html": _html,
    "half_json": _half_json,
    "wrong_types": _wrong_types,
    "someone_else": _someone_else,
    "huge": _huge,
    "control_characters": _control_characters,
    "not_a_page": _not_a_page,
    "nothing": _nothing,
    "deep": _deep,
    "many": _many,
}
