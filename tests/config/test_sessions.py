"""A session and whether its person may still use it are one question; the end of a key signs nobody in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from adminduk.config.middleware import Permission
from adminduk.config.sessions import SessionStore
from adminduk.foundation import sessions as plain
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.pages.access import public
from adminduk.foundation.pages.rendering import ANONYMOUS
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.offices import actions as offices
from tests.making import Owner, make_owner
from tests.usecases import reviewing

pytestmark = pytest.mark.usefixtures("database")
SEMARANG, DENPASAR = 3374, 5171


@pytest.fixture
def owner() -> Owner:
    return make_owner(SEMARANG)


def begun(kind: str, person: UUID, *, store: Callable[[], plain.SessionStore] = SessionStore) -> str:
    """The key of a session that begins signed in, as after the code."""
    session = store()
    session[kind] = {"id": str(person), "epoch": 0}
    session.save()
    assert session.session_key
    return session.session_key


def actor_with(key: str) -> Actor:
    """Who asks, with this key in his cookie."""

    @public
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().get("/")
    request.session = SessionStore(key)
    Permission(lambda _: HttpResponse()).process_view(request, view, [], {})
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def questions(key: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert actor_with(key) is not ANONYMOUS
    return len(asked)


def test_who_is_signed_in_is_one_question(owner: Owner) -> None:
    assert questions(begun("citizen", owner.actor.id)) == 1
    assert questions(begun("officer", reviewing.staff().id)) == 1


def test_the_person_is_the_one_of_the_content(owner: Owner) -> None:
    assert actor_with(begun("citizen", owner.actor.id)) == owner.actor
    officer = reviewing.staff(SEMARANG)
    assert actor_with(begun("officer", officer.id)) == officer


def end_all(owner: Owner) -> None:
    with acting_as(owner.actor):
        accounts.end_all_sessions(owner.actor.id)


def test_signing_out_everywhere_works_at_the_next_request(owner: Owner) -> None:
    key = begun("citizen", owner.actor.id)
    assert actor_with(key) == owner.actor
    end_all(owner)
    assert actor_with(key) is ANONYMOUS
    assert SessionStore(key).load() == {}


def test_another_region_counts_at_the_next_request(owner: Owner) -> None:
    key = begun("citizen", owner.actor.id)
    assert actor_with(key).regions == (SEMARANG,)
    with acting_as(owner.actor):
        accounts.act_in(owner.actor.id, region_id=DENPASAR)
    assert actor_with(key).regions == (SEMARANG, DENPASAR)


def test_an_account_that_is_gone_signs_nobody_in(owner: Owner) -> None:
    key = begun("citizen", owner.actor.id)
    with acting_as(owner.actor):
        accounts.delete_account(owner.actor.id)
    assert actor_with(key) is ANONYMOUS


def test_an_officer_who_left_is_out_at_the_next_request() -> None:
    officer = reviewing.staff(SEMARANG)
    key = begun("officer", officer.id)
    with acting_as(system_actor(SEMARANG)):
        offices.set_active(officer.id, region_id=SEMARANG, is_active=False)
    assert actor_with(key) is ANONYMOUS


def test_a_key_whose_end_is_tampered_with_opens_nothing(owner: Owner) -> None:
    mine, other = begun("citizen", owner.actor.id), make_owner(SEMARANG).actor.id
    for end in (f"c{other.hex}", f"o{mine[33:]}", "", mine[32:-1], f"{mine[32:]}0", "cx"):
        assert actor_with(mine[:32] + end) is ANONYMOUS, end
    assert actor_with(mine) == owner.actor


def test_a_key_alone_signs_nobody_in(owner: Owner) -> None:
    """Whoever the key's end tells: without content there is nobody, and of two it is the content's."""
    assert actor_with(f"{'a' * 32}c{owner.actor.id.hex}") is ANONYMOUS
    key, other = begun("citizen", owner.actor.id), make_owner(SEMARANG)
    session = SessionStore(key)
    session["citizen"] = {"id": str(other.actor.id), "epoch": 0}
    session.save()
    assert actor_with(key) == other.actor
    end_all(other)
    assert actor_with(key) is ANONYMOUS


def test_a_key_that_tells_nobody_is_asked_about_in_two_questions(owner: Owner) -> None:
    """So were all keys once, and nobody was signed out when that changed."""
    key = begun("citizen", owner.actor.id, store=plain.SessionStore)
    assert len(key) == 32
    assert actor_with(key) == owner.actor
    assert questions(key) == 2
    end_all(owner)
    assert actor_with(key) is ANONYMOUS


def test_the_key_changes_and_tells_the_person_when_he_signs_in(owner: Owner) -> None:
    session = SessionStore()
    session["begin"] = "before sign-in"
    session.save()
    before = session.session_key
    session.flush()
    session["citizen"] = {"id": str(owner.actor.id), "epoch": 0}
    session.save()
    assert before is not None
    assert session.session_key is not None
    assert len(before) == 32
    assert session.session_key[:32] != before
    assert session.session_key[32:] == f"c{owner.actor.id.hex}"
