from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "adminduk.config"
    label = "config"
