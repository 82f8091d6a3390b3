"""Halls of the offices: how full they are, the screen, one's own number."""

from django.urls import path

from adminduk.channels.citizen_web import hall_views
from adminduk.channels.citizen_web.converters import IN_REGION

urlpatterns = [
    path(f"antrean/{IN_REGION}", hall_views.halls_page, name="halls"),
    path(f"antrean/{IN_REGION}<uuid:site_id>", hall_views.hall_page, name="hall"),
    path(f"antrean/{IN_REGION}<uuid:site_id>/layar", hall_views.screen, name="screen"),
    path(f"antrean/{IN_REGION}datang/<uuid:booking_id>", hall_views.check_in_page, name="check_in"),
    path("antrean/nomor/<uuid:ticket_id>", hall_views.ticket_page, name="ticket"),
]
