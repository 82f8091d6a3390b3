"""`python -m sandbox.story_documents --out DIR [--start-day YYYY-MM-DD]`: all documents of all story people.

With --make-heic it draws anew the two HEIC files kept in `data/`. That needs the package pillow-heif in the Python
that runs it; its wheel carries a GPL encoder, so it is no dependency: run it in an environment of its own.
"""

from __future__ import annotations

import argparse
import importlib
import json
from datetime import date
from pathlib import Path

from sandbox.population_register.population import Population, build
from sandbox.story_documents.dossier import Dossier, open_dossier
from sandbox.story_documents.files import DATA, MADE_BEFOREHAND, list_files, picture, read_file

_FEW = 500  # the stories come first and do not depend on how many follow


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description="Draw the documents of the demo's people, marked CONTOH")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--start-day", type=date.fromisoformat, default=None)
    parser.add_argument("--make-heic", action="store_true")
    options = parser.parse_args()
    start_day = options.start_day or date.today()
    population = build(start_day=start_day, people=_FEW)
    if options.make_heic:
        make_heic(population, start_day)
    if options.out:
        write_all(population, start_day, options.out)


def write_all(population: Population, start_day: date, out: Path) -> None:
    """DIR/<story>/<file> for every file."""
    for story in population.stories:
        dossier = open_dossier(population, story.told.key, start_day=start_day)
        for file in list_files(dossier):
            path = out / dossier.key / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(read_file(dossier, file.name))


def make_heic(population: Population, start_day: date) -> None:
    """Encode the files made beforehand and note the data from which they were drawn."""
    encoder = importlib.import_module("pillow_heif")
    encoder.register_heif_opener()
    fingerprints = {}
    for key, kind in sorted(MADE_BEFOREHAND):
        dossier = open_dossier(population, key, start_day=start_day)
        _save(dossier, kind)
        fingerprints[key] = dossier.fingerprint()
    (DATA / "fingerprints.json").write_text(json.dumps(fingerprints, indent=2) + "\n")


def _save(dossier: Dossier, kind: str) -> None:
    file = next(file for file in list_files(dossier) if file.sheet.kind == kind)
    picture(dossier, file.sheet).save(DATA / f"{dossier.key}-{file.name}", format="HEIF", quality=46)


if __name__ == "__main__":
    main()
