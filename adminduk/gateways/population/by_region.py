"""Each region asks the register that its policy file names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.ports import PopulationRegister, RegisterPerson


@dataclass(frozen=True, slots=True)
class RegisterByRegion:
    """`PopulationRegister` that hands the question on; `has_access` says whether a region may ask the warehouse."""

    has_access: Callable[[RegionCode], bool]
    warehouse: PopulationRegister
    manual: PopulationRegister

    def find_person(self, nik: Nik, *, region: RegionCode) -> RegisterPerson | None:
        return self._of(region).find_person(nik, region=region)

    def list_family(self, no_kk: NoKk, *, nik: Nik, region: RegionCode) -> tuple[RegisterPerson, ...]:
        return self._of(region).list_family(no_kk, nik=nik, region=region)

    def is_silent(self) -> bool:
        return self.warehouse.is_silent()

    def _of(self, region: RegionCode) -> PopulationRegister:
        return self.warehouse if self.has_access(region) else self.manual
