"""The register of the use cases' tests."""

from tests.usecases.conftest import register

__all__ = ["register"]
