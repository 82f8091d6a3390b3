"""`adminduk draw_again FILE`: draw a published round again, and say whether it comes to the same."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from adminduk.kernel import lot


class Command(BaseCommand):
    help = "Draw a round again from the file that its page offers, without database or key."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            told = json.loads(file.read_text("utf-8"))
            entries = [lot.Entry(str(one["entry"]), int(one["need"])) for one in told["entries"]]
            secret, order = bytes.fromhex(told["secret"]), [str(word) for word in told["order"]]
            committed, listed = str(told["commitment"]), str(told["list_hash"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"this is no file of a round: {error}") from None
        if not lot.is_true(entries, committed=committed, listed=listed, secret=secret):
            raise CommandError("the list or the secret is not the one that was published before the draw")
        drawn = [entry.id for entry in lot.draw(entries, seed=lot.seed_of(secret, listed))]
        if drawn != order:
            raise CommandError("the order that was published is not the one that was drawn")
        self.stdout.write(f"true: {len(drawn)} entries, drawn in the order that was published")
