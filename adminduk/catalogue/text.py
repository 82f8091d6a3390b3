"""One text in both languages."""

from __future__ import annotations

import msgspec

LANGUAGES = ("id", "en")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Indonesian first, English whole: neither may be missing."""

    id: str
    en: str

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.en.strip():
            raise ValueError("a text needs both languages, id and en")

    def get(self, lang: str) -> str:
        """The text in `lang`; Indonesian for any language but English."""
        return self.en if lang == "en" else self.id
