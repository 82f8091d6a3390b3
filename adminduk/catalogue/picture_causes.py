"""Words for what is wrong with a picture: one sentence that says what, and one action."""

from __future__ import annotations

from pathlib import Path

import msgspec

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.papers.types import Cause
from adminduk.catalogue.problems import names_in
from adminduk.catalogue.text import Text
from adminduk.catalogue.yaml_reader import line_of, read_struct

_NAMES = frozenset({"seen", "wanted"})


class PictureCause(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`what` is wrong; {seen} and {wanted} stand for names of documents. `action`: what to do, in one sentence."""

    what: Text
    action: Text


class _Causes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    causes: dict[Cause, PictureCause]


def read_picture_causes(path: Path) -> dict[Cause, PictureCause]:
    """Read picture_causes.yaml. Raises DefinitionError where a cause has no words, or words name anything else."""
    read, lines = read_struct(path, _Causes)
    for cause, words in read.causes.items():
        named = names_in(words.what.id)
        if named != names_in(words.what.en) or not named <= _NAMES:
            raise DefinitionError(path, line_of(lines, f"$.causes.{cause}"), "can only name {seen} and {wanted}")
    lacking = sorted(set(Cause) - set(read.causes))
    if lacking:
        raise DefinitionError(path, 1, f"lacks words for {', '.join(lacking)}")
    return read.causes
