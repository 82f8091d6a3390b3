"""What a step tells beside its title, and how: the shape that each way_<kind>.py fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.text import Text
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView


@dataclass(frozen=True, slots=True)
class Link:
    """Something to do now. `url` is a name of the citizen's addresses, `arguments` what it asks for."""

    words: Text
    url: str
    arguments: Mapping[str, str]
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a step tells beside its title: sentences, and what can be done. `is_citizens_turn`: he has to act."""

    lines: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    is_citizens_turn: bool = False


Teller = Callable[[Case, ProductView, Catalogue, datetime], Told]
