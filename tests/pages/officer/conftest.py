"""Officers' pages through Django's client: real database, a register that the test fills."""

from tests.usecases.conftest import printer, register

__all__ = ["printer", "register"]
