"""The module as a Django app."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "adminduk.modules.appointments"
    label = "appointments"
