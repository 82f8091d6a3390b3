"""The module as a Django app."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "adminduk.modules.releases"
    label = "releases"
