"""The module as a Django app."""

from django.apps import AppConfig


class IssuanceConfig(AppConfig):
    name = "adminduk.modules.issuance"
    label = "issuance"
