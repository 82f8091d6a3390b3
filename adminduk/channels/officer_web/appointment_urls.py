"""Appointments: the day's list, which places there are, and what each is set to."""

from django.urls import path

from adminduk.channels.officer_web import appointment_views, place_views

_SITE = "kantor/tempat/<uuid:site_id>"

urlpatterns = [
    path("janji", appointment_views.day_list, name="appointments"),
    path("kantor/tempat", place_views.sites, name="sites"),
    path("kantor/tempat/baru", place_views.add, name="site_add"),
    path(_SITE, appointment_views.site_page, name="site"),
    path(f"{_SITE}/ubah", place_views.change, name="site_change"),
    path(f"{_SITE}/aktif", place_views.set_active, name="site_set_active"),
    path(f"{_SITE}/utama", place_views.make_main, name="site_main"),
    path(f"{_SITE}/pindah", place_views.take_cards, name="site_cards"),
    path(f"{_SITE}/pencetak/<uuid:printer_id>", place_views.set_printer_active, name="site_printer"),
    path(f"{_SITE}/kapasitas", appointment_views.set_capacity, name="site_capacity"),
    path(f"{_SITE}/istirahat", appointment_views.set_breaks, name="site_breaks"),
    path(f"{_SITE}/tutup", appointment_views.close_site, name="site_close"),
    path(f"{_SITE}/buka", appointment_views.open_site, name="site_open"),
]
