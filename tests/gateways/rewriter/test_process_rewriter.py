"""What the web process gets: right pages, and an answer whatever happens to the processes behind."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from adminduk.gateways.rewriter import from_environment, process_rewriter
from adminduk.gateways.rewriter.limits import Limits
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter
from adminduk.kernel.errors import DomainError, Unavailable
from tests.hostile_files import jpegs, pdfs, pngs_and_webps

SAMPLES = Path(__file__).parents[2] / "samples"
ENDLESS = jpegs._scans_without_end


@pytest.fixture(scope="module")
def rewriter() -> Iterator[ProcessRewriter]:
    made = from_environment()
    yield made
    made.close()


@pytest.fixture
def own_rewriter() -> Iterator[ProcessRewriter]:
    """One whose processes a test may hurt."""
    made = ProcessRewriter(limits=Limits(cpu_seconds=10, wall_seconds=60))
    yield made
    made.close()


def arrow() -> Image.Image:
    """A white sheet, higher than wide, red at the top left."""
    sheet = Image.new("RGB", (120, 200), "white")
    ImageDraw.Draw(sheet).rectangle((0, 0, 59, 99), fill="red")
    return sheet


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


_LYING = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("value", range(1, 9))
def test_every_orientation_comes_out_upright(rewriter: ProcessRewriter, value: int, order: str) -> None:
    turn = _LYING[value]
    lying = arrow() if turn is None else arrow().transpose(turn)
    base = pngs_and_webps.saved(lying, "JPEG", quality=95)
    data = jpegs.with_segments(jpegs.segment(0xE1, jpegs.orientation(value, order=order)), base=base)
    (page,) = rewriter.rewrite(data).pages
    assert (page.width, page.height) == (120, 200)
    for jpeg in (page.jpeg, page.preview):
        picture = opened(jpeg)
        red, white = picture.getpixel((20, 20)), picture.getpixel((100, 180))
        assert isinstance(red, tuple) and red[0] > 200 and red[1] < 60
        assert isinstance(white, tuple) and min(white) > 240


@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [
        ("contoh-kk.heic", "heic", (2400, 1800)),
        ("contoh-akta.pdf", "pdf", (1500, 2000)),
        ("contoh-ktp-miring.jpg", "jpeg", (1536, 2048)),
    ],
)
def test_samples(rewriter: ProcessRewriter, name: str, kind: str, size: tuple[int, int]) -> None:
    result = rewriter.rewrite((SAMPLES / name).read_bytes())
    (page,) = result.pages
    assert result.kind == kind
    assert (page.width, page.height) == size == opened(page.jpeg).size
    assert max(opened(page.preview).size) == 480
    assert len(page.jpeg) < 1_000_000
    assert len(page.preview) < 60_000


def test_the_same_file_gives_the_same_bytes(rewriter: ProcessRewriter) -> None:
    for name in ("contoh-kk.heic", "contoh-akta.pdf", "contoh-ktp-miring.jpg"):
        data = (SAMPLES / name).read_bytes()
        assert rewriter.rewrite(data) == rewriter.rewrite(data)


def test_what_is_transparent_becomes_white_paper(rewriter: ProcessRewriter) -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    for form in ("PNG", "WEBP"):
        (page,) = rewriter.rewrite(pngs_and_webps.saved(clear, form)).pages
        assert opened(page.jpeg).getextrema() == ((255, 255),) * 3


def test_sixteen_bits_of_grey_keep_their_middle(rewriter: ProcessRewriter) -> None:
    rows = b"".join(b"\0" + struct.pack(">64H", *[32768] * 64) for _ in range(64))
    data = pngs_and_webps.raw_png(pngs_and_webps.header(64, 64, depth=16, colour=0), rows)
    (page,) = rewriter.rewrite(data).pages
    assert opened(page.jpeg).getpixel((32, 32)) in [(127,) * 3, (128,) * 3]


def test_what_was_typed_into_a_pdf_form_is_seen(rewriter: ProcessRewriter) -> None:
    look = pdfs.stream(b"1 0 0 rg 0 0 300 200 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 300 200]")
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(x)/F 4/Rect[0 0 300 200]/AP<</N 6 0 R>>>>"
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]>>>>"
    page = pdfs.page(extra=b"/Annots[7 0 R]")
    objects = {1: catalog, 2: pdfs.ONE_PAGE, 3: page, 4: pdfs.stream(b""), 5: b"null", 6: look, 7: field}
    (result,) = rewriter.rewrite(pdfs.pdf(objects)).pages
    red = opened(result.jpeg).getpixel((600, 400))
    assert isinstance(red, tuple) and red[0] > 200 and red[1] < 60


def test_pages_keep_their_order(rewriter: ProcessRewriter) -> None:
    assert len(rewriter.rewrite(pdfs.pages(30)).pages) == 30
    with pytest.raises(DomainError) as refused:
        rewriter.rewrite(pdfs.pages(31))
    assert (refused.value.code, refused.value.params) == ("file_too_many_pages", {"max_pages": 30})


def test_ten_megabytes_pass_and_one_byte_more_does_not(rewriter: ProcessRewriter) -> None:
    data = jpegs.jpeg()
    limit = 10 * 1024 * 1024
    assert rewriter.rewrite(data + bytes(limit - len(data))).kind == "jpeg"
    with pytest.raises(DomainError) as refused:
        rewriter.rewrite(data + bytes(limit - len(data) + 1))
    assert (refused.value.code, refused.value.params) == ("file_too_large", {"max_mb": 10})


def test_a_killed_zygote_is_replaced(own_rewriter: ProcessRewriter) -> None:
    first = own_rewriter.zygote_pid()
    os.kill(first, signal.SIGKILL)
    assert own_rewriter.rewrite(jpegs.jpeg()).kind == "jpeg"
    assert own_rewriter.zygote_pid() != first


def test_a_file_under_way_survives_the_death_of_the_zygote(own_rewriter: ProcessRewriter) -> None:
    data = (SAMPLES / "contoh-kk.heic").read_bytes()
    zygote = own_rewriter.zygote_pid()
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(own_rewriter.rewrite, data)
        while not child_of(zygote) and not under_way.done():
            time.sleep(0.002)
        os.kill(zygote, signal.SIGKILL)
        assert under_way.result().kind == "heic"


def child_of(pid: int) -> str:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().strip()


def test_a_child_that_the_machine_kills_is_not_the_files_fault(own_rewriter: ProcessRewriter) -> None:
    zygote = own_rewriter.zygote_pid()
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(own_rewriter.rewrite, ENDLESS())
        while not (child := child_of(zygote)):
            time.sleep(0.002)
        os.kill(int(child.split()[0]), signal.SIGKILL)
        with pytest.raises(Unavailable):
            under_way.result()
    assert own_rewriter.zygote_pid() == zygote


def test_a_stuck_zygote_is_given_up(own_rewriter: ProcessRewriter, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient = ProcessRewriter(limits=Limits(cpu_seconds=2, wall_seconds=1))
    monkeypatch.setattr(process_rewriter, "_GRACE_SECONDS", 0.2)
    stuck = impatient.zygote_pid()
    os.kill(stuck, signal.SIGSTOP)
    assert impatient.rewrite(jpegs.jpeg()).kind == "jpeg"
    assert impatient.zygote_pid() != stuck
    impatient.close()


def test_the_wall_clock_ends_a_child() -> None:
    hurried = ProcessRewriter(limits=Limits(cpu_seconds=60, wall_seconds=1))
    with pytest.raises(Unavailable):
        hurried.rewrite(ENDLESS())
    assert hurried.rewrite(jpegs.jpeg()).kind == "jpeg"
    hurried.close()


def test_too_little_memory_is_a_refusal_not_a_crash() -> None:
    poor = ProcessRewriter(limits=Limits(memory_mb=16))
    with pytest.raises(DomainError, match="file_unreadable"):
        poor.rewrite((SAMPLES / "contoh-kk.heic").read_bytes())
    assert poor.rewrite(jpegs.jpeg()).kind == "jpeg"
    poor.close()


def test_nothing_is_decoded_without_a_required_layer() -> None:
    strict = ProcessRewriter(required_layers=frozenset({"limits", "a_layer_of_the_future"}))
    with pytest.raises(Unavailable, match="a_layer_of_the_future"):
        strict.rewrite(jpegs.jpeg())
    strict.close()


def test_the_layers_of_this_machine_are_told(rewriter: ProcessRewriter) -> None:
    layers = rewriter.layers()
    assert set(layers) == {"limits", "system_call_filter", "no_network", "no_root"}
    assert layers["limits"] == layers["system_call_filter"] == layers["no_root"] == ""


def test_the_zygote_has_one_thread(rewriter: ProcessRewriter) -> None:
    assert len(list(Path(f"/proc/{rewriter.zygote_pid()}/task").iterdir())) == 1


def test_many_threads(rewriter: ProcessRewriter) -> None:
    files = [jpegs.jpeg(), b"GIF89a", pdfs.simple(), jpegs.jpeg()[:500], pngs_and_webps.saved(arrow(), "PNG")] * 8

    def outcome(data: bytes) -> str:
        try:
            return rewriter.rewrite(data).kind
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(outcome, files)) == ["jpeg", "file_type", "pdf", "file_unreadable", "png"] * 8


def test_a_full_house_says_so() -> None:
    narrow = ProcessRewriter(parallel=1, queue_seconds=0.05, limits=Limits(cpu_seconds=2))
    narrow.zygote_pid()
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(narrow.rewrite, ENDLESS())
        while not child_of(narrow.zygote_pid()):
            time.sleep(0.002)
        with pytest.raises(Unavailable, match="too many"):
            narrow.rewrite(jpegs.jpeg())
        with pytest.raises(DomainError, match="file_unreadable"):
            busy.result()
    narrow.close()


def test_a_forked_worker_gets_a_zygote_of_its_own(rewriter: ProcessRewriter) -> None:
    parents = rewriter.zygote_pid()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            own = rewriter.zygote_pid()
            kind = rewriter.rewrite(jpegs.jpeg()).kind
            rewriter.close()
            os.write(writing, f"{kind} {own != parents}".encode())
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(reading, 100) == b"jpeg True"
    assert rewriter.zygote_pid() == parents
    assert rewriter.rewrite(jpegs.jpeg()).kind == "jpeg"


def test_nothing_leaks(rewriter: ProcessRewriter) -> None:
    zygote = rewriter.zygote_pid()
    places = ["/proc/self/fd", f"/proc/{zygote}/fd"] if os.geteuid() == 0 else ["/proc/self/fd"]

    def count() -> list[int]:
        return [len(os.listdir(place)) for place in places]

    rewriter.rewrite(jpegs.jpeg())
    before = count()
    for data in [jpegs.jpeg(), jpegs.jpeg()[:300], pdfs.encrypted(b"x")] * 10:
        try:
            rewriter.rewrite(data)
        except DomainError:
            continue
    until = time.monotonic() + 10
    while (count() > before or child_of(zygote)) and time.monotonic() < until:
        time.sleep(0.01)  # the zygote closes its last descriptor just after we have our answer
    assert all(now <= then for now, then in zip(count(), before, strict=True))
    assert child_of(zygote) == ""


def test_the_web_process_loads_no_decoder_and_leaves_no_process() -> None:
    code = """
import os, sys
from adminduk.gateways.rewriter import from_environment
rewriter = from_environment()
sys.stdout.write(f"{rewriter.zygote_pid()} {sorted({'PIL', 'pi_heif', 'pypdfium2'} & set(sys.modules))}")
sys.stdout.flush()
os._exit(0)  # without any farewell, as a kill would
"""
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, timeout=60
    )
    pid, loaded = done.stdout.split(" ", 1)
    assert loaded == "[]"
    until = time.monotonic() + 10
    while is_running(int(pid)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_running(int(pid))


def is_running(pid: int) -> bool:
    """Neither gone nor a zombie that nobody has collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_zygote_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret-canary")
    fresh = ProcessRewriter()
    try:
        environment = Path(f"/proc/{fresh.zygote_pid()}/environ").read_bytes()
    except PermissionError:
        return  # the kernel hides it even from us: stronger than what this test asks
    finally:
        fresh.close()
    assert b"PYTHONPATH" in environment
    assert b"secret-canary" not in environment
