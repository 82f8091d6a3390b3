"""Whether a picture will do: what was measured on it and what was read, against what is wanted."""

from __future__ import annotations

from adminduk.catalogue.papers.types import Cause, Expectation, Measures, ReadPage, ReadPaper, Reason, Verdict


def judge(
    measures: Measures | None, seen: ReadPage | None, paper: ReadPaper | None, *, wanted: Expectation | None
) -> Verdict:
    """The verdict on one page. `seen` and `paper` are None before it is read, and for a portrait."""
    if seen is None or paper is None:
        return Verdict(accepted=True)
    if not paper.is_document:
        return Verdict(accepted=False, reasons=(Reason(Cause.NOT_DOCUMENT),), kind=paper.kind)
    if wanted is not None and paper.kind != wanted.paper:
        return Verdict(accepted=False, reasons=(Reason(Cause.WRONG_TYPE),), kind=paper.kind)
    return Verdict(accepted=True, kind=paper.kind)
