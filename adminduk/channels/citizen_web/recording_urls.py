"""Addresses of what a citizen does about his recording."""

from django.urls import path

from adminduk.channels.citizen_web import visit_views

urlpatterns = [
    path("permohonan/<uuid:application_id>/kunjungan", visit_views.visit_page, name="visit"),
]
