"""The module as a Django app."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "adminduk.modules.handovers"
    label = "handovers"
