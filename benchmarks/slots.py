"""The book of appointments with very many bookings: its pages, a booking, and a rush for the last places."""

from __future__ import annotations

import json
import multiprocessing
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from uuid import uuid4

import psycopg

from adminduk.config.demo import demo_environ
from adminduk.foundation.embedded_database import EmbeddedDatabase
from benchmarks.applications import Timing, percentile
from benchmarks.browser import Browser, Form
from benchmarks.installation import ROOT, Installation

REGION = 3374
CLIENTS, HANDS = 8, 8  # in a rush each client presses with so many hands at the same time
SECONDS = 60.0
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_BOOKED = "SELECT count(*) FROM appointments_appointment WHERE region_id = %s AND state IN ('booked', 'arrived')"
_HELD = "SELECT count(*) FROM appointments_appointment WHERE region_id = %s AND state = 'held'"
_DOUBLED = """
SELECT count(*) FROM (SELECT FROM appointments_appointment
    WHERE region_id = %s AND state IN ('booked', 'arrived', 'held')
    GROUP BY site_id, kind, day, starts, place HAVING count(*) > 1) AS twice"""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who may book: his application, his session, and the time that he wants (site, day, time)."""

    application: str
    session: str
    wish: tuple[str, str, str]

    @property
    def path(self) -> str:
        return f"/permohonan/{self.application}/jadwal"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that people do, each once, at CLIENTS clients; `cpu`: milliseconds of web and database for each."""

    name: str
    count: int
    p50: float
    p95: float
    cpu_web: float
    cpu_database: float


@dataclass(frozen=True, slots=True)
class Rush:
    """`asked` requests within `seconds`, answered with these statuses, for so many places; what is booked then."""

    places: int
    asked: int
    seconds: float
    statuses: dict[int, int]
    p95: float
    booked: int
    held: int
    doubled: int

    @property
    def server_errors(self) -> int:
        return sum(count for status, count in self.statuses.items() if status >= 500)


@dataclass(frozen=True, slots=True)
class Measured:
    """`bookings`: how many there are while the steps are measured."""

    bookings: int
    steps: tuple[Step, ...]
    rush: Rush


def measure(installation: Installation, *, bookings: int, each: int, crowd: int, places: int) -> Measured:
    """Fill, let CLIENTS × `each` people book one after the other, then a `crowd` want the last `places` at once."""
    count = CLIENTS * (each + 1)
    filled = _fill(installation, first=1, people=count, words=(f"--bookings={bookings}",))
    some = _wishing(filled, spread=False)
    _round(installation, "choose", some[each * CLIENTS :])  # warms up
    steps = tuple(_round(installation, name, some[: each * CLIENTS]) for name in ("choose", "day", "hold", "confirm"))
    filled = _fill(installation, first=count + 1, people=crowd, words=(f"--leave={places}",))
    return Measured(bookings, steps, _rush(installation, _wishing(filled, spread=True), places))


def _fill(installation: Installation, *, first: int, people: int, words: tuple[str, ...]) -> dict[str, Any]:
    command = [
        sys.executable, "-m", "benchmarks.fill_slots", f"--superuser-url={installation.database_url()}",
        f"--first={first}", f"--people={people}", *words,
    ]  # fmt: skip
    server = EmbeddedDatabase(installation.folder / "postgres")
    environ = os.environ | demo_environ(installation.folder, installation.port, server)
    done = subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE)
    return cast(dict[str, Any], json.loads(done.stdout))


def _wishing(filled: dict[str, Any], *, spread: bool) -> list[Invited]:
    """Each wants the soonest time that those before him leave; or, `spread`, all want all times alike."""
    times = [(site, day, starts) for site, day, starts, free in filled["free"] for _ in range(free)]
    assert spread or len(times) >= len(filled["people"]), "too few free places"
    return [
        Invited(application, session, times[number % len(times)])
        for number, (application, session) in enumerate(filled["people"])
    ]


def _browser(base_url: str, who: Invited) -> tuple[Browser, str]:
    """His browser, and the token of its forms."""
    browser = Browser(base_url)
    token = "".join(secrets.choice(_LETTERS) for _ in range(32))
    browser.remember("sesi", who.session)
    browser.remember("csrftoken", token)
    return browser, token


