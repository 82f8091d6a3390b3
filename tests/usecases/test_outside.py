"""What use cases reach outside is made once, also when many threads ask at the same moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_MANY_THREADS = """
import django, os, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "adminduk.config.settings"
django.setup()
from adminduk.usecases import outside
line, seen = threading.Barrier(8), []
def ask():
    line.wait()
    seen.append(outside.catalogue())
threads = [threading.Thread(target=ask) for _ in range(8)]
[t.start() for t in threads]
[t.join() for t in threads]
assert len(seen) == 8 and len(set(map(id, seen))) == 1
"""


def test_threads_that_ask_first_at_the_same_moment_get_one_catalogue() -> None:
    """In a process of its own: reading the definitions twice at once ended the process."""
    done = subprocess.run([sys.executable, "-c", _MANY_THREADS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
