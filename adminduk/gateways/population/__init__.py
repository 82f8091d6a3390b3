"""The population register: the national data warehouse over HTTP, or an officer who compares by hand."""

from adminduk.gateways.population.by_region import RegisterByRegion
from adminduk.gateways.population.manual import ManualRegister
from adminduk.gateways.population.warehouse import WarehouseRegister, from_environment

__all__ = ["ManualRegister", "RegisterByRegion", "WarehouseRegister", "from_environment"]
