"""The settings as mypy's Django plugin reads them: those of the tests, in a folder of its own."""

import os

os.environ.setdefault("ADMINDUK_MODE", "test")
os.environ.setdefault("ADMINDUK_DATA_DIR", ".cache/types")

from adminduk.config.settings import *  # noqa: F403
