"""Pages that were read: a drawn picture, and the reading of it with every value where it stands."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from uuid import UUID

from PIL import Image, ImageDraw, ImageFont

from adminduk.catalogue.papers.types import (
    Box,
    Cause,
    ReadField,
    ReadMember,
    ReadPage,
    ReadPaper,
    Reason,
    Verdict,
)
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents import readings
from adminduk.modules.documents.origin import Origin
from adminduk.modules.documents.ports import RewrittenPage
from adminduk.modules.documents.types import NewPage, Reading
from adminduk.usecases import attach
from tests.making import Owner

WIDTH, HEIGHT, LINE = 1400, 1000, 60
GOOD = Verdict(accepted=True)
BLURRED = Verdict(accepted=False, reasons=(Reason(Cause.BLURRED),))
UNCERTAIN = frozenset({"alamat"})
_KINDS = {"surat_kehilangan": "surat_kehilangan_kepolisian"}


def of_applicant(owner: Owner) -> dict[str, str]:
    """What stands on his papers."""
    who = owner.identity
    return {
        "nik": str(who.nik),
        "nama": who.name.upper(),
        "tanggal_lahir": who.birth_date.isoformat(),
        "jenis_kelamin": who.nik.sex,
    }


def draw(
    kind: str,
    values: Mapping[str, str],
    members: Sequence[Mapping[str, str]] = (),
    *,
    unsure: frozenset[str] = UNCERTAIN,
) -> tuple[bytes, Reading]:
    """A page with a line for each value, and what a perfect reader would say of it; `unsure` as it is."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "#f4f1e8")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=34)
    pen.text((40, 20), kind.upper(), fill="black", font=ImageFont.load_default(size=48))
    at = 110

    def write(name: str, value: str) -> ReadField:
        nonlocal at
        pen.text((40, at), f"{name}: ", fill="#333", font=font)
        pen.text((420, at), value, fill="black", font=font)
        box = Box(415 / WIDTH, (at - 4) / HEIGHT, (430 + 22 * len(value)) / WIDTH, (at + 42) / HEIGHT)
        at += LINE
        return ReadField(value, 0.6 if name in unsure else 0.97, box, is_certain=name not in unsure)

    fields = {name: write(name, value) for name, value in values.items()}
    rows = tuple(ReadMember({name: write(name, value) for name, value in member.items()}) for member in members)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    paper = ReadPaper(kind, 0.99, is_document=True, fields=fields, members=rows)
    return out.getvalue(), Reading(ReadPage((), 0, len(fields), is_complete=True), paper)


def add(
    case: Case,
    drawn: tuple[bytes, Reading | None],
    *,
    requirement: str,
    verdict: Verdict | None = GOOD,
    origin: Origin | None = None,
    as_is: bool = False,
    is_read: bool = True,
) -> UUID:
    """The page as its owner would have sent it, read and judged; `is_read` False: it still waits."""
    jpeg, reading = drawn
    kind = _KINDS.get(requirement, requirement)
    small = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).resize((280, 200)).save(small, "JPEG")
    stored = attach.store(RewrittenPage(jpeg, WIDTH, HEIGHT, small.getvalue()), case=case, kind=kind)
    page = NewPage(
        id=stored.id,
        object_key=stored.object_key,
        preview_key=stored.preview_key,
        width=WIDTH,
        height=HEIGHT,
        size=stored.size,
        content_index=stored.content_index,
        cheap=verdict,
        is_to_be_read=reading is not None,
        origin=origin,
    )
    at = clock.now()
    with acting_as(jobs.system_actor(case.region_id)):
        documents.add_pages(
            case.id,
            region_id=case.region_id,
            owner_id=case.owner_id,
            requirement=(requirement, kind),
            pages=(page,),
            max_pages=4,
            at=at,
        )
        if reading is not None and verdict is not None and is_read:
            assert readings.keep(page.id, region_id=case.region_id, reading=reading, verdict=verdict, at=at)
        if as_is:
            documents.send_as_is((page.id,), application_id=case.id, at=at)
    return page.id
