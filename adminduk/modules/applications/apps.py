"""The module as a Django app."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "adminduk.modules.applications"
    label = "applications"
