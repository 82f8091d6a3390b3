"""The `adminduk` command: Django's commands and the product's own (see adminduk/config/management/commands)."""

from __future__ import annotations

import os
import sys

from adminduk.config import keys_command


def main() -> None:
    """Run the command named on the command line."""
    if sys.argv[1:2] == ["keys"]:
        keys_command.run(sys.argv[2:])  # the settings cannot be read before there are keys
        return
    if sys.argv[1:2] == ["draw_again"]:
        _draw_again()  # anybody checks a draw, with the published file alone: no installation, no settings
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adminduk.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _draw_again() -> None:
    from django.conf import settings

    settings.configure()
    from adminduk.config.management.commands.draw_again import Command

    Command().run_from_argv(sys.argv)


if __name__ == "__main__":
    main()
