"""The module as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "adminduk.modules.accounts"
    label = "accounts"
