"""Officers' pages through Django's client: real database, a register that the test fills."""

from tests.usecases.conftest import register

__all__ = ["register"]
