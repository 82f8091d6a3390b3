"""The product's commands as a Django app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "adminduk.config"
    label = "config"
