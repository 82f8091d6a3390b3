"""Errors that cross levels: a code and parameters, never a sentence; the channel finds the words."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one input.

    `code` names the message (`problem.<code>` in the channel's texts), `field` the input it belongs to
    (None: the form as a whole), `params` what the sentence needs (never personal data).
    """

    code: str
    field: str | None = None
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


class DomainError(Exception):
    """An act that the domain refuses. `problems` lists all defects at once when there are several."""

    def __init__(self, code: str, *, problems: tuple[Problem, ...] = (), **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.problems = problems


class NotFound(DomainError):
    """There is no such thing, or not for this actor: the two are never told apart."""

    def __init__(self, what: str) -> None:
        super().__init__("not_found", what=what)


class Unavailable(Exception):
    """An outside system cannot answer now (time-out, down, garbage, quota). Trying later may help."""


class RefusedByOutside(Exception):
    """An outside system answered and said no for good (unknown address, bad credentials). Do not retry."""
