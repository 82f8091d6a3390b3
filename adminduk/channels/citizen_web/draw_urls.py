"""Scarce times that are drawn."""

from django.urls import path

from adminduk.channels.citizen_web import draw_views
from adminduk.channels.citizen_web.converters import IN_REGION

urlpatterns = [
    path("permohonan/<uuid:application_id>/undian", draw_views.wish_page, name="draw"),
    path("permohonan/<uuid:application_id>/undian/mundur", draw_views.leave, name="draw_leave"),
    path(f"d/{IN_REGION}undian", draw_views.rounds_page, name="rounds"),
    path(f"d/{IN_REGION}undian/<uuid:round_id>", draw_views.round_page, name="round"),
    path(f"d/{IN_REGION}undian/<uuid:round_id>/undian.json", draw_views.round_file, name="round_file"),
]
