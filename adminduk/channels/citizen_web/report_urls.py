"""Report a broker or a bribe, and see how the report goes on."""

from django.urls import path

from adminduk.channels.citizen_web import report_views

urlpatterns = [
    path("lapor/", report_views.where_page, name="report_where"),
    path("lapor/nomor", report_views.look_page, name="report_look"),
    path("lapor/<region:code>", report_views.report_page, name="report"),
    path("lapor/<region:code>/terkirim", report_views.sent_page, name="report_sent"),
]
