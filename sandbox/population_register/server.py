"""The web service: CALL_NIK, CALL_NIK_GET_KK, CALL_VERIFY_BY_ELEMEN; stories and people for demo and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from itertools import islice
from typing import Any, Self

from sandbox.http_process import DOWN, NORMAL, SLOW, Handler, Switch, read_object
from sandbox.population_register import answers, garbage
from sandbox.population_register.person import Person, age_on
from sandbox.population_register.places import register_name
from sandbox.population_register.population import Population
from sandbox.population_register.story_plan import Story
from sandbox.story_documents.dossier import open_dossier
from sandbox.story_documents.files import StoryFile, content_type, list_files, read_file

MODES = (NORMAL, SLOW, DOWN, "wrong_login", "wrong_address", "quota", "garbage")
_ERRORS = {"wrong_login": answers.WRONG_LOGIN, "wrong_address": answers.WRONG_ADDRESS, "quota": answers.NO_QUOTA}
_LONGEST_LIST = 5000


@dataclass(frozen=True, slots=True)
class Login:
    """What a client must name: its consumer in the path, user and password in the body."""

    consumer: str
    user: str
    password: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read consumer:user:password. Raises ValueError."""
        consumer, user, password = text.split(":", 2)
        return cls(consumer, user, password)


def handler_for(population: Population, *, start_day: date, login: Login) -> type[Handler]:
    """The handler class over one population, with a switch of its own."""

    @lru_cache(maxsize=100)
    def read_document(key: str, name: str) -> bytes:
        return read_file(open_dossier(population, key, start_day=start_day), name)

    members = {
        "switch": Switch(MODES),
        "read_document": staticmethod(read_document),
        "population": population,
        "start_day": start_day,
        "login": login,
    }
    return type("BoundRegisterHandler", (RegisterHandler,), members)


class RegisterHandler(Handler):
    """Never says why a person is not found: dead, unknown and wrong family get one answer."""

    population: Population
    start_day: date
    login: Login
    read_document: Callable[[str, str], bytes]

    def health(self) -> Mapping[str, Any]:
        return {"people": len(self.population), "start_day": self.start_day.isoformat()}

    def get(self, path: str, query: Mapping[str, str]) -> None:
        if path == "/story":
            self.send_json([self._story(story) for story in self.population.stories])
        elif path.startswith("/story/"):
            self._send_document(*path.removeprefix("/story/").partition("/")[::2])
        elif path == "/people":
            self.send_json(self._people(query))
        else:
            super().get(path, query)

    def post(self, path: str, body: bytes) -> None:
        consumer, call = _read_path(path)
        if not call:
            super().post(path, body)
            return
        raw = {str(key).lower(): value for key, value in read_object(body).items()}
        self.switch.hold_if_slow()
        mode = self.switch.mode
        if mode == DOWN:
            self.hang_up()
        elif mode == "garbage":
            self._send_garbage(str(raw.get("nik", "")))
        elif mode in _ERRORS:
            self.send_json(answers.respond(_ERRORS[mode]))
        else:
            self.send_json(self._answer(consumer, call, raw))

    def _answer(self, consumer: str, call: str, raw: Mapping[str, Any]) -> dict[str, Any]:
        given = Login(consumer, str(raw.get("user_id", "")), str(raw.get("password", "")))
        if given != self.login:
            return answers.respond(answers.WRONG_LOGIN)
        if not raw.get("ip_user"):
            return answers.respond(answers.WRONG_ADDRESS)
        nik = str(raw.get("nik", ""))
        living = [person for person in self.population.by_nik.get(nik, ()) if not person.is_dead]
        if call == "CALL_NIK_GET_KK":
            living = [person for person in living if person.no_kk == str(raw.get("no_kk", ""))]
        if not living:
            return answers.respond(answers.NOT_FOUND)
        if call == "CALL_NIK_GET_KK":
            return answers.page(answers.family_records(self.population.by_no_kk[living[0].no_kk]))
        if call == "CALL_VERIFY_BY_ELEMEN":
            asked = {key.upper(): value for key, value in raw.items()}
            return answers.page([answers.comparison(living[0], asked)])
        return answers.page([answers.record(person) for person in living])

    def _send_garbage(self, nik: str) -> None:
        kinds = garbage.kinds()
        kind = self.switch.kind or kinds[self.switch.next_turn() % len(kinds)]
        if kind not in kinds:
            self.send_json({"error": f"kind must be one of {', '.join(kinds)}"}, HTTPStatus.BAD_REQUEST)
            return
        self.send_bytes(*garbage.make(kind, self.population, nik))

    def _story(self, story: Story) -> dict[str, Any]:
        key = story.told.key
        dossier = open_dossier(self.population, key, start_day=self.start_day)
        return {
            "key": key,
            "shows": {"id": story.told.id, "en": story.told.en},
            **_identity(story.person),
            "age": age_on(self.start_day, born=story.person.birth_date),
            "card_status": story.person.card_status,
            "documents": [_document(key, file) for file in list_files(dossier)],
        }

    def _send_document(self, key: str, name: str) -> None:
        try:
            body = self.read_document(key, name)
        except KeyError:
            self.send_json({"error": "not found"}, HTTPStatus.NOT_FOUND)
        else:
            self.send_bytes(body, content_type(name))

    def _people(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """Living people of `region` (dotted) from `age` years up, `count` of them from `start`, for load tests."""
        region, youngest = query.get("region", ""), int(query.get("age", "17"))
        start, count = int(query.get("start", "0")), min(int(query.get("count", "100")), _LONGEST_LIST)
        wanted = (
            person
            for person in self.population.people()
            if person.village.startswith(region)
            and not person.is_dead
            and len(self.population.by_nik[person.nik]) == 1
            and age_on(self.start_day, born=person.birth_date) >= youngest
        )
        return [
            {**_identity(person), "card_status": person.card_status} for person in islice(wanted, start, start + count)
        ]


def _read_path(path: str) -> tuple[str, str]:
    """Consumer and call of /dukcapil/get_json/{consumer}/CALL_NIK or …/{region code}/{user}/call_nik."""
    parts = path.strip("/").split("/")
    if len(parts) not in (4, 5) or parts[:2] != ["dukcapil", "get_json"]:
        return "", ""
    call = parts[-1].upper()
    return parts[-2], call if call in ("CALL_NIK", "CALL_NIK_GET_KK", "CALL_VERIFY_BY_ELEMEN") else ""


def _document(key: str, file: StoryFile) -> dict[str, Any]:
    label = {"id": file.sheet.label_id, "en": file.sheet.label_en}
    return {"kind": file.sheet.kind, "label": label, "name": file.name, "url": f"/story/{key}/{file.name}"}


def _identity(person: Person) -> dict[str, Any]:
    region = person.village[:5]
    return {
        "nik": person.nik,
        "no_kk": person.no_kk,
        "name": person.name,
        "birth_date": person.birth_date.isoformat(),
        "region": region,
        "region_name": register_name(region).title(),
        "family_relation": person.relation,
    }
