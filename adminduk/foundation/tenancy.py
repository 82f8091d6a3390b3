"""Row-level security: who acts, signed, told to PostgreSQL for one transaction at a time.

The value `regions|kind|actor|expiry|HMAC` is checked by functions of the schema `sec` (see the first migration);
without a transaction there is no context, and without a context there are no rows.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, overload

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from adminduk.foundation import crypto
from adminduk.foundation.database.base import DatabaseWrapper
from adminduk.foundation.database.prepared import Question
from adminduk.foundation.database.statements import fetch_one, run_later
from adminduk.kernel.actor import Actor

LIFETIME_SECONDS = 300
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")


def signed_context(actor: Actor) -> str:
    """The value for `app.ctx`. Real time on both sides: a moved clock does not open or close anything."""
    regions = ",".join(str(region) for region in actor.regions)
    body = f"{regions}|{actor.kind}|{actor.id}|{int(time.time()) + LIFETIME_SECONDS}"
    signature = hmac.new(crypto.keys().context, body.encode(), hashlib.sha256).hexdigest()
    return f"{body}|{signature}"


def hmac_pads(key: bytes) -> tuple[bytes, bytes]:
    """Inner and outer pad of HMAC-SHA256, for a database that has sha256() but no HMAC."""
    block = key.ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Open a transaction in which PostgreSQL shows `actor` his rows, and nothing else.

    Nested calls (tests, a use case that acts on as the system) get their own context, and the outer one afterwards.
    """
    wrapper = _wrapper()
    if wrapper.joined == actor:
        yield
    elif wrapper.in_atomic_block:
        with _acting_within(signed_context(actor)):
            yield
    else:
        wrapper.context = signed_context(actor)  # it ends with its transaction
        try:
            with transaction.atomic():
                yield
        finally:
            wrapper.context = ""  # also where no transaction could begin: the next one is perhaps another's


@overload
def look_as(actor: Actor, a: Question[A], /) -> tuple[A]: ...
@overload
def look_as(actor: Actor, a: Question[A], b: Question[B], /) -> tuple[A, B]: ...
@overload
def look_as(actor: Actor, a: Question[A], b: Question[B], c: Question[C], /) -> tuple[A, B, C]: ...
@overload
def look_as(
    actor: Actor, a: Question[A], b: Question[B], c: Question[C], d: Question[D], e: Question[E], /
) -> tuple[A, B, C, D, E]: ...
def look_as(actor: Actor, *questions: Question[Any]) -> tuple[Any, ...]:
    """What PostgreSQL answers `actor`, in one round trip with the transaction around it, which can change nothing.

    Within a transaction that is open already the questions are asked there, as they are for one who hears each of them.
    """
    wrapper = _wrapper()
    statements = [(question.statement, question.values) for question in questions]
    if wrapper.in_atomic_block or wrapper.is_heard:
        with acting_as(actor):
            answers = wrapper.ask_all(statements)
    else:
        answers = wrapper.look(signed_context(actor), statements)
    return tuple(question.read(answer.rows) for question, answer in zip(questions, answers, strict=True))


@contextmanager
def together(actor: Actor) -> Iterator[None]:
    """One transaction for several functions that each act as `actor`: they join it, and fail as one.

    For a page that is put together from them. Nobody within may catch what one of them raises and go on.
    """
    with acting_as(actor), _joining(actor):
        yield


@contextmanager
def _joining(actor: Actor | None) -> Iterator[None]:
    wrapper = _wrapper()
    before, wrapper.joined = wrapper.joined, actor
    try:
        yield
    finally:
        wrapper.joined = before


def _wrapper() -> DatabaseWrapper:
    wrapper = connections[DEFAULT_DB_ALIAS]
    assert isinstance(wrapper, DatabaseWrapper), "settings name our own backend"
    return wrapper


@contextmanager
def _acting_within(context: str) -> Iterator[None]:
    with transaction.atomic(), _joining(None):
        row = fetch_one("SELECT current_setting('app.ctx', true), set_config('app.ctx', %s, true)", [context])
        yield
        run_later("SELECT set_config('app.ctx', %s, true)", [(row and row[0]) or ""])
