"""All addresses of the officers' pages."""

from django.urls import URLPattern

app_name = "officer"
urlpatterns: list[URLPattern] = []
