"""The module as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "adminduk.modules.audit"
    label = "audit"
