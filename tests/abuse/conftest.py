"""In the test's own process: a register that the test fills, a printer in the test's hands."""

from tests.usecases.conftest import printer, register

__all__ = ["printer", "register"]
