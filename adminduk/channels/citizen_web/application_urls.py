"""From the beginning of an application to its end."""

from django.urls import path

from adminduk.channels.citizen_web import home_views

urlpatterns = [
    path("permohonan/", home_views.home, name="applications"),
    path("s/", home_views.home, name="status"),
]
