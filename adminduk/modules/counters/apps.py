"""The module as a Django app."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "adminduk.modules.counters"
    label = "counters"
