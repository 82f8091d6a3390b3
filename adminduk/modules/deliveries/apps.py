"""The module as a Django app."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "adminduk.modules.deliveries"
    label = "deliveries"
