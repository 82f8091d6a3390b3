"""The module as a Django app."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "adminduk.modules.uploads"
    label = "uploads"
