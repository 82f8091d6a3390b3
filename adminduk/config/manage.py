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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adminduk.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
