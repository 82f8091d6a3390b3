"""The module as a Django app."""

from django.apps import AppConfig


class BlanksConfig(AppConfig):
    name = "adminduk.modules.blanks"
    label = "blanks"
