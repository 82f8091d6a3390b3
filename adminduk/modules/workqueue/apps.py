"""The module as a Django app."""

from django.apps import AppConfig


class WorkqueueConfig(AppConfig):
    name = "adminduk.modules.workqueue"
    label = "workqueue"
