"""Pages of an application: the register that the test fills, as for use cases."""

from tests.usecases.conftest import register

__all__ = ["register"]
