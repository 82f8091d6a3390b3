"""Every address × everybody, by the table: what each gets, and that a refusal says nothing about the person."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any, get_args
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.scene import PEOPLE, Scene, State, make_scene, make_scene_without_pages
from tests.access.table import DESK, IN, NO_PAGES, TABLE, Outcome, Row
from tests.usecases.stand_ins import Register

OFFICE = ("officer", "colleague", "head")


def names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The name of every address, from the resolver itself."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else before)
        else:
            assert isinstance(pattern, URLPattern)
            assert pattern.name, pattern
            yield before + pattern.name


def test_every_address_stands_in_the_table() -> None:
    assert sorted(names(get_resolver())) == sorted(TABLE)


@pytest.mark.parametrize("state", get_args(State))
def test_who_reads_what(database: None, register: Register, state: State) -> None:
    rows = {name: row for name, row in TABLE.items() if row.method == "get" and row.state == state}
    scene = make_scene(register, state)
    got = {name: _ask_as_everybody(scene, name, row) for name, row in rows.items()}
    assert _unlike(got) == {}


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.method == "post"))
def test_who_does_what(database: None, register: Register, name: str) -> None:
    row = TABLE[name]
    scene = make_scene_without_pages(register) if row.state == "held" else make_scene(register, row.state)
    assert _unlike({name: _ask_as_everybody(scene, name, row)}) == {}
    asked = {person: browser.get(_path(scene, name, row)).status_code for person, browser in scene.browsers.items()}
    assert 200 not in asked.values(), "what can be read stands in the table as such"


def _unlike(got: dict[str, dict[str, Outcome]]) -> dict[str, str]:
    """What differs from the table."""
    return {
        f"{name} as {person}": f"{outcome} instead of {TABLE[name].outcomes[person]}"
        for name, outcomes in got.items()
        for person, outcome in outcomes.items()
        if outcome != TABLE[name].outcomes[person]
    }


def _path(scene: Scene, name: str, row: Row) -> str:
    arguments = scene.arguments | dict(row.arguments)
    return reverse(name, kwargs={key: arguments[key] for key in next(parameters_of(get_resolver(), name))})


def _ask_as_everybody(scene: Scene, name: str, row: Row) -> dict[str, Outcome]:
    path = _path(scene, name, row)
    if row.is_looked_up:
        for browser in scene.browsers.values():
            browser.post(reverse("officer:search"), {"nomor": scene.number, "alasan": "Warga menelepon."})
    got: dict[str, Outcome] = {}
    for person in PEOPLE:
        browser = scene.browsers[person]
        response = browser.get(path) if row.method == "get" else browser.post(path, {"key": str(uuid4())})
        got[person] = outcome_of(response)
        if row.method == "get" and got[person] == 200:
            assert is_page(response) == (name not in NO_PAGES), f"{name}: {response.headers['Content-Type']}"
        if person not in ("owner", *OFFICE) or got[person] in (404, 409):
            told = text_of(response)
            assert not [secret for secret in scene.secrets if secret in told], f"{name}: {person} reads about the owner"
    return got


def parameters_of(resolver: URLResolver, name: str) -> Iterator[tuple[str, ...]]:
    space, _, short = name.rpartition(":")
    inside = resolver.namespace_dict[space][1] if space else resolver
    for _, parameters in inside.reverse_dict.getlist(short)[0][0]:
        yield tuple(parameters)


def outcome_of(response: Any) -> Outcome:
    if response.status_code == 303 and "?next=" in response["Location"]:
        return next(door for door in (DESK, IN) if response["Location"].startswith(door + "?"))
    return int(response.status_code)


def is_page(response: Any) -> bool:
    """Whether it stands on its own: not a file, nor a part of a page."""
    is_html = response.headers["Content-Type"].startswith("text/html")
    return is_html and text_of(response).lstrip().lower().startswith("<!doctype html>")


def text_of(response: Any) -> str:
    content = response.getvalue()
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return str(content.decode(errors="replace"))
