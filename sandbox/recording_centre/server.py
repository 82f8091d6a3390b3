"""The web service: take a recording over, say the status of references, and a list of statuses as a file."""

from __future__ import annotations

import csv
import hmac
import io
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from sandbox.http_process import DOWN, NORMAL, SLOW, Handler, read_object
from sandbox.recording_centre.ledger import CentreClock, Ledger, Taken
from sandbox.recording_centre.plans import Step

MODES = (NORMAL, SLOW, DOWN, "wrong_login", "garbage", "drop_after_data")
ABOUT = "Peraga: bukan sistem nasional. A stand-in: not the national system. Nobody here is real."
_MOST_REFERENCES = 200
_GARBAGE = (
    (b"<html>pemeliharaan</html>", "text/html"),
    (b'{"statuses": [', "application/json"),
    (b'{"statuses": [{"reference": 7, "status": null}]}', "application/json"),
    (b'{"statuses": [{"reference": "RK-0", "status": "PRINT_READY_RECORD"}]}', "application/json"),
    (b"[]", "application/json"),
    (b'{"statuses": [{"reference": "RK-0", "status": "' + b"A" * 3_000_000 + b'"}]}', "application/json"),
)


class Centre(Handler):
    """Takes recordings with a bearer token; the same reference once."""

    ledger: Ledger
    clock: CentreClock
    token: str

    def health(self) -> Mapping[str, Any]:
        return {"recordings": len(self.ledger), "about": ABOUT}

    def get(self, path: str, query: Mapping[str, str]) -> None:
        if path == "/list":
            self.send_bytes(self._list(query.get("region", "")), "text/csv; charset=utf-8")
        elif path == "/recordings":
            found = self.ledger.of_region(query.get("region", ""))
            self.send_json([self._told(one) | {"nik": one.nik, "turn": one.turn} for one in found])
        else:
            super().get(path, query)

    def post(self, path: str, body: bytes) -> None:
        raw = read_object(body)
        if path == "/plan":
            self._plan(raw)
        elif path == "/clock":
            self.clock.ahead += timedelta(hours=float(raw.get("hours", 0)))
            self.send_json({"now": self.clock.now().isoformat()})
        elif path in ("/recordings", "/statuses"):
            self._serve(path, raw)
        else:
            super().post(path, body)

    def _serve(self, path: str, raw: Mapping[str, Any]) -> None:
        self.switch.hold_if_slow()
        mode = self.switch.mode
        expected = f"Bearer {self.token}".encode()
        if mode == DOWN:
            self.hang_up()
        elif mode == "wrong_login" or not hmac.compare_digest(self.headers.get("Authorization", "").encode(), expected):
            self.send_json({"error": "token"}, HTTPStatus.UNAUTHORIZED)
        elif mode == "garbage":
            self.send_bytes(*_GARBAGE[self.switch.next_turn() % len(_GARBAGE)])
        elif path == "/recordings":
            self._take(raw, hang_up=mode == "drop_after_data")
        else:
            self._tell(raw)

    def _take(self, raw: Mapping[str, Any], *, hang_up: bool) -> None:
        reference, nik, region = (str(raw.get(name, "")) for name in ("reference", "nik", "region"))
        if not (reference and len(nik) == 16 and nik.isdigit() and region):
            self.send_json({"error": "reference, nik or region"}, HTTPStatus.UNPROCESSABLE_ENTITY)
        elif raw.get("photo_approved") is not True:
            self.send_json({"error": "photo not approved"}, HTTPStatus.UNPROCESSABLE_ENTITY)
        else:
            taken = self.ledger.take(reference=reference, nik=nik, region=region)
            if hang_up:
                self.close_connection = True
            else:
                self.send_json(self._told(taken))

    def _tell(self, raw: Mapping[str, Any]) -> None:
        asked = raw.get("references")
        if not isinstance(asked, list) or len(asked) > _MOST_REFERENCES:
            self.send_json({"error": "references"}, HTTPStatus.UNPROCESSABLE_ENTITY)
            return
        found = [self.ledger.find(str(reference)) for reference in asked]
        self.send_json({"statuses": [self._told(one) for one in found if one is not None]})

    def _told(self, taken: Taken) -> dict[str, Any]:
        status, since = self.ledger.status_of(taken)
        return {"reference": taken.reference, "status": status, "since": since.isoformat(timespec="seconds")}

    def _plan(self, raw: Mapping[str, Any]) -> None:
        """{"nik": …, "plans": [[[hours, status], …], …]}: one plan for each recording of the person."""
        try:
            plans = tuple(tuple(Step(float(hours), str(said)) for hours, said in plan) for plan in raw["plans"])
        except (KeyError, TypeError, ValueError):
            self.send_json({"error": "plans"}, HTTPStatus.BAD_REQUEST)
            return
        self.ledger.plan(str(raw.get("nik", "")), plans)
        self.send_json({"nik": raw.get("nik")})

    def _list(self, region: str) -> bytes:
        """What an office gets out of the national application's list: a line for each person."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(("NIK", "STATUS", "TANGGAL"))
        for one in self.ledger.of_region(region):
            status, since = self.ledger.status_of(one)
            writer.writerow((one.nik, status, f"{since:%d-%m-%Y}"))
        return text.getvalue().encode("utf-8-sig")
