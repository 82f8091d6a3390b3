"""Run by `python -m sandbox.card_printer --port N --data DIR`: POST /print, /state, /cancel, /face; GET /jobs, /card.

Modes: normal; busy (takes a job and says later that it is done); jam (the card is spoiled); empty (no card in the
feeder, nothing is begun); late (prints or cancels, and hangs up before it answers); slow; down; garbage.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from sandbox.card_printer.faces import as_pdf, as_png, draw
from sandbox.card_printer.jobs import CANCELLED, DONE, JAMMED, PRINTING, Jobs
from sandbox.http_process import DOWN, NORMAL, SLOW, Handler, Server, Switch, argument_parser, read_object

MODES = (NORMAL, SLOW, DOWN, "busy", "jam", "empty", "late", "garbage")


class Printer(Handler):
    """Takes jobs with a bearer token; the same id once."""

    jobs: Jobs
    token: str

    def health(self) -> Mapping[str, Any]:
        return {"jobs": len(self.jobs)}

    def get(self, path: str, query: Mapping[str, str]) -> None:
        if path == "/jobs":
            self.send_json({"serials": self.jobs.serials()})
        elif path == "/card":
            self._card(query.get("id", ""))
        else:
            super().get(path, query)

    def _card(self, job_id: str) -> None:
        try:
            job = self.jobs.find(job_id)
        except ValueError:
            job = None
        if job is None or job["state"] == CANCELLED:
            self.send_json({"error": "unknown"}, HTTPStatus.NOT_FOUND)
            return
        self.send_bytes(as_pdf(draw(job["drawing"], "front"), draw(job["drawing"], "back")), "application/pdf")

    def post(self, path: str, body: bytes) -> None:
        self.switch.hold_if_slow()
        expected = f"Bearer {self.token}".encode()
        if self.switch.mode == DOWN:
            self.hang_up()
        elif not hmac.compare_digest(self.headers.get("Authorization", "").encode(), expected):
            self.send_json({"error": "token"}, HTTPStatus.UNAUTHORIZED)
        elif self.switch.mode == "garbage":
            self.send_bytes(b"<html>maintenance</html>", "text/html")
        else:
            self._do(path, read_object(body))

    def _do(self, path: str, raw: dict[str, Any]) -> None:
        acts = {"/print": self._print, "/state": self._state, "/cancel": self._cancel, "/face": self._face}
        try:
            act = acts[path]
            act(raw)
        except (KeyError, TypeError, ValueError) as error:
            self.send_json({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)

    def _print(self, raw: dict[str, Any]) -> None:
        mode, job_id = self.switch.mode, str(raw["id"])
        if mode == "empty" and self.jobs.find(job_id) is None:
            self.send_json({"id": job_id, "state": "empty"})
            return
        draw(raw["drawing"], "front")  # what cannot be drawn is refused before a card is taken
        draw(raw["drawing"], "back")
        state = {"jam": JAMMED, "busy": PRINTING}.get(mode, DONE)
        job, _ = self.jobs.begin(job_id, str(raw["serial"]), raw["drawing"], state=state)
        self._answer_for(job)

    def _state(self, raw: dict[str, Any]) -> None:
        job = self.jobs.find(str(raw["id"]))
        if job is not None and job["state"] == PRINTING and self.switch.mode != "busy":
            job = self.jobs.move(job["id"], DONE)
        self.send_json({"id": raw["id"], "state": job["state"] if job else "unknown"})

    def _cancel(self, raw: dict[str, Any]) -> None:
        self._answer_for(self.jobs.cancel(str(raw["id"])))

    def _answer_for(self, job: dict[str, Any]) -> None:
        if self.switch.mode == "late":
            self.close_connection = True
            self.connection.close()
            return
        self.send_json({"id": job["id"], "state": job["state"]})

    def _face(self, raw: dict[str, Any]) -> None:
        job = self.jobs.find(str(raw["id"]))
        if job is None or job["state"] == CANCELLED or raw.get("side") not in ("front", "back"):
            self.send_json({"error": "unknown"}, HTTPStatus.NOT_FOUND)
            return
        self.send_bytes(as_png(draw(job["drawing"], str(raw["side"]))), "image/png")


def main() -> None:
    """Find the jobs of before, then answer until stopped."""
    parser = argument_parser("A stand-in for a card printer")
    parser.add_argument("--token", default="demo")
    options = parser.parse_args()
    members = {"switch": Switch(MODES), "jobs": Jobs(options.data / "jobs"), "token": options.token}
    Server((options.host, options.port), type("BoundPrinter", (Printer,), members)).serve_forever()


if __name__ == "__main__":
    main()
