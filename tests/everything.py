"""`./run test`: style, dependency rule, types, then the tests on two processes. One failure fails all.

WORDS after the verb go to pytest: `./run test tests/kernel -k nik`. `--full` runs the big numbers too.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-m")
PROGRAMS = Path(sys.executable).parent
LINT: tuple[tuple[str, ...], ...] = (
    (*PYTHON, "ruff", "check", "."),
    (*PYTHON, "ruff", "format", "--check", "--quiet", "."),
    (str(PROGRAMS / "lint-imports"), "--no-logo"),
)
TYPES: tuple[tuple[str, ...], ...] = ((*PYTHON, "mypy"),)
TESTS = (*PYTHON, "pytest", "--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder")
PATIENCE = ("-o", "faulthandler_timeout=3000")  # a test of the big numbers may take longer than pyproject.toml allows


def main() -> int:
    """Run what is asked for; returns the exit status."""
    words = sys.argv[1:]
    if words[:1] == ["--only"]:
        return max(run(step) for step in (LINT if words[1] == "lint" else TYPES))
    failed = [step for step in (*LINT, *TYPES) if run(step)]
    tests = run((*TESTS, *(PATIENCE if "--full" in words else ()), *words))
    for step in failed:
        print(f"failed: {spoken(step)}", file=sys.stderr)
    return 1 if failed or tests else 0


def run(step: tuple[str, ...]) -> int:
    """Run one step from the project's folder and say how long it took."""
    print(f"-- {spoken(step)}", flush=True)
    begun = time.monotonic()
    status = wait_for(step)
    if step[: len(TESTS)] != TESTS:  # pytest's own closing line stays the last
        print(f"   {'ok' if status == 0 else 'FAILED'}, {time.monotonic() - begun:.0f} s", flush=True)
    return status


def wait_for(step: tuple[str, ...]) -> int:
    """The exit status. Ctrl-C and SIGTERM end the step, which first stops what it started; then this ends too."""
    with subprocess.Popen(step, cwd=ROOT) as process:
        ends = {
            signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),  # a terminal sends it to the step as well
            signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: process.terminate()),
        }
        status = process.wait()
    for number, before in ends.items():
        signal.signal(number, before)
    if status in (-signal.SIGINT, -signal.SIGTERM):
        sys.exit(128 - status)
    return status


def spoken(step: tuple[str, ...]) -> str:
    """The step as one would type it."""
    return " ".join(word.removeprefix(f"{PROGRAMS}/") for word in step).removeprefix("python -m ")


if __name__ == "__main__":
    sys.exit(main())
