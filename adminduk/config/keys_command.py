"""`adminduk keys`: make the key file of an installation, or add a data key to it. Needs no settings and no database."""

from __future__ import annotations

import argparse
from pathlib import Path

from adminduk.foundation import keys


def run(words: list[str]) -> None:
    """Do what the words say. Exits with a message on a wrong word, or where a file is in the way or missing."""
    parser = argparse.ArgumentParser(prog="adminduk keys", description=__doc__)
    act = parser.add_mutually_exclusive_group(required=True)
    act.add_argument("--new", type=Path, metavar="FILE", help="write new keys; never over an old file")
    act.add_argument("--rotate", type=Path, metavar="FILE", help="add a data key for what is encrypted from now on")
    chosen = parser.parse_args(words)
    try:
        if chosen.new:
            keys.create(chosen.new)
            print(f"made {chosen.new}; keep a copy apart from the backups: without it nothing can be read")
        else:
            number = keys.rotate(chosen.rotate)
            print(f"data key {number} added; restart web and worker, and keep a new copy of the file")
    except FileExistsError:
        parser.exit(1, f"{chosen.new or chosen.rotate} is in the way; keys are never overwritten\n")
    except FileNotFoundError:
        parser.exit(1, f"{chosen.new or chosen.rotate} does not exist\n")
