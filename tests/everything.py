"""`./run test`: style, dependency rule, types, then the tests on two processes. One failure fails all.

WORDS after the verb go to pytest: `./run test tests/kernel -k nik`. `--full` runs the big numbers too.
"""

from __future__ import annotations

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
TESTS = (*PYTHON, "pytest", "--numprocesses=2", "--dist=loadfile")


def main() -> int:
    """Run what is asked for; returns the exit status."""
    words = sys.argv[1:]
    if words[:1] == ["--only"]:
        return max(run(step) for step in (LINT if words[1] == "lint" else TYPES))
    failed = [step for step in (*LINT, *TYPES) if run(step)]
    tests = run((*TESTS, *words))
    for step in failed:
        print(f"failed: {spoken(step)}", file=sys.stderr)
    return 1 if failed or tests else 0


def run(step: tuple[str, ...]) -> int:
    """Run one step from the project's folder and say how long it took."""
    print(f"-- {spoken(step)}", flush=True)
    begun = time.monotonic()
    status = subprocess.run(step, cwd=ROOT, check=False).returncode
    if step[: len(TESTS)] != TESTS:  # pytest's own closing line stays the last
        print(f"   {'ok' if status == 0 else 'FAILED'}, {time.monotonic() - begun:.0f} s", flush=True)
    return status


def spoken(step: tuple[str, ...]) -> str:
    """The step as one would type it."""
    return " ".join(word.removeprefix(f"{PROGRAMS}/") for word in step).removeprefix("python -m ")


if __name__ == "__main__":
    sys.exit(main())
