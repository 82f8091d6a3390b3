"""Run by `python -m sandbox.recording_centre --port N --data DIR [--start-day YYYY-MM-DD] [--clock FILE]`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sandbox.http_process import Server, Switch, argument_parser
from sandbox.recording_centre.ledger import CentreClock, Ledger
from sandbox.recording_centre.plans import plans_of_stories
from sandbox.recording_centre.server import MODES, Centre


def main() -> None:
    """Open the ledger, then answer until stopped."""
    parser = argument_parser("A stand-in for the national side of recording")
    parser.add_argument("--start-day", type=date.fromisoformat, default=None, help="as of the population register")
    parser.add_argument("--clock", type=Path, default=None, help="file with the seconds that a demo's clock is ahead")
    parser.add_argument("--token", default="demo")
    options = parser.parse_args()
    clock = CentreClock(options.clock)
    plans = plans_of_stories(options.start_day or date.today())
    members = {
        "switch": Switch(MODES),
        "ledger": Ledger(options.data / "recordings.jsonl", plans=plans, clock=clock),
        "clock": clock,
        "token": options.token,
    }
    Server((options.host, options.port), type("BoundCentre", (Centre,), members)).serve_forever()


if __name__ == "__main__":
    main()
