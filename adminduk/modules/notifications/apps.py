"""The module as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "adminduk.modules.notifications"
    label = "notifications"
