from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "adminduk.modules.applications"
    label = "applications"
