from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "adminduk.modules.offices"
    label = "offices"
