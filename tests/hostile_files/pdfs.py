"""Hostile PDF files."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from functools import partial

from tests.hostile_files.jpegs import UNREADABLE, jpeg, zip_file
from tests.hostile_files.pngs_and_webps import zeros
from tests.hostile_files.recipe import CANARY, CLEAN, SCRIPT, Recipe, noise

TOO_MANY = ("file_too_many_pages",)
ENCRYPTED = ("file_encrypted",)
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
TEXT = b"BT /F 24 Tf 20 100 Td (contoh) Tj ET"


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), extra, content)


def page(*, box: bytes = b"0 0 300 200", extra: bytes = b"", contents: bytes = b"4 0 R") -> bytes:
    resources = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>/Pattern<</P 6 0 R>>>>"
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %s%s%s>>" % (box, contents, resources, extra)


def pdf(objects: dict[int, bytes], *, trailer: bytes = b"", prev: bytes = b"", start: int | None = None) -> bytes:
    """A whole file with its table of places."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    size = max(objects) + 1
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    prev = b"/Prev %d" % table if prev == b"self" else prev
    out += b"trailer\n<</Size %d/Root 1 0 R%s%s>>\nstartxref\n" % (size, trailer, prev)
    out += b"%d\n%%%%EOF\n" % (table if start is None else start)
    return bytes(out)


def simple(**changes: bytes) -> bytes:
    """One page with a word; `catalog`, `pages`, `page`, `content`, `other` replace parts, `trailer` adds to it."""
    objects = {
        1: changes.get("catalog", CATALOG),
        2: changes.get("pages", ONE_PAGE),
        3: changes.get("page", page()),
        4: stream(changes.get("content", TEXT)),
        5: changes.get("font", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        6: changes.get("other", b"<</Note(" + CANARY + b")>>"),
    }
    return pdf(objects, trailer=changes.get("trailer", b""))


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (10 + number) for number in range(count))
    objects = {1: CATALOG, 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), 4: stream(TEXT)}
    objects |= {5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", 6: b"null"}
    return pdf(objects | {10 + number: page() for number in range(count)})


def with_picture(width: int, height: int, data: bytes, extra: bytes) -> bytes:
    """A page filled by one embedded picture."""
    form = b"/Type/XObject/Subtype/Image/Width %d/Height %d%s" % (width, height, extra)
    return simple(content=b"300 0 0 200 0 0 cm /X Do", other=stream(data, form))


_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(password: bytes) -> bytes:
    """The standard security handler, revision 2 (ISO 32000-1, 7.6.3), with an owner's password as well."""
    padded = (password + _PADDING)[:32]
    owner = rc4(hashlib.md5((b"pemilik" + _PADDING)[:32]).digest()[:5], padded)
    permissions, file_id = b"\xc0\xff\xff\xff", bytes(16)
    key = hashlib.md5(padded + owner + permissions + file_id).digest()[:5]
    user = rc4(key, _PADDING)
    handler = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -64>>" % (owner.hex().encode(), user.hex().encode())
    trailer = b"/ID[<%s><%s>]/Encrypt %s" % (file_id.hex().encode(), file_id.hex().encode(), handler)
    secret = rc4(hashlib.md5(key + b"\4\0\0\0\0").digest()[:10], TEXT)
    return simple(content=secret, trailer=trailer)


def _aes_garbage() -> bytes:
    handler = b"<</Filter/Standard/V 5/R 6/Length 256/O<%s>/U<%s>/OE<%s>/UE<%s>/Perms<%s>/P -1>>"
    filled = handler % tuple(noise(size).hex().encode() for size in (48, 48, 32, 32, 16))
    return simple(trailer=b"/Encrypt " + filled)


def _nested_streams() -> bytes:
    """A content stream deflated three times over: 2 kB become 1 GB."""
    once = zeros(1 << 30)
    return simple_with_stream(
        zlib.compress(zlib.compress(once, 9), 9), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    )


def simple_with_stream(data: bytes, extra: bytes) -> bytes:
    return pdf({1: CATALOG, 2: ONE_PAGE, 3: page(), 4: stream(data, extra), 5: b"null", 6: b"null"})


def _deep_tree(depth: int) -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 10 0 R>>", 4: stream(TEXT), 5: b"null", 6: b"null", 3: page()}
    for level in range(10, 10 + depth):
        objects[level] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (level + 1)
    objects[10 + depth] = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(objects)


def _form_in_itself() -> bytes:
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 300 200]/Resources<</XObject<</X 6 0 R>>>>")
    return simple(content=b"/X Do", other=form)


