"""Appointments of an application."""

from django.urls import path

from adminduk.channels.citizen_web import appointment_views, booked_views

_ONE = "permohonan/<uuid:application_id>/jadwal"

urlpatterns = [
    path(_ONE, appointment_views.appointment_page, name="appointment"),
    path(f"{_ONE}/hari/<str:day>", appointment_views.day_page, name="appointment_day"),
    path(f"{_ONE}/tahan", appointment_views.hold, name="appointment_hold"),
    path(f"{_ONE}/pastikan", appointment_views.confirm_page, name="appointment_confirm"),
    path(f"{_ONE}/lepas", appointment_views.let_go, name="appointment_let_go"),
    path(f"{_ONE}/batal", booked_views.cancel_page, name="appointment_cancel"),
    path(f"{_ONE}/kalender.ics", booked_views.calendar_file, name="appointment_calendar"),
]
