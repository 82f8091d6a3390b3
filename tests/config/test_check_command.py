"""`./run check` as an office uses it: files in, one JSON object a line out and nothing else."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.gateways.reader import pages

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"
KEYS = {"file", "verdict", "reasons", "doc_type", "fields", "n16", "seconds", "cpu"}


def check(*words: str, cwd: Path = ROOT) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, the objects on standard output, standard error."""
    environment = os.environ | {"ADMINDUK_CALLED_FROM": str(cwd)}
    done = subprocess.run(
        [sys.executable, "-m", "adminduk.config.check_command", *words],
        check=False, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=600,
    )  # fmt: skip
    lines = done.stdout.splitlines() if "--json" in words else []
    return done.returncode, [json.loads(line) for line in lines], done.stdout + done.stderr


def test_the_samples_are_known_and_read() -> None:
    files = ["contoh-kk.heic", "contoh-akta.pdf", "contoh-ktp-miring.jpg"]
    code, answers, words = check(*(str(SAMPLES / name) for name in files), "--json")
    assert code == 0, words
    assert [answer["file"] for answer in answers] == [str(SAMPLES / name) for name in files]
    assert [answer["doc_type"] for answer in answers] == ["kk", "akta_kelahiran", "ktp"]
    for answer in answers:
        assert set(answer) >= KEYS
        assert answer["verdict"] == ("retake" if answer["reasons"] else "accept")
        assert all(len(number) == 16 and number.isdigit() for number in answer["n16"])
        assert 0 < answer["cpu"] <= answer["cpu_all"]
    household = answers[0]["fields"]
    assert household["no_kk"] in answers[0]["n16"]
    assert all(member["nik"] in answers[0]["n16"] for member in household["anggota"])


def test_a_file_that_is_no_picture_is_an_answer_too(tmp_path: Path) -> None:
    (tmp_path / "words.jpg").write_text("not a picture")
    (tmp_path / "empty.pdf").write_bytes(b"")
    code, answers, _ = check("words.jpg", "empty.pdf", "missing.jpg", "--expect", "kk", "--json", cwd=tmp_path)
    assert code == 0
    assert [answer["error"] for answer in answers] == ["file_type", "file_empty", "file_missing"]
    assert {answer["verdict"] for answer in answers} == {"retake"}
    assert [answer["reasons"] for answer in answers] == [["unreadable"]] * 3
    assert all(set(answer) >= KEYS for answer in answers)


def test_a_list_says_what_is_expected_of_each(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(pages.jpeg(pages.sheet()))
    (tmp_path / "b.jpg").write_bytes(pages.jpeg(Image.new("RGB", (1200, 900), "gray")))
    entries = [{"file": "a.jpg", "expected_type": "kk"}, {"file": "b.jpg", "expected_type": "ktp"}]
    (tmp_path / "list.jsonl").write_text("\n".join(json.dumps(entry) for entry in entries))
    code, answers, words = check("--list", str(tmp_path / "list.jsonl"), "--json")
    assert code == 0, words
    assert [answer["file"] for answer in answers] == ["a.jpg", "b.jpg"]
    assert [answer["verdict"] for answer in answers] == ["retake", "retake"]
    assert pages.NUMBER in answers[0]["n16"]
    assert answers[1]["n16"] == []


def test_the_pages_of_a_file_are_one_document(tmp_path: Path) -> None:
    out = io.BytesIO()
    first, second = pages.sheet(), pages.sheet(("LEMBAR KEDUA", "No. 3374011203850002"))
    first.save(out, "PDF", save_all=True, append_images=[second], resolution=150)
    (tmp_path / "two.pdf").write_bytes(out.getvalue())
    _, answers, _ = check("two.pdf", "--json", cwd=tmp_path)
    (answer,) = answers
    assert answer["pages"] == 2
    assert answer["n16"] == [pages.NUMBER, "3374011203850002"]


def test_without_json_there_is_a_line_for_people(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(pages.jpeg(pages.sheet()))
    code, _, words = check("a.jpg", "mistyped.jpg", cwd=tmp_path)
    assert code == 0
    first, second = words.splitlines()
    assert first.startswith("a.jpg: accept")
    assert second == "mistyped.jpg: not checked (file_missing)"


@pytest.mark.parametrize(
    "words", [[], ["--expect", "passport", "a.jpg"], ["--list", "missing.jsonl"], ["--birth-year", "x", "a.jpg"]]
)
def test_a_wrong_word_is_told_on_standard_error(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "adminduk.config.check_command", *words, "--json"],
        check=False, capture_output=True, text=True, cwd=ROOT, timeout=60,
        env=os.environ | {"ADMINDUK_CALLED_FROM": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert "check" in done.stderr
    assert "Traceback" not in done.stderr
