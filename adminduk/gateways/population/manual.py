"""A region whose office has no access to the register."""

from __future__ import annotations

from typing import NoReturn

from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.ports import NoAccess


class ManualRegister:
    """`PopulationRegister` that never answers: people fill in by hand, an officer compares and ticks."""

    def find_person(self, nik: Nik, *, region: RegionCode) -> NoReturn:
        """Raises NoAccess."""
        raise NoAccess

    def list_family(self, no_kk: NoKk, *, nik: Nik, region: RegionCode) -> NoReturn:
        """Raises NoAccess."""
        raise NoAccess

    def is_silent(self) -> bool:
        return False
