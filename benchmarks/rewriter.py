"""What the rewriter costs per kind of file: `python -m benchmarks.rewriter [--rounds N]`.

CPU is that of the child (user and system), the median of the rounds. The limit to compare with is the same
decoding, shrinking and writing in one process without any confinement: `ratio` is child ÷ bare.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from adminduk.gateways.rewriter import warm, work
from adminduk.gateways.rewriter.limits import Limits
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"


def photograph(width: int, height: int) -> Image.Image:
    """A sheet with grain: about as many bytes per pixel as a telephone's picture of paper."""
    sheet = Image.frombytes("RGB", (200, 150), random.Random(1).randbytes(200 * 150 * 3))
    grain = Image.effect_noise((width, height), 12).convert("RGB")
    return Image.blend(sheet.resize((width, height), Image.Resampling.BICUBIC), grain, 0.4)


def saved(picture: Image.Image, form: str, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def scan(pages: int) -> bytes:
    """A PDF of scanned A4 pages at 200 dots per inch."""
    sheets = [photograph(1654, 2339).convert("L").convert("RGB") for _ in range(min(pages, 2))] * (pages // 2 or 1)
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], quality=50, resolution=200)
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "JPEG 300 kB, 2048 px": lambda: saved(photograph(2048, 1536), "JPEG", quality=42),
    "JPEG 12 Mpx": lambda: saved(photograph(4000, 3000), "JPEG", quality=80),
    "JPEG 50 Mpx": lambda: saved(photograph(8160, 6120), "JPEG", quality=70),
    "PNG 3 Mpx": lambda: saved(photograph(2048, 1536), "PNG", compress_level=6),
    "WebP 3 Mpx": lambda: saved(photograph(2048, 1536), "WEBP", quality=75),
    "HEIC 5 Mpx (sample)": (SAMPLES / "contoh-kk.heic").read_bytes,
    "PDF 1 page (sample)": (SAMPLES / "contoh-akta.pdf").read_bytes,
    "PDF 30 scanned pages": lambda: scan(30),
}


def bare_ms(data: bytes) -> float:
    """The same work in this process, without fork, confinement or pipes."""
    before = time.process_time()
    work.rewrite(data)
    return (time.process_time() - before) * 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    begin = time.monotonic()
    rewriter = ProcessRewriter(limits=Limits(wall_seconds=600))  # a busy machine is not what is measured
    layers = rewriter.layers()
    print(f"zygote ready after {(time.monotonic() - begin) * 1000:.0f} ms; layers:")
    print("  " + ", ".join(f"{name}: {reason or 'yes'}" for name, reason in sorted(layers.items())))
    warm.warm_up()
    print(f"{'file':24}{'kB in':>8}{'kB out':>8}{'child ms':>10}{'bare ms':>9}{'ratio':>7}{'web ms':>8}{'peak MB':>9}")
    for name, make in FILES.items():
        measure(name, make(), rewriter=rewriter, rounds=rounds)
    rewriter.close()


def measure(name: str, data: bytes, *, rewriter: ProcessRewriter, rounds: int) -> None:
    """Print one line. `web ms` is the CPU that the web process itself spends on a file."""
    before = time.process_time()
    runs = [rewriter.measure(data) for _ in range(rounds)]
    web = (time.process_time() - before) * 1000 / rounds
    cpu = statistics.median(account.cpu_ms for _, account in runs)
    bare = statistics.median(bare_ms(data) for _ in range(rounds))
    out = sum(len(page.jpeg) + len(page.preview) for page in runs[0][0].pages)
    peak = max(account.peak_kb for _, account in runs) / 1024
    print(f"{name:24}{len(data) // 1000:8}{out // 1000:8}", end="")
    print(f"{cpu:10.0f}{bare:9.0f}{cpu / bare:7.2f}{web:8.1f}{peak:9.0f}", flush=True)


if __name__ == "__main__":
    main()
