"""The module as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "adminduk.modules.documents"
    label = "documents"
