"""The module as a Django app."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "adminduk.modules.visits"
    label = "visits"
