"""Parts of addresses."""

from __future__ import annotations

from django.urls import register_converter

from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode


class RegionInPath:
    """33.74: a kabupaten/kota, of any shape that a code may have; whether it exists is asked of the catalogue."""

    regex = r"[0-9]{2}\.[0-9]{2}"

    def to_python(self, value: str) -> RegionCode:
        """Raises ValueError (no such page) for what is no code."""
        try:
            return RegionCode.parse(value)
        except DomainError as error:
            raise ValueError(value) from error

    def to_url(self, value: RegionCode | str) -> str:
        return str(value)


register_converter(RegionInPath, "region")
IN_REGION = "<region:code>/"  # who writes addresses with it has registered the converter
