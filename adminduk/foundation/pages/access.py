"""Who may open a page. Every view carries exactly one of these marks; the Permission middleware refuses one without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from adminduk.kernel.actor import ActorKind

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Access:
    """The kinds of actor that may come in. None: everybody, signed in or not."""

    kinds: frozenset[ActorKind] | None

    @property
    def is_public(self) -> bool:
        return self.kinds is None


def _marked(view: View, access: Access) -> View:
    vars(view)["access"] = access
    return view


def public(view: View) -> View:
    """Everybody may open it."""
    return _marked(view, Access(None))


def for_citizen(view: View) -> View:
    """Only a citizen who has signed in."""
    return _marked(view, Access(frozenset({ActorKind.CITIZEN})))


def for_staff(*kinds: ActorKind) -> Callable[[View], View]:
    """Only these kinds of staff, signed in."""
    if not kinds or ActorKind.CITIZEN in kinds:
        raise ValueError("name the kinds of staff that may come in")

    def decorate(view: View) -> View:
        return _marked(view, Access(frozenset(kinds)))

    return decorate


def access_of(view: object) -> Access | None:
    """The mark of a view, or None if it has none."""
    access = getattr(view, "access", None)
    return access if isinstance(access, Access) else None
