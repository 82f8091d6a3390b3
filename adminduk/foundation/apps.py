"""The plumbing as a Django app: its tables and the database's security functions."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "adminduk.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
