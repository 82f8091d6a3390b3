"""A reader that sees what a test has written down, for what happens around reading; the real one has its own tests."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.conf import settings

from adminduk.catalogue.papers.types import Box, ReadPage, TextLine
from adminduk.foundation import jobs
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.usecases import outside
from adminduk.usecases.check_documents import read_document
from tests import database

KK = (
    "KARTU KELUARGA", "No. 3374010501209001", "Nama Kepala Keluarga : BUDI SANTOSO", "Alamat : JL. PANDANARAN NO. 12",
    "Desa/Kelurahan : MIROTO", "Kecamatan : SEMARANG TENGAH", "Provinsi : JAWA TENGAH",
)  # fmt: skip
BILL = ("TAGIHAN LISTRIK", "Jumlah yang harus dibayar", "Nomor pelanggan 5512", "Bulan Oktober", "Rekening koran bank")


def page_of(*texts: str) -> ReadPage:
    """A page with these lines, one below the other."""
    step = 1 / (len(texts) + 1)
    boxes = [Box(0.1, step * (at + 0.6), 0.9, step * (at + 1)) for at in range(len(texts))]
    lines = tuple(TextLine(text, 0.99, box, 0.02, box) for text, box in zip(texts, boxes, strict=True))
    return ReadPage(lines, rotation=0, found=len(lines), is_complete=True)


@dataclass
class Reader:
    """Sees `page` on every picture, and of it `glance` at first, if that is given, and `second` after that."""

    page: ReadPage = field(default_factory=lambda: page_of(*KK))
    glance: ReadPage | None = None
    second: ReadPage | None = None
    has_read_all: bool = False
    is_down: bool = False
    is_beaten: bool = False
    asked: int = 0

    def read(self, jpeg: bytes, *, is_complete: bool = True) -> ReadPage:
        self.asked += 1
        assert jpeg.startswith(b"\xff\xd8")
        if self.is_down:
            raise Unavailable("down")
        if self.is_beaten:
            raise DomainError("file_unreadable")
        return self.page

    def read_in_stages(self, jpeg: bytes) -> Generator[ReadPage]:
        self.has_read_all = False
        whole = self.read(jpeg)
        glance = self.glance or whole
        yield replace(glance, is_complete=False)
        yield replace(self.second or glance, is_complete=False)
        self.has_read_all = True
        yield whole

    def close(self) -> None:
        """Nothing to end."""


the_reader = Reader()


@contextmanager
def in_place() -> Iterator[Reader]:
    """A fresh one instead of the real reader; the settings name it."""
    global the_reader  # noqa: PLW0603 - the settings can only name a function
    before, settings.DOCUMENT_READER = settings.DOCUMENT_READER, "tests.usecases.readers.reader"
    the_reader = Reader()
    outside.forget()
    try:
        yield the_reader
    finally:
        settings.DOCUMENT_READER = before
        outside.forget()


def reader() -> Reader:
    """Named in the settings of the tests."""
    return the_reader


def off() -> bool:
    """Named in the settings of the tests: nobody reads."""
    return False


def read_all() -> None:
    """What the worker of the pictures does."""
    with database.superuser_connection() as above:
        rows = above.execute(
            "SELECT (args ->> 'region')::int, args -> 'ids' ->> 'page_id' FROM procrastinate_jobs"
            " WHERE queue_name = 'pictures' ORDER BY id"
        ).fetchall()
    for region, page_id in rows:
        read_document(jobs.system_actor(region), page_id)