def _pattern_in_itself() -> bytes:
    body = b"/Pattern cs /P scn 0 0 300 200 re f"
    extra = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001"
    return simple(content=body, other=stream(body, extra + b"/Resources<</Pattern<</P 6 0 R>>>>"))


def _million_shapes() -> bytes:
    shapes = b"0 0 m 300 200 l 0 200 300 0 150 100 c S [0.0001 0.0001] 0 d\n" * 1_500_000
    return simple_with_stream(zlib.compress(shapes, 9), b"/Filter/FlateDecode")


def _with_script() -> bytes:
    action = b"<</S/JavaScript/JS(app.alert\\('%s'\\); while\\(true\\){})>>" % CANARY
    names = b"/Names<</JavaScript<</Names[(a)%s]>>>>" % action
    return simple(catalog=CATALOG[:-2] + b"/OpenAction%s%s/AA<</WC%s>>>>" % (action, names, action))


def _with_launch() -> bytes:
    action = b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc %s)>>>>" % CANARY
    return simple(catalog=CATALOG[:-2] + b"/OpenAction%s>>" % action)


def _with_file_inside() -> bytes:
    inside = b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>>>"
    return simple(catalog=CATALOG[:-2] + inside + b">>", other=stream(b"MZ" + CANARY + SCRIPT, b"/Type/EmbeddedFile"))


