"""Officers' pages through Django's client: real database, a register that the test fills."""

from __future__ import annotations

from tests.usecases.conftest import every_job_is_known, register

__all__ = ["every_job_is_known", "register"]
