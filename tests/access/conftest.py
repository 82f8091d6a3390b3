"""In the test's own process: real database, a register that the test fills."""

from tests.usecases.conftest import register

__all__ = ["register"]
