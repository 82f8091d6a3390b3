"""`python -m adminduk.catalogue [FOLDER] [FILE …]`: check definitions; a refusal has file, line and reason."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.loading import load_catalogue


def main() -> int:
    """Load everything as the portal would; the examples of each service are run with it."""
    parser = argparse.ArgumentParser(prog="python -m adminduk.catalogue", description="Check definitions")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("definitions"))
    parser.add_argument("extra", type=Path, nargs="*", help="service files, or folders laid out like definitions/")
    options = parser.parse_args()
    try:
        catalogue = load_catalogue(options.folder, options.extra)
    except DefinitionError as refused:
        print(refused, file=sys.stderr)
        return 1
    examples = sum(len(service.examples) for service in catalogue.services)
    print(
        f"fine: {len(catalogue.services)} services with {examples} examples, {len(catalogue.joined_regions)} regions of"
        f" {len(catalogue.regions)} joined, {len(catalogue.message_events)} messages,"
        f" {len(catalogue.papers.all)} kinds of documents"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
