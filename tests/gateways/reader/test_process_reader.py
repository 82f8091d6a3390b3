"""What a page comes to, and that there is an answer whatever happens to the processes behind."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from adminduk.catalogue.papers.types import ReadPage, TextLine
from adminduk.gateways.bound_child import confinement
from adminduk.gateways.bound_child.bounds import WorkBounds
from adminduk.gateways.reader import process_reader
from adminduk.gateways.reader.process_reader import BOUNDS, ProcessReader
from adminduk.kernel.errors import DomainError, Unavailable
from tests.gateways.reader import pages

ROOT = Path(__file__).parents[3]
SLOW = WorkBounds(memory_mb=BOUNDS.memory_mb, cpu_seconds=60, wall_seconds=240)


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessReader]:
    made = ProcessReader(threads=1, bounds=SLOW)
    yield made
    made.close()


@pytest.fixture
def own_reader() -> Iterator[ProcessReader]:
    """One whose processes a test may hurt."""
    made = ProcessReader(threads=1, bounds=SLOW)
    yield made
    made.close()


def words(page: ReadPage) -> str:
    return " ".join(line.text for line in page.lines)


def line_with(page: ReadPage, part: str) -> TextLine:
    return next(line for line in page.lines if part in line.text)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_page_is_read_however_it_was_stored(reader: ProcessReader, angle: int) -> None:
    page = reader.read(pages.jpeg(pages.sheet(angle=angle)))
    assert page.rotation == angle  # turned against the clock when it was stored
    assert page.is_complete
    assert re.findall(r"\d{16}", words(page)) == [pages.NUMBER]
    for part in ("KARTU CONTOH", "SITI AMINAH", "12-05-1990", "JALAN MAWAR 7"):
        assert part in words(page)
    number, title = line_with(page, pages.NUMBER), line_with(page, "KARTU")
    assert number.confidence > 0.9
    assert number.weakest <= number.confidence
    assert title.upright.bottom < number.upright.top + 0.02
    assert [line.text for line in page.lines].index(title.text) == 0


def test_a_slant_is_taken_out_of_the_upright_places(reader: ProcessReader) -> None:
    page = reader.read(pages.jpeg(pages.sheet(angle=4)))
    for line in page.lines:
        assert abs(line.tilt) < 0.02
    lefts = [line.upright.left for line in page.lines]
    assert max(lefts) - min(lefts) < 0.03


def test_a_place_holds_its_line(reader: ProcessReader) -> None:
    picture = pages.sheet()
    line = line_with(reader.read(pages.jpeg(picture)), pages.NUMBER)
    box = tuple(
        round(part * side)
        for part, side in zip(
            (line.box.left, line.box.top, line.box.right, line.box.bottom), picture.size * 2, strict=True
        )
    )
    cut = reader.read(pages.jpeg(picture.crop((box[0] - 20, box[1] - 20, box[2] + 20, box[3] + 20))))
    assert pages.NUMBER in words(cut)


def test_the_verdict_needs_fewer_lines(reader: ProcessReader) -> None:
    many = pages.jpeg(pages.crowded(rows=30))
    titles, few, whole = reader.read_in_stages(many)
    assert [page.is_complete for page in (titles, few, whole)] == [False, False, True]
    assert len(titles.lines) < len(few.lines) < len(whole.lines) / 2
    assert titles.found == few.found == whole.found
    texts = [{line.text for line in page.lines} for page in (titles, few, whole)]
    assert texts[0] <= texts[1] <= texts[2]
    assert reader.read(many, is_complete=False).lines == few.lines


def test_title_and_number_are_among_the_first_lines(reader: ProcessReader) -> None:
    page = reader.read(pages.jpeg(pages.sheet()), is_complete=False)
    assert "KARTU CONTOH" in words(page)
    assert pages.NUMBER in words(page)


def test_the_direction_of_the_lines_is_told(reader: ProcessReader) -> None:
    for angle in (0.0, 21.0):
        numbers = reader.read(pages.jpeg(pages.sheet(angle=angle))).numbers
        assert abs(numbers["turn"]) == pytest.approx(angle, abs=1.5)
        assert numbers["spread"] < 5


def test_dots_to_write_on_are_no_full_stops(reader: ProcessReader) -> None:
    texts = [line.text for line in reader.read(pages.jpeg(pages.dotted())).lines]
    assert any("TITIN LILIS" in text for text in texts), texts


@pytest.mark.parametrize("colour", ["white", "black", (90, 120, 60)])
def test_an_empty_picture_has_no_lines(reader: ProcessReader, colour: str) -> None:
    page = reader.read(pages.jpeg(Image.new("RGB", (1200, 900), colour)))
    assert page.lines == ()
    assert page.found == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 2400), (2400, 1), (33, 31)])
def test_odd_sizes_are_read_without_harm(reader: ProcessReader, size: tuple[int, int]) -> None:
    assert reader.read(pages.jpeg(Image.new("RGB", size, "white"))).lines == ()


def test_two_threads_read_the_same() -> None:
    both = ProcessReader(threads=2)
    one = ProcessReader(threads=1)
    data = pages.jpeg(pages.sheet())
    try:
        assert both.read(data).lines == one.read(data).lines
    finally:
        both.close()
        one.close()


HOSTILE = {
    "nothing": b"",
    "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "a JPEG cut off in its header": pages.jpeg(Image.new("RGB", (64, 64)))[:30],
    "only the first two bytes": b"\xff\xd8",
    "a JPEG that claims 65 500 pixels each way": pages.jpeg(Image.new("RGB", (64, 64))).replace(
        b"\x00\x40\x00\x40", b"\xff\xdc\xff\xdc"
    ),
    "noise after the beginning of a JPEG": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 100,
    "too many bytes": b"\xff\xd8\xff" + bytes(process_reader.MAX_JPEG_BYTES),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_and_the_next_is_read(reader: ProcessReader, name: str) -> None:
    zygote = reader.zygote_pid()
    with pytest.raises(DomainError, match="file_unreadable"):
        reader.read(HOSTILE[name])
    assert pages.NUMBER in words(reader.read(pages.jpeg(pages.sheet())))
    assert reader.zygote_pid() == zygote


def test_print_that_looks_like_commands_stays_text(reader: ProcessReader) -> None:
    page = reader.read(pages.jpeg(pages.sheet(("<script>alert(1)</script>", '=HYPERLINK("http://x")'))))
    assert "script" in words(page)
    assert all("\n" not in line.text for line in page.lines)


def test_time_ends_a_child_and_the_next_is_read() -> None:
    hurried = ProcessReader(threads=1, bounds=WorkBounds(memory_mb=450, cpu_seconds=1, wall_seconds=60))
    try:
        with pytest.raises(DomainError, match="file_unreadable"):
            hurried.read(pages.jpeg(pages.crowded()))
        account = hurried.last_account
        assert account is not None
        assert account.end == "SIGXCPU"
        assert hurried.read(pages.jpeg(Image.new("RGB", (64, 64), "white"))).lines == ()
    finally:
        hurried.close()


def test_memory_ends_a_child_and_the_next_is_read() -> None:
    poor = ProcessReader(threads=1, bounds=WorkBounds(memory_mb=60, cpu_seconds=20, wall_seconds=120))
    try:
        with pytest.raises(DomainError, match="file_unreadable"):
            poor.read(pages.jpeg(pages.crowded()))
        assert poor.read(pages.jpeg(Image.new("RGB", (64, 64), "white"))).lines == ()
    finally:
        poor.close()


def test_the_wall_clock_ends_a_child_without_blame() -> None:
    late = ProcessReader(threads=1, bounds=WorkBounds(memory_mb=450, cpu_seconds=60, wall_seconds=1))
    try:
        with pytest.raises(Unavailable):
            late.read(pages.jpeg(pages.crowded()))
    finally:
        late.close()


def test_a_killed_zygote_is_replaced(own_reader: ProcessReader) -> None:
    first = own_reader.zygote_pid()
    os.kill(first, signal.SIGKILL)
    assert pages.NUMBER in words(own_reader.read(pages.jpeg(pages.sheet())))
    assert own_reader.zygote_pid() != first


def test_a_page_under_way_survives_the_death_of_the_zygote(own_reader: ProcessReader) -> None:
    zygote = own_reader.zygote_pid()
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(own_reader.read, pages.jpeg(pages.crowded(rows=20)))
        while not child_of(zygote) and not under_way.done():
            time.sleep(0.002)
        os.kill(zygote, signal.SIGKILL)
        assert under_way.result().lines


def test_a_child_that_the_machine_kills_is_not_the_pictures_fault(own_reader: ProcessReader) -> None:
    zygote = own_reader.zygote_pid()
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(own_reader.read, pages.jpeg(pages.crowded()))
        while not (child := child_of(zygote)):
            time.sleep(0.002)
        os.kill(int(child.split()[0]), signal.SIGKILL)
        with pytest.raises(Unavailable):
            under_way.result()
    assert own_reader.zygote_pid() == zygote


def test_a_verdict_given_up_ends_nothing_else(own_reader: ProcessReader) -> None:
    """Whoever has his verdict may leave: the child is ended, the next page is read."""
    stages = own_reader.read_in_stages(pages.jpeg(pages.crowded(rows=20)))
    assert not next(stages).is_complete
    stages.close()
    assert pages.NUMBER in words(own_reader.read(pages.jpeg(pages.sheet())))


def test_a_full_house_says_so() -> None:
    narrow = ProcessReader(threads=1, queue_seconds=0.05, bounds=SLOW)
    zygote = narrow.zygote_pid()
    try:
        with ThreadPoolExecutor(1) as pool:
            busy = pool.submit(narrow.read, pages.jpeg(pages.crowded(rows=30)))
            while not child_of(zygote):
                time.sleep(0.002)
            with pytest.raises(Unavailable, match="too many"):
                narrow.read(pages.jpeg(pages.sheet()))
            assert busy.result().lines
    finally:
        narrow.close()


def test_nothing_is_read_without_a_required_layer() -> None:
    strict = ProcessReader(required_layers=frozenset({"limits", "a_layer_of_the_future"}))
    with pytest.raises(Unavailable, match="a_layer_of_the_future"):
        strict.read(pages.jpeg(pages.sheet()))
    strict.close()


def test_memory_stays_flat_over_many_pictures(reader: ProcessReader, request: pytest.FixtureRequest) -> None:
    zygote = reader.zygote_pid()
    data = [pages.jpeg(pages.sheet(angle=turn)) for turn in (0, 3, 90)]

    def taken() -> tuple[int, int]:
        status = Path(f"/proc/{zygote}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]), len(os.listdir("/proc/self/fd"))

    reader.read(data[0])
    kilobytes, descriptors = taken()
    for at in range(500 if request.config.getoption("full") else 9):
        assert reader.read(data[at % 3], is_complete=False).lines
        account = reader.last_account
        assert account is not None
        assert account.peak_kb < 700 * 1024
    assert taken()[0] < kilobytes + 4096
    assert taken()[1] <= descriptors
    assert child_of(zygote) == "" or wait_for_none(zygote)


def test_the_network_is_out_of_reach(reader: ProcessReader) -> None:
    layers = reader.layers()
    assert set(layers) == {"limits", "system_call_filter", "no_network", "no_root"}
    assert layers["limits"] == layers["system_call_filter"] == ""
    if not layers["no_network"]:
        devices = Path(f"/proc/{reader.zygote_pid()}/net/dev")
        if os.geteuid() == 0:
            assert [line.split(":")[0].strip() for line in devices.read_text().splitlines()[2:]] == ["lo"]


def test_the_models_tell_nobody(tmp_path: Path) -> None:
    """onnxruntime's builds report to their maker: a thread, an identifier and a store below the user's folder."""
    code = "import os, adminduk.gateways.reader.models; print(len(os.listdir('/proc/self/task')))"
    told = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    told |= {"HOME": str(tmp_path), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=told, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    assert list(tmp_path.iterdir()) == []


def test_the_zygote_has_one_thread(reader: ProcessReader) -> None:
    """A fork copies one thread only, and a process with more cannot leave the network as a normal user."""
    assert len(list(Path(f"/proc/{reader.zygote_pid()}/task").iterdir())) == 1


def test_a_normal_user_has_the_same_bounds() -> None:
    """As root the test becomes nobody for this; a normal user is one already."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            confinement.leave_root()
            layers = {"user": str(os.geteuid()), "no_network": confinement.leave_network()}
            layers |= confinement.probe_layers(BOUNDS, base_bytes=confinement.mapped_bytes())
            os.write(writing, json.dumps(layers).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as said:
        layers = json.loads(said.read())
    os.waitpid(pid, 0)
    assert layers["user"] != "0"
    assert layers["limits"] == layers["system_call_filter"] == ""
    # Some kernels forbid an empty network to normal users; then the filter alone stands before it, which was proved.
    assert layers["no_network"] in ("", os.strerror(errno.EPERM), os.strerror(errno.ENOSPC))


def test_the_asking_process_loads_no_model() -> None:
    code = """
import sys
from adminduk.gateways.reader import from_environment
reader = from_environment()
reader.layers()
sys.stdout.write(str(sorted({"cv2", "onnxruntime", "numpy", "rapidocr"} & set(sys.modules))))
reader.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=120
    )
    assert done.stdout == "[]"


def test_the_zygote_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret-canary")
    fresh = ProcessReader()
    try:
        environment = Path(f"/proc/{fresh.zygote_pid()}/environ").read_bytes()
    except PermissionError:
        return  # the kernel hides it even from us: stronger than what this test asks
    finally:
        fresh.close()
    assert b"PYTHONPATH" in environment
    assert b"secret-canary" not in environment


def test_nothing_of_a_picture_is_logged(reader: ProcessReader, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    reader.read(pages.jpeg(pages.sheet()))
    with pytest.raises(DomainError):
        reader.read(b"\xff\xd8" + pages.NUMBER.encode())
    assert pages.NUMBER not in caplog.text
    assert "AMINAH" not in caplog.text


def child_of(pid: int) -> str:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().strip()


def wait_for_none(pid: int) -> bool:
    until = time.monotonic() + 10
    while child_of(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return child_of(pid) == ""
