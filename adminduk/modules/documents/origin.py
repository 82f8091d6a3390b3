"""What a file told about where it comes from, before it was rewritten and forgot it: signatures, QR codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Integrity(StrEnum):
    """What a signature says about the file that came.

    WHOLE: nothing changed since. GROWN: what was signed is whole, but something was added after. BROKEN: it is not what
    was signed. UNCHECKED: a kind of signature that is not checked here, or a malformed one.
    """

    WHOLE = "whole"
    GROWN = "grown"
    BROKEN = "broken"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class FileSignature:
    """One electronic signature of a PDF.

    `signer` is the name in the certificate, as the certificate has it ("" when there is none). `is_known`: a chain of
    certificates leads to one that the office trusts; without it anybody may have made that name up. Whether the
    certificate was withdrawn is not asked: that needs a network. `is_expired`: its time was over on the day of upload.
    """

    integrity: Integrity
    signer: str = ""
    is_known: bool = False
    is_expired: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Kept sealed with the page. Words out of a stranger's file: shown as text, never followed."""

    signatures: tuple[FileSignature, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.signatures and not self.codes
