"""All addresses of the demo's own pages. config/urls.py mounts them in demo and test mode only."""

from django.urls import path

from adminduk.channels.demo_web import clock_views, mailbox_views, start_views

app_name = "demo"
urlpatterns = [
    path("", start_views.start, name="start"),
    path("warga", start_views.enter_as_citizen, name="citizen"),
    path("petugas", start_views.enter_as_officer, name="officer"),
    path("berkas/<slug:key>/<str:name>", start_views.document, name="document"),
    path("kotak-surat", mailbox_views.mailbox, name="mailbox"),
    path("jam", clock_views.clock_page, name="clock"),
]
