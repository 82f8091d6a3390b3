"""The product's commands as an administrator runs them: processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_command(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """`adminduk WORDS` with more or other variables."""
    return subprocess.run(
        [sys.executable, "-m", "adminduk.config.manage", *words],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
