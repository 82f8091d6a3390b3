"""The module as a Django app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "adminduk.modules.surveys"
    label = "surveys"
