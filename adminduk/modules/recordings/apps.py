"""The module as a Django app."""

from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    name = "adminduk.modules.recordings"
    label = "recordings"
