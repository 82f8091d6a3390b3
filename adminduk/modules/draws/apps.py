"""The module as a Django app."""

from django.apps import AppConfig


class DrawsConfig(AppConfig):
    name = "adminduk.modules.draws"
    label = "draws"
