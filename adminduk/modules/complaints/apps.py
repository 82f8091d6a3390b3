"""The module as a Django app."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "adminduk.modules.complaints"
    label = "complaints"
