"""The national data warehouse's web service, as public client code shows it: errors come inside HTTP 200."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from adminduk.gateways.deadline_http import NoAnswer, post
from adminduk.gateways.population.answer import read_person, read_records
from adminduk.gateways.population.breaker import CircuitBreaker
from adminduk.gateways.population.texts import BadRecord
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.ports import RegisterPerson, RegisterUnavailable

TOTAL_SECONDS: Final = 4.0
ATTEMPTS: Final = 2
_LARGEST_ANSWER: Final = 1_000_000
_WORTH_A_RETRY: Final = frozenset({"no_connection", "http_status", "garbage"})
_LEAST_SECONDS_FOR_RETRY: Final = 1.0
_log = logging.getLogger("adminduk.gateways.population")


@dataclass(frozen=True, slots=True, repr=False)
class WarehouseLogin:
    """What the office was given with its access. `ip_address` is the fixed address that was agreed on."""

    consumer: str
    user: str
    password: str
    ip_address: str


class WarehouseRegister:
    """`PopulationRegister` over HTTP. Keep one for the process: it holds the circuit breaker.

    A question takes at most four seconds, one retry included. Every answer is checked; a record that cannot be
    believed counts as no answer for this person, but does not open the breaker for the others. Nothing about
    anybody is logged.
    """

    def __init__(
        self,
        base_url: str,
        login: WarehouseLogin,
        *,
        breaker: CircuitBreaker | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._login = login
        self._breaker = breaker or CircuitBreaker()
        self._today = today

    def find_person(self, nik: Nik, *, region: RegionCode) -> RegisterPerson | None:
        """Raises RegisterUnavailable. A number that two people bear finds nobody: the counter has to settle it."""
        call = _Call("CALL_NIK", region, {"nik": str(nik)})
        read = self._read(call, lambda person: person.nik == nik)
        if read.unreadable:
            raise RegisterUnavailable("bad_record")
        people = set(read.people)
        if len(people) > 1:
            call.log("not_unique")
            return None
        return people.pop() if people else None

    def list_family(self, no_kk: NoKk, *, nik: Nik, region: RegionCode) -> tuple[RegisterPerson, ...]:
        """Raises RegisterUnavailable, also when the answer is another family's.

        A member whose record cannot be read is left out: one odd old number must not lock out a whole family.
        """
        call = _Call("CALL_NIK_GET_KK", region, {"no_kk": str(no_kk), "nik": str(nik)})
        read = self._read(call, lambda person: person.no_kk == no_kk)
        if any(person.nik == nik for person in read.people):
            return read.people
        if read.unreadable:
            raise RegisterUnavailable("bad_record")
        return ()

    def is_silent(self) -> bool:
        return self._breaker.is_open

    def _read(self, call: _Call, is_asked_for: Callable[[RegisterPerson], bool]) -> _Read:
        """Raises RegisterUnavailable, with wrong_person when a record is of somebody not asked for."""
        people: list[RegisterPerson] = []
        unreadable = 0
        for record in self._records(call):
            try:
                people.append(read_person(record, today=self._today()))
            except BadRecord:
                unreadable += 1
                call.log("bad_record")
        if not all(is_asked_for(person) for person in people):
            call.log("wrong_person")
            raise RegisterUnavailable("wrong_person")
        return _Read(tuple(people), unreadable)

    def _records(self, call: _Call) -> list[Mapping[str, Any]]:
        """Ask within the deadline, once more if that may help, unless the breaker is open."""
        if not self._breaker.may_try():
            raise RegisterUnavailable("breaker_open")
        deadline = time.monotonic() + TOTAL_SECONDS
        for attempt in range(1, ATTEMPTS + 1):
            try:
                records = self._ask(call, deadline)
            except RegisterUnavailable as error:
                call.log(error.code, attempt=attempt)
                left = deadline - time.monotonic()
                if attempt < ATTEMPTS and error.code in _WORTH_A_RETRY and left > _LEAST_SECONDS_FOR_RETRY:
                    continue
                self._breaker.failed()
                raise
            self._breaker.succeeded()
            return records
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _ask(self, call: _Call, deadline: float) -> list[Mapping[str, Any]]:
        login = self._login
        credentials = {"user_id": login.user, "password": login.password, "ip_user": login.ip_address}
        url = f"{self._base_url}/dukcapil/get_json/{quote(login.consumer, safe='')}/{call.name}"
        body = json.dumps({**call.question, **credentials}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            answer = post(url, body, headers=headers, deadline=deadline, limit=_LARGEST_ANSWER)
        except NoAnswer as error:
            raise RegisterUnavailable(error.code) from None
        if answer.status != 200:
            raise RegisterUnavailable("http_status")
        return read_records(answer.body)


@dataclass(frozen=True, slots=True, repr=False)
class _Call:
    name: str
    region: RegionCode
    question: Mapping[str, str]
    started: float = field(default_factory=time.monotonic)

    def log(self, code: str, *, attempt: int = 1) -> None:
        milliseconds = round((time.monotonic() - self.started) * 1000)
        told = {"gateway": "population", "code": code, "attempt": attempt, "milliseconds": milliseconds}
        _log.warning("no usable answer to %s", self.name, extra={**told, "region": str(self.region)})


@dataclass(frozen=True, slots=True)
class _Read:
    people: tuple[RegisterPerson, ...]
    unreadable: int


def from_environment(*, url: str, login: str, ip_address: str = "127.0.0.1") -> WarehouseRegister:
    """Build it from the values of the environment; `login` is "consumer:user:password". Raises ValueError."""
    consumer, user, password = login.split(":", 2)
    return WarehouseRegister(url, WarehouseLogin(consumer, user, password, ip_address))