def _with_link() -> bytes:
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 300 200]/A<</S/URI/URI(https://%s.example/)>>>>" % CANARY
    submit = b"<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/Rect[0 0 9 9]/A<</S/SubmitForm/F(http://127.0.0.1/)>>>>"
    return simple(page=page(extra=b"/Annots[%s%s]" % (link, submit)))


def _with_xfa() -> bytes:
    xfa = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><xdp:xdp>&x;</xdp:xdp>"
    return simple(catalog=CATALOG[:-2] + b"/AcroForm<</XFA 6 0 R/Fields[]>>>>", other=stream(xfa + CANARY))


def _outside_content() -> bytes:
    return simple_with_stream(b"", b"/F(/etc/passwd)/FFilter/FlateDecode")


def _info_words() -> bytes:
    return simple(
        trailer=b"/Info<</Title(%s)/Author(%s)>>" % (CANARY, SCRIPT.replace(b"(", b"\\(").replace(b")", b"\\)"))
    )


def _broken(kind: bytes) -> Callable[[], bytes]:
    extra = b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/" + kind
    return lambda: with_picture(20_000, 20_000, noise(4000), extra)


def _huge_bits() -> bytes:
    """One bit a pixel, 60,000 × 60,000: 450 MB deflated to half a megabyte."""
    extra = b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode"
    return with_picture(60_000, 60_000, zeros(60_000 * 7_500), extra)


def _cut(share: int) -> bytes:
    whole = pages(3)
    return whole[: len(whole) * share // 100]


RECIPES = [
    Recipe("pdf-words-about-itself", _info_words, (CLEAN,)),
    Recipe("pdf-script", _with_script, (CLEAN,)),
    Recipe("pdf-launch", _with_launch, (CLEAN,)),
    Recipe("pdf-file-inside", _with_file_inside, (CLEAN,)),
    Recipe("pdf-links-and-submit", _with_link, (CLEAN,)),
    Recipe("pdf-xfa-with-entity", _with_xfa, (CLEAN,)),
    Recipe("pdf-content-in-another-file", _outside_content, (CLEAN,)),
    Recipe("pdf-then-zip", lambda: simple() + zip_file(), (CLEAN,)),
    Recipe("pdf-then-html", lambda: simple() + SCRIPT, (CLEAN,)),
    Recipe("pdf-behind-jpeg-start", lambda: b"\xff\xd8\xff\xe0" + simple(), UNREADABLE),
    Recipe("pdf-behind-html", lambda: b"<html>" + SCRIPT + simple(), ("file_type",)),
    Recipe("pdf-30-pages", lambda: pages(30), (CLEAN,)),
    Recipe("pdf-31-pages", lambda: pages(31), TOO_MANY),
    Recipe("pdf-1000-pages", lambda: pages(1000), TOO_MANY),
    Recipe(
        "pdf-claims-two-billion-pages",
        lambda: simple(pages=ONE_PAGE.replace(b"Count 1", b"Count 2147483647")),
        (CLEAN, *TOO_MANY),
    ),
    Recipe("pdf-no-pages", lambda: simple(pages=b"<</Type/Pages/Kids[]/Count 0>>"), UNREADABLE),
    Recipe("pdf-tree-in-a-circle", lambda: simple(pages=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"), UNREADABLE),
    Recipe("pdf-tree-5000-deep", lambda: _deep_tree(5000), (CLEAN, *UNREADABLE)),
    Recipe(
        "pdf-arrays-100000-deep",
        lambda: simple(catalog=CATALOG[:-2] + b"/X" + b"[" * 100_000 + b">>"),
        (CLEAN, *UNREADABLE),
    ),
    Recipe(
        "pdf-xref-to-itself",
        lambda: pdf({1: CATALOG, 2: ONE_PAGE, 3: page(), 4: stream(TEXT)}, prev=b"self"),
        (CLEAN, *UNREADABLE),
    ),
    Recipe(
        "pdf-xref-far-away",
        lambda: pdf({1: CATALOG, 2: ONE_PAGE, 3: page(), 4: stream(TEXT)}, start=2**31),
        (CLEAN, *UNREADABLE),
    ),
    Recipe(
        "pdf-length-refers-to-itself", lambda: simple().replace(b"/Length 36", b"/Length 4 0 R"), (CLEAN, *UNREADABLE)
    ),
    Recipe("pdf-streams-in-streams", _nested_streams, (CLEAN, *UNREADABLE)),
    Recipe("pdf-form-in-itself", _form_in_itself, (CLEAN, *UNREADABLE)),
    Recipe("pdf-pattern-in-itself", _pattern_in_itself, (CLEAN, *UNREADABLE)),
    Recipe("pdf-million-shapes", _million_shapes, UNREADABLE),
    Recipe(
        "pdf-page-a-billion-wide", lambda: simple(page=page(box=b"0 0 1000000000 1000000000")), (CLEAN, *UNREADABLE)
    ),
    Recipe("pdf-page-1-by-100000", lambda: simple(page=page(box=b"0 0 1 100000")), (CLEAN, *UNREADABLE)),
    Recipe("pdf-page-of-nothing", lambda: simple(page=page(box=b"0 0 0 0")), (CLEAN, *UNREADABLE)),
    Recipe("pdf-page-not-a-number", lambda: simple(page=page(box=b"nan inf /A (b)")), (CLEAN, *UNREADABLE)),
    Recipe("pdf-page-of-a-stamp", lambda: simple(page=page(box=b"0 0 20 10")), (CLEAN,)),
    Recipe("pdf-page-turned", lambda: simple(page=page(extra=b"/Rotate 90")), (CLEAN,)),
    Recipe("pdf-user-unit", lambda: simple(page=page(extra=b"/UserUnit 75000")), (CLEAN, *UNREADABLE)),
    Recipe(
        "pdf-photograph-with-canary",
        lambda: with_picture(
            320, 240, jpeg(comment=CANARY), b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        ),
        (CLEAN,),
    ),
    Recipe("pdf-picture-60000-square", _huge_bits, (CLEAN, *UNREADABLE)),
    Recipe("pdf-jbig2-noise", _broken(b"JBIG2Decode"), (CLEAN, *UNREADABLE)),
    Recipe("pdf-jpeg2000-noise", _broken(b"JPXDecode"), (CLEAN, *UNREADABLE)),
    Recipe("pdf-fax-noise", _broken(b"CCITTFaxDecode"), (CLEAN, *UNREADABLE)),
    Recipe(
        "pdf-font-of-noise",
        lambda: simple(
            font=b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor<</FontFile2 6 0 R>>>>",
            other=stream(noise(20_000)),
        ),
        (CLEAN, *UNREADABLE),
    ),
    Recipe("pdf-password", lambda: encrypted(b"rahasia"), ENCRYPTED),
    Recipe("pdf-password-unknown-method", _aes_garbage, ENCRYPTED),
    Recipe("pdf-forbids-printing-only", lambda: encrypted(b""), (CLEAN,)),
    Recipe("pdf-head-only", lambda: b"%PDF-1.7\n", UNREADABLE),
    Recipe("pdf-head-then-noise", lambda: b"%PDF-1.7\n" + noise(100_000), UNREADABLE),
    Recipe("pdf-head-then-html", lambda: b"%PDF-1.7\n<html>" + SCRIPT * 50, UNREADABLE),
    *(Recipe(f"pdf-cut-at-{share}", partial(_cut, share), (CLEAN, *UNREADABLE)) for share in (5, 30, 60, 95)),
]
