"""The same pictures read by RapidOCR as it comes and by Tesseract with Indonesian, for comparison.

They only read: no verdict, no turning upright, no fields. So what is compared is whether the numbers that stand on the
page are among what was read, and the CPU that it took (models loaded beforehand).
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.papers.scoring import Judged, Rate, total


@dataclass(frozen=True, slots=True)
class Rival:
    """What a reader found on the same pictures; `absent` says why it was not run."""

    name: str
    main: Rate
    members: Rate
    cpu: float
    """Seconds for each picture."""
    absent: str = ""


def compare(judged: list[Judged], folder: Path) -> list[Rival]:
    """Ours first, from answers that are there already, then the others."""
    some = [one for one in judged if one.is_good and re.fullmatch(r"\d{16}", one.main[1])]
    cpu = sum(float(one.answer["cpu_all"]) for one in some) / len(some)
    ours = [set(one.answer["n16"]) for one in some]
    return [
        _rival("./run check, every line read", some, ours, cpu),
        _by_rapidocr(some, folder),
        _by_tesseract(some, folder),
    ]


def _rival(name: str, some: list[Judged], found: list[set[str]], cpu: float) -> Rival:
    main = Rate(sum(one.main[1] in numbers for one, numbers in zip(some, found, strict=True)), len(some))
    members = []
    for one, numbers in zip(some, found, strict=True):
        true = [who["nik"] for who in one.truth["fields"].get("anggota", ())]
        members.append(Rate(sum(nik in numbers for nik in true), len(true)))
    return Rival(name, main, total(members), cpu)


def _by_rapidocr(some: list[Judged], folder: Path) -> Rival:
    names = [str(folder / one.truth["file"]) for one in some]
    done = subprocess.run([sys.executable, "-c", _RAPIDOCR, *names], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return Rival("RapidOCR as it comes", Rate(0, 0), Rate(0, 0), 0, f"did not run: {done.stderr.strip()[-120:]}")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return _rival("RapidOCR as it comes", some, [_numbers(text) for text in answer["texts"]], answer["cpu"] / len(some))


_RAPIDOCR = """
import json, logging, os, sys, time

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
logging.disable(logging.CRITICAL)
from rapidocr import RapidOCR
engine = RapidOCR()
texts, begun = [], time.process_time()
for name in sys.argv[1:]:
    result = engine(name)
    texts.append("\\n".join(result.txts or ()))
print(json.dumps({"texts": texts, "cpu": time.process_time() - begun}))
"""


def _by_tesseract(some: list[Judged], folder: Path) -> Rival:
    name = "Tesseract, Indonesian"
    program = shutil.which("tesseract")
    if program is None:
        return Rival(name, Rate(0, 0), Rate(0, 0), 0, "not installed (Debian: tesseract-ocr tesseract-ocr-ind)")
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    try:
        found = [_numbers(_tesseract(program, folder / one.truth["file"])) for one in some]
    except subprocess.CalledProcessError as error:
        return Rival(
            name, Rate(0, 0), Rate(0, 0), time.monotonic() - begun, f"did not run: {error.stderr.strip()[-120:]}"
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return _rival(name, some, found, cpu / len(some))


def _tesseract(program: str, path: Path) -> str:
    command = [program, str(path), "-", "-l", "ind", "--psm", "3"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _numbers(text: str) -> set[str]:
    """Runs of sixteen digits; letters that are misread digits count as digits, as our reader does it."""
    swapped = text.translate(str.maketrans("OoIlSB", "001158"))
    return set(re.findall(r"(?<!\d)\d{16}(?!\d)", swapped)) | set(re.findall(r"(?<!\d)\d{16}(?!\d)", text))