def _hold_form(who: Invited, token: str) -> Form:
    site, day, starts = who.wish
    wish = {"tempat": site, "hari": day, "jam": starts}
    return Form(f"{who.path}/tahan", "post", {"csrfmiddlewaretoken": token, "key": str(uuid4()), **wish})


def _confirm_form(who: Invited, token: str) -> Form:
    return Form(f"{who.path}/pastikan", "post", {"csrfmiddlewaretoken": token, "key": str(uuid4())})


def _do(base_url: str, step: str, own: Sequence[Invited]) -> list[Timing]:
    """One client: one after the other. A step that posts counts with the page it leads to."""
    timings: list[Timing] = []
    for who in own:
        browser, token = _browser(base_url, who)
        site, day, _ = who.wish
        if step == "choose":
            browser.get(who.path, step=step)
        elif step == "day":
            browser.get(f"{who.path}/hari/{day}?tempat={site}", step=step)
        else:
            page = browser.post(_hold_form(who, token) if step == "hold" else _confirm_form(who, token), step=step)
            assert page.url == (f"{who.path}/pastikan" if step == "hold" else who.path), page.url
        browser.close()
        timings += browser.timings
    return timings


def _round(installation: Installation, step: str, people: Sequence[Invited]) -> Step:
    shares = [people[client::CLIENTS] for client in range(CLIENTS)]
    with multiprocessing.get_context("spawn").Pool(CLIENTS) as pool:
        pool.map(abs, range(CLIENTS), chunksize=1)  # all have started
        before = installation.spent()
        done = pool.map(partial(_do, installation.base_url, step), shares, chunksize=1)
        spent = installation.spent() - before
    seconds = [timing[1] for timings in done for timing in timings]
    return Step(
        step,
        len(seconds),
        1000 * percentile(seconds, 50),
        1000 * percentile(seconds, 95),
        1000 * spent.web / len(seconds),
        1000 * spent.database / len(seconds),
    )


def press(base_url: str, until: float, who: Invited) -> list[tuple[int, float]]:
    """Hold, and confirm if that went well: status and seconds of each request; nobody begins after `until`."""
    if time.monotonic() > until:
        return []
    browser, token = _browser(base_url, who)
    try:
        statuses = [browser.knock(_hold_form(who, token), step="hold")]
        if statuses == [303]:
            statuses.append(browser.knock(_confirm_form(who, token), step="confirm"))
    finally:
        browser.close()
    return [(status, timing[1]) for status, timing in zip(statuses, browser.timings, strict=True)]


def _press_all(base_url: str, until: float, own: Sequence[Invited]) -> list[list[tuple[int, float]]]:
    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(partial(press, base_url, until), own))


def _rush(installation: Installation, crowd: Sequence[Invited], places: int) -> Rush:
    booked_before = _ask(installation, _BOOKED)
    shares = [crowd[client::CLIENTS] for client in range(CLIENTS)]
    with multiprocessing.get_context("spawn").Pool(CLIENTS) as pool:
        pool.map(abs, range(CLIENTS), chunksize=1)
        began = time.monotonic()
        done = pool.map(partial(_press_all, installation.base_url, began + SECONDS), shares, chunksize=1)
        seconds = time.monotonic() - began
    people = [given for share in done for given in share]
    answers = [answer for given in people for answer in given]
    return Rush(
        places=places,
        asked=sum(bool(given) for given in people),
        seconds=seconds,
        statuses=dict(Counter(status for status, _ in answers)),
        p95=1000 * percentile([lasted for _, lasted in answers], 95),
        booked=_ask(installation, _BOOKED) - booked_before,
        held=_ask(installation, _HELD),
        doubled=_ask(installation, _DOUBLED),
    )


def _ask(installation: Installation, question: str) -> int:
    with psycopg.connect(installation.database_url()) as connection:
        (found,) = connection.execute(cast(Any, question), [REGION]).fetchone() or (0,)
    return int(found)
