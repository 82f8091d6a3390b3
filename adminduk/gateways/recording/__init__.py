"""Statuses of recordings: asked from the centre over HTTP, read from a file, or typed by an operator."""

from adminduk.gateways.recording.centre import CentreStatuses, from_environment
from adminduk.gateways.recording.file import FileStatuses
from adminduk.gateways.recording.typed import TypedStatuses

__all__ = ["CentreStatuses", "FileStatuses", "TypedStatuses", "from_environment"]
