"""`./run check FILE…`: whether pictures of documents will do and what stands on them, without a database.

Standard output holds one JSON object a line and nothing else (with --json), or a readable line per file.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from adminduk.catalogue.papers.loading import load_papers
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.types import Expectation
from adminduk.catalogue.region_directory import RegionDirectory
from adminduk.config.check_file import PORTRAIT, FileCheck, refused
from adminduk.gateways import reader, rewriter
from adminduk.kernel.errors import Unavailable

_DEFINITIONS: Final = Path(__file__).resolve().parents[2] / "definitions"
_BAR: Final = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One file as named by the caller, where it lies, and what is expected on it ("": nothing certain)."""

    name: str
    path: Path
    paper: str
    birth_year: int | None


class _Entry(msgspec.Struct):
    """One line of a list; more than these is allowed and passed over."""

    file: str
    expected_type: str = ""
    birth_year: int | None = None


def main(words: Sequence[str] | None = None) -> int:
    """Check all files; 0 when all could be checked (whatever the verdicts), 2 when the reader cannot work here."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    papers = load_papers(
        _DEFINITIONS / "papers", RegionDirectory(_DEFINITIONS / "reference" / "wilayah.csv"), with_samples=False
    )
    options = _options(papers, words)
    asked: list[Asked] = options.asked
    pages, texts = rewriter.from_environment(), reader.from_environment(threads=options.threads)
    checks = FileCheck(rewriter=pages, reader=texts, papers=papers)
    try:
        with ThreadPoolExecutor(2) as starters:  # both processes start before the first file's clock does
            for started in (starters.submit(pages.layers), starters.submit(texts.layers)):
                started.result()
        for done, one in enumerate(asked):
            _show_progress(done, len(asked), one.name)
            answer = {"file": one.name} | _check(checks, one)
            _clear_progress()
            print(_as_json(answer) if options.json else _as_line(answer), flush=True)
    except Unavailable as error:
        _clear_progress()
        print(f"check: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    finally:
        pages.close()
        texts.close()
    return 0


def _options(papers: Papers, words: Sequence[str] | None) -> argparse.Namespace:
    known = sorted(paper.id for paper in papers.all.values() if paper.kinds)
    parser = argparse.ArgumentParser(
        prog="./run check",
        description="Say of each picture or PDF whether it will do as a document, and what stands on it.",
        epilog="With --json: file, verdict (accept, retake), reasons, doc_type, fields, n16 (all sixteen-digit numbers"
        " read), n16_certain (those confirmed by the page itself), pages, seconds (of everything), cpu (seconds of"
        " computing until the verdict), cpu_all (until every line was read), and error for a file that is refused.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--expect", default="", metavar="KIND", help=f"one of {', '.join(known)}, portrait")
    parser.add_argument("--birth-year", type=int, metavar="YYYY", help="for a portrait: decides on the background")
    parser.add_argument("--list", metavar="FILE.jsonl", help='objects with "file" and "expected_type", one a line')
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--threads", type=int, default=1, choices=(1, 2), help="lines read side by side")
    options = parser.parse_args(words)
    if not options.files and not options.list:
        parser.error("name a file, or a list with --list")
    if options.expect and _paper_id(options.expect, papers) is None:
        parser.error(f"--expect takes {', '.join(known)} or portrait")
    options.paper_id = lambda kind: _paper_id(kind, papers) or ""
    options.asked = list(_asked(options, parser))
    return options


def _paper_id(kind: str, papers: Papers) -> str | None:
    """The paper that a word on the command line means: a paper's id or a requirement's kind; None for another word."""
    if kind in (PORTRAIT, "pas_foto"):
        return PORTRAIT
    paper = papers.paper(kind) or papers.paper_for(kind)
    return paper.id if paper else None


def _asked(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Iterator[Asked]:
    """Each file with what is expected on it; ends the program over a list that cannot be read."""
    wanted = options.paper_id(options.expect)
    for name in options.files:
        yield Asked(name, _called_from(name), wanted, options.birth_year)
    if not options.list:
        return
    place = _called_from(options.list)
    try:
        entries = msgspec.json.Decoder(_Entry).decode_lines(place.read_bytes())
    except OSError as error:
        parser.error(f"{options.list}: {error.strerror}")
    except msgspec.MsgspecError as error:
        parser.error(f"{options.list}: {error}")
    for entry in entries:
        beside = place.parent / entry.file
        path = beside if beside.exists() else _called_from(entry.file)
        kind = options.paper_id(entry.expected_type or options.expect)
        yield Asked(entry.file, path, kind, entry.birth_year or options.birth_year)


def _called_from(name: str) -> Path:
    """./run changes to the project's folder; names are meant where it was called."""
    return Path(os.environ.get("ADMINDUK_CALLED_FROM", ".")) / name


def _check(checks: FileCheck, one: Asked) -> dict[str, Any]:
    born = date(one.birth_year, 1, 1) if one.birth_year else None
    wanted = Expectation(one.paper, born) if one.paper else None
    try:
        data = one.path.read_bytes()
    except FileNotFoundError:
        return refused("file_missing")
    except OSError:  # a folder, no permission, a broken disk
        return refused("file_not_read")
    return checks.check(data, wanted)


def _as_json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _as_line(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"{answer['file']}: not checked ({answer['error']})"
    reasons = f" ({', '.join(answer['reasons'])})" if answer["reasons"] else ""
    values = ", ".join(f"{name} {value}" for name, value in answer["fields"].items() if isinstance(value, str))
    members = answer["fields"].get("anggota")
    more = f", {len(members)} anggota" if members else ""
    return f"{answer['file']}: {answer['verdict']}{reasons}, {answer['doc_type']}: {values}{more}"


def _show_progress(done: int, count: int, name: str) -> None:
    if sys.stderr.isatty() and count > 1:
        full = _BAR * done // count
        sys.stderr.write(f"\r\033[K[{'#' * full}{'.' * (_BAR - full)}] {done}/{count} {Path(name).name[:40]}")
        sys.stderr.flush()


def _clear_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
