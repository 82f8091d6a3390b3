"""The module as a Django app."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "adminduk.modules.printing"
    label = "printing"
