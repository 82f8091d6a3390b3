"""A form with files is read as Django's parser reads it, or left to it."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from adminduk.foundation.forms_with_files import FieldsAndFiles, read_plain
from adminduk.foundation.uploads import InMemoryLimited

BOUNDARY = b"----WebKitFormBoundary7MA4YWxkTrZu0gW"
PHOTO = bytes(range(256)) * 600 + b"\r\n--\r\n" + BOUNDARY


def part(head: str, content: bytes) -> bytes:
    return b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--" + BOUNDARY + b"--\r\n"


KEY = part('name="key"', b"a7897a20-8e22")
FILE = part('name="berkas"; filename="foto (1).jpg"\r\nContent-Type: image/JPEG', PHOTO)
PLAIN = {
    "one file": form(KEY, FILE),
    "three files": form(FILE, KEY, FILE, part('name="lanjut"', b"1"), FILE),
    "fields of one name": form(KEY, part('name="key"', b""), FILE),
    "words in UTF-8": form(part('name="jenis"', "é — ✓".encode()), FILE),
    "words in no UTF-8": form(part('name="jenis"', b"\xff\xfe"), FILE),
    "lines": form(part('name="alamat"', b"\r\n\r\nJalan 1\r\n\r\n"), FILE),
    "an empty file": form(part('name="berkas"; filename="kosong.pdf"', b"")),
    "nothing": b"--" + BOUNDARY + b"--\r\n",
}
UNUSUAL = {
    "no file chosen": form(KEY, part('name="berkas"; filename=""\r\nContent-Type: application/octet-stream', b"")),
    "a path": form(part('name="berkas"; filename="..\\..\\C:/foto.jpg"', PHOTO)),
    "a name of dots": form(part('name="berkas"; filename=".."', PHOTO)),
    "another alphabet": form(part('name="berkas"; filename="фото.jpg"', PHOTO)),
    "a name in RFC 5987": form(part("name=\"berkas\"; filename*=UTF-8''f%C3%B6to.jpg", PHOTO)),
    "quotation marks": form(part('name="berkas"; filename="a%22b&quot;c.jpg"', PHOTO)),
    "base64": form(part('name="berkas"; filename="a.jpg"\r\nContent-Transfer-Encoding: base64', b"YWJj")),
    "a charset": form(part('name="berkas"; filename="a.txt"\r\nContent-Type: text/plain; charset=latin-1', b"x")),
    "no name": form(part('filename="a.jpg"', PHOTO), KEY),
    "other headers": form(part('name="key"\r\nX-Header: 1', b"a")),
    "an introduction": b"Hello\r\n" + form(KEY, FILE),
    "an afterword": form(KEY, FILE) + b"Bye",
    "the boundary within a line": form(part('name="key"', b"a--" + BOUNDARY + b"b"), FILE),
    "a longer boundary": form(KEY, part('name="key"', b"a\r\n--" + BOUNDARY + b"b"), FILE),
    "cut in the file": form(KEY, FILE)[:-5000],
    "cut in the end": form(KEY, FILE)[:-3],
    "many fields": form(*[KEY] * 30),
    "a long field": form(part('name="key"', bytes(20_000))),
    "a long head": form(part(f'name="{"a" * 2000}"', b"a")),
}


def told(found: FieldsAndFiles) -> Any:
    fields, files = found
    described = [
        (name, file.field_name, file.name, file.size, file.content_type, file.charset, file.content_type_extra,
         file.read())
        for name, some in files.lists() for file in some
    ]  # fmt: skip
    return dict(fields.lists()), described


def by(handler: type[MemoryFileUploadHandler], body: bytes) -> Any:
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=" + BOUNDARY.decode(), "CONTENT_LENGTH": len(body)}
    try:
        return told(MultiPartParser(meta, BytesIO(body), [handler(HttpRequest())], "utf-8").parse())
    except MultiPartParserError as refusal:
        return str(refusal)


@pytest.mark.parametrize("body", PLAIN.values(), ids=PLAIN)
def test_plain_forms_are_read_as_django_reads_them(body: bytes) -> None:
    found = read_plain(body, BOUNDARY, "utf-8")
    assert found is not None
    assert told(found) == by(MemoryFileUploadHandler, body)
    with pytest.raises(AttributeError, match="immutable"):
        found[0]["key"] = ""


@pytest.mark.parametrize("body", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_forms_are_left_to_django(body: bytes) -> None:
    assert read_plain(body, BOUNDARY, "utf-8") is None
    assert by(InMemoryLimited, body) == by(MemoryFileUploadHandler, body)


def test_forms_damaged_at_random_are_read_as_django_reads_them() -> None:
    chance = random.Random(20261130)
    small = form(KEY, part('name="berkas"; filename="a.jpg"\r\nContent-Type: image/jpeg', b"\r\n--\r\n--x"), KEY)
    pieces = (b"\r\n", b"\r", b"\n", b"--", b"--" + BOUNDARY, b'"', b";", b" ", b"\0", b"", b": ", b"a", b"=")
    plain = 0
    for _ in range(3000):
        body = small
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(body))
            body = body[:at] + chance.choice(pieces) + body[at + chance.choice((0, 0, 1, 2, 40)) :]
        assert by(InMemoryLimited, body) == by(MemoryFileUploadHandler, body), body
        plain += read_plain(body, BOUNDARY, "utf-8") is not None
    assert 300 < plain < 2700


class Slow(BytesIO):
    """A connection that gives what has come so far."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 1000))


def test_a_form_that_comes_in_pieces_is_whole() -> None:
    body = PLAIN["one file"]
    handler = InMemoryLimited(HttpRequest())
    assert told(handler.handle_raw_input(Slow(body), {}, len(body), BOUNDARY)) == by(MemoryFileUploadHandler, body)
