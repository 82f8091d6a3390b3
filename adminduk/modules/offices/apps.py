"""The module as a Django app."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "adminduk.modules.offices"
    label = "offices"
